-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  truth BOOLEAN,
  small INT,
  big BIGINT,
  single FLOAT,
  `double` DOUBLE,
  exact DECIMAL(38, 10),
  text STRING,
  `bytes` BINARY,
  `day` DATE,
  instant TIMESTAMP,
  list ARRAY<BIGINT>,
  counts MAP<STRING, BIGINT>,
  pair STRUCT<x: BIGINT, y: STRING>
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST',
  'timeZone' 'UTC'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(date_trunc('MILLISECOND', instant), raise_error(concat('source events, column instant: cannot use the timestamp ', coalesce(CAST(instant AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- chosen_written: the SELECT of chosen, as its definition has it.
CREATE OR REPLACE TEMPORARY VIEW chosen_written AS
SELECT * FROM events;

-- chosen: the columns that its definition declares, in their types.
CREATE OR REPLACE TEMPORARY VIEW chosen AS
SELECT
  CAST(truth AS BOOLEAN) AS truth,
  CAST(small AS INT) AS small,
  CAST(big AS BIGINT) AS big,
  CAST(single AS FLOAT) AS single,
  CAST(`double` AS DOUBLE) AS `double`,
  CAST(exact AS DECIMAL(38, 10)) AS exact,
  CAST(text AS STRING) AS text,
  CAST(`bytes` AS BINARY) AS `bytes`,
  CAST(`day` AS DATE) AS `day`,
  CAST(instant AS TIMESTAMP) AS instant,
  list,
  counts,
  pair,
  event_time
FROM chosen_written;

-- features: each row of chosen.
CREATE OR REPLACE TEMPORARY VIEW features AS
WITH
-- Each row of chosen, with rows over all rows up to its time.
with_windows AS (
  SELECT
    *,
    COUNT(*) OVER all_so_far AS `rows`
  FROM chosen
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  truth,
  small,
  big,
  single,
  `double`,
  exact,
  text,
  `bytes`,
  `day`,
  instant,
  list,
  counts,
  pair,
  `rows`,
  event_time
FROM with_windows;

-- The rows of features.
SELECT truth, small, big, single, `double`, exact, text, `bytes`, `day`, instant, list, counts, pair, `rows`
FROM features;

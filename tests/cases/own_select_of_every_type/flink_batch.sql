-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  truth BOOLEAN,
  small INT,
  big BIGINT,
  single FLOAT,
  `double` DOUBLE,
  exact DECIMAL(38, 10),
  text STRING,
  `bytes` BYTES,
  `day` DATE,
  instant TIMESTAMP_LTZ(3),
  list ARRAY<BIGINT>,
  counts MAP<STRING, BIGINT>,
  pair ROW<x BIGINT, y STRING>
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN instant IS NOT NULL
        OR CAST('source events, column instant: cannot use the timestamp ' || COALESCE(CAST(instant AS STRING), 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(instant AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM CAST(instant AS TIMESTAMP_LTZ(3)))
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- chosen_written: the SELECT of chosen, as its definition has it.
CREATE TEMPORARY VIEW chosen_written AS
SELECT * FROM events;

-- chosen: the columns that its definition declares, in their types.
CREATE TEMPORARY VIEW chosen AS
SELECT
  CAST(truth AS BOOLEAN) AS truth,
  CAST(small AS INT) AS small,
  CAST(big AS BIGINT) AS big,
  CAST(single AS FLOAT) AS single,
  CAST(`double` AS DOUBLE) AS `double`,
  CAST(exact AS DECIMAL(38, 10)) AS exact,
  CAST(text AS STRING) AS text,
  CAST(`bytes` AS BYTES) AS `bytes`,
  CAST(`day` AS DATE) AS `day`,
  CAST(instant AS TIMESTAMP_LTZ(3)) AS instant,
  list,
  counts,
  pair,
  event_time
FROM chosen_written;

-- features: each row of chosen.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of chosen, with rows over all rows up to its time.
with_windows AS (
  SELECT
    COUNT(*) OVER all_so_far AS `rows`,
    chosen.*
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

-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  x FLOAT,
  y FLOAT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of events.
CREATE OR REPLACE TEMPORARY VIEW features AS
WITH
-- Each row of events, with as_it_is, sum and as_double computed from it.
with_expressions AS (
  SELECT
    *,
    x AS as_it_is,
    CAST(x AS DOUBLE) + CAST(y AS DOUBLE) AS `sum`,
    CAST(x AS DOUBLE) AS as_double
  FROM events
),
-- Each row of events, with total, mean and least over all rows up to its time.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(CAST(x AS DOUBLE)) OVER all_so_far, 0) AS total,
    AVG(CAST(x AS DOUBLE)) OVER all_so_far AS mean,
    MIN(x) OVER all_so_far AS least
  FROM with_expressions
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  x,
  y,
  `time`,
  as_it_is,
  `sum`,
  as_double,
  total,
  mean,
  least,
  event_time
FROM with_windows;

-- The rows of features.
SELECT x, y, `time`, as_it_is, `sum`, as_double, total, mean, least
FROM features;

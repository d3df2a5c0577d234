-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  x FLOAT,
  y FLOAT,
  `time` STRING
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
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
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
    COALESCE(SUM(CAST(x AS DOUBLE)) OVER all_so_far, 0) AS total,
    AVG(CAST(x AS DOUBLE)) OVER all_so_far AS mean,
    MIN(x) OVER all_so_far AS least,
    with_expressions.*
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

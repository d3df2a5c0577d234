-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  a INT,
  b INT,
  c BIGINT,
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
-- Each row of events, with sum, difference, product, big, opposite, quotient, whole, rest and size computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(a AS BIGINT) + CAST(b AS BIGINT) AS `sum`,
    CAST(a AS BIGINT) - CAST(b AS BIGINT) AS difference,
    CAST(a AS BIGINT) * CAST(b AS BIGINT) AS product,
    c * 2 + CAST(a AS BIGINT) AS big,
    -CAST(a AS BIGINT) AS opposite,
    CASE WHEN b <> 0 THEN CAST(a AS DOUBLE) / CAST(b AS DOUBLE) END AS quotient,
    CASE WHEN CAST(b AS BIGINT) <> 0 THEN CAST(a AS BIGINT) / CAST(b AS BIGINT) END AS whole,
    MOD(CAST(a AS BIGINT), NULLIF(CAST(b AS BIGINT), 0)) AS rest,
    ABS(a) AS size
  FROM events
),
-- Each row of events, with total and mean over all rows up to its time.
with_windows AS (
  SELECT
    COALESCE(SUM(CAST(a AS BIGINT)) OVER all_so_far, 0) AS total,
    AVG(CAST(b AS DOUBLE)) OVER all_so_far AS mean,
    with_expressions.*
  FROM with_expressions
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  a,
  b,
  c,
  `time`,
  `sum`,
  difference,
  product,
  big,
  opposite,
  quotient,
  whole,
  rest,
  size,
  total,
  mean,
  event_time
FROM with_windows;

-- The rows of features.
SELECT a, b, c, `time`, `sum`, difference, product, big, opposite, quotient, whole, rest, size, total, mean
FROM features;

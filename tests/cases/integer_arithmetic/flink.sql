-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  a INT,
  b INT,
  c BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

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
all_so_far AS (
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
FROM all_so_far;

-- The rows of features.
SELECT a, b, c, `time`, `sum`, difference, product, big, opposite, quotient, whole, rest, size, total, mean
FROM features;

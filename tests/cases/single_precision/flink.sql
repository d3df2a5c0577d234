-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  x FLOAT,
  y FLOAT,
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
all_so_far AS (
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
FROM all_so_far;

-- The rows of features.
SELECT x, y, `time`, as_it_is, `sum`, as_double, total, mean, least
FROM features;

-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  a BIGINT,
  b BIGINT,
  x DOUBLE,
  y DOUBLE,
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
-- Each row of events, with sum, quotient, whole, rest, double_quotient, mixed, saved, guarded and text computed from it.
with_expressions AS (
  SELECT
    *,
    a + b AS `sum`,
    CAST(a AS DOUBLE) / NULLIF(CAST(b AS DOUBLE), 0) AS quotient,
    a / NULLIF(b, 0) AS whole,
    MOD(a, NULLIF(b, 0)) AS rest,
    x / NULLIF(y, 0) AS double_quotient,
    CAST(a AS DOUBLE) / NULLIF(y, 0) AS mixed,
    COALESCE(CAST(a AS DOUBLE) / NULLIF(CAST(b AS DOUBLE), 0), x / NULLIF(y, 0), -1.0E0) AS saved,
    CAST(a AS DOUBLE) / NULLIF(CAST(NULLIF(b, 5) AS DOUBLE), 0) AS guarded,
    CAST(a AS STRING) || '/' || CAST(b AS STRING) AS text
  FROM events
)
SELECT
  a,
  b,
  x,
  y,
  `time`,
  `sum`,
  quotient,
  whole,
  rest,
  double_quotient,
  mixed,
  saved,
  guarded,
  text,
  event_time
FROM with_expressions;

-- The rows of features.
SELECT a, b, x, y, `time`, `sum`, quotient, whole, rest, double_quotient, mixed, saved, guarded, text
FROM features;

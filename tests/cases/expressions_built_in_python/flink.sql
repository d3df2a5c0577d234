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
  word STRING,
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
-- Each row of events, with sum, product, quotient, rest, opposite, is_between, is_one, text and known computed from it.
with_expressions AS (
  SELECT
    *,
    1 + a - b AS `sum`,
    a * -2 AS product,
    CASE WHEN a <> 0 THEN 10.0E0 / CAST(a AS DOUBLE) END AS quotient,
    MOD(b, NULLIF(a, 0)) AS rest,
    -(a - b) AS opposite,
    a BETWEEN 2 AND b AND word <> 'x' AS is_between,
    word IN ('x', 'y') OR NOT a >= 2 AS is_one,
    CAST(a AS STRING) AS text,
    COALESCE(word, CAST(NULL AS STRING), 'none') AS known
  FROM events
)
SELECT
  a,
  b,
  word,
  `time`,
  `sum`,
  product,
  quotient,
  rest,
  opposite,
  is_between,
  is_one,
  text,
  known,
  event_time
FROM with_expressions;

-- The rows of features.
SELECT a, b, word, `time`, `sum`, product, quotient, rest, opposite, is_between, is_one, text, known
FROM features;

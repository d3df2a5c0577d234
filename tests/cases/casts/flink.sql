-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  n BIGINT,
  text STRING,
  p BOOLEAN,
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
-- Each row of events, with n_text, n_double, p_text, text_int, text_bigint, text_double, fixed and in_time computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(n AS STRING) AS n_text,
    CAST(n AS DOUBLE) / 4.0E0 AS n_double,
    LOWER(CAST(p AS STRING)) AS p_text,
    CASE WHEN REGEXP(text, '^ *[+-]?[0-9]+ *\z') THEN TRY_CAST(text AS INT) END AS text_int,
    CASE WHEN REGEXP(text, '^ *[+-]?[0-9]+ *\z') THEN TRY_CAST(text AS BIGINT) END AS text_bigint,
    CASE WHEN REGEXP(text, '^ *[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})? *\z') THEN TRY_CAST(text AS DOUBLE) END AS text_double,
    CAST('-12' AS INT) + CAST('1.5' AS DOUBLE) AS fixed,
    CASE WHEN REGEXP(CASE WHEN text = '12' THEN text ELSE '0' END, '^ *[+-]?[0-9]+ *\z') OR CAST('no INT: ' || CASE WHEN text = '12' THEN text ELSE '0' END AS BOOLEAN) THEN CAST(CASE WHEN text = '12' THEN text ELSE '0' END AS INT) END AS in_time
  FROM events
)
SELECT
  n,
  text,
  p,
  `time`,
  n_text,
  n_double,
  p_text,
  text_int,
  text_bigint,
  text_double,
  fixed,
  in_time,
  event_time
FROM with_expressions;

-- The rows of features.
SELECT n, text, p, `time`, n_text, n_double, p_text, text_int, text_bigint, text_double, fixed, in_time
FROM features;

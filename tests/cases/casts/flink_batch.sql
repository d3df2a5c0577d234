-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  n BIGINT,
  text STRING,
  p BOOLEAN,
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

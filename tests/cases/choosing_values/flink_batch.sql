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
  b BIGINT,
  x DOUBLE,
  kind STRING,
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
-- Each row of events, with size, points, mixed, chosen, first_known, first_number, not_seven, kind_or_text and nested computed from it.
with_expressions AS (
  SELECT
    *,
    CASE WHEN a > 10 THEN 'big' WHEN a > 5 THEN 'middle' WHEN a IS NULL THEN 'unknown' ELSE 'small' END AS size,
    CASE WHEN kind = 'pay' THEN 1 WHEN kind = 'refund' THEN -1 END AS points,
    CASE WHEN kind = 'pay' THEN CAST(a AS DOUBLE) ELSE x END AS mixed,
    CASE WHEN a > 5 THEN CAST(a AS BIGINT) ELSE b END AS chosen,
    COALESCE(CAST(a AS BIGINT), b, 0) AS first_known,
    COALESCE(CAST(a AS DOUBLE), x) AS first_number,
    NULLIF(a, 7) AS not_seven,
    COALESCE(NULLIF(kind, ''), 'none') AS kind_or_text,
    CASE WHEN a IS NULL THEN CAST(NULL AS STRING) ELSE CASE WHEN MOD(CAST(a AS BIGINT), CAST(2 AS BIGINT)) = 0 THEN 'even' ELSE 'odd' END END AS nested
  FROM events
)
SELECT
  a,
  b,
  x,
  kind,
  `time`,
  size,
  points,
  mixed,
  chosen,
  first_known,
  first_number,
  not_seven,
  kind_or_text,
  nested,
  event_time
FROM with_expressions;

-- The rows of features.
SELECT a, b, x, kind, `time`, size, points, mixed, chosen, first_known, first_number, not_seven, kind_or_text, nested
FROM features;

-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  a BIGINT,
  b BIGINT,
  x DOUBLE,
  y DOUBLE,
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
-- Each row of events, with sum, quotient, whole, rest, double_quotient, mixed, saved, guarded and text computed from it.
with_expressions AS (
  SELECT
    *,
    a + b AS `sum`,
    CASE WHEN b <> 0 THEN CAST(a AS DOUBLE) / CAST(b AS DOUBLE) END AS quotient,
    CASE WHEN b <> 0 THEN a / b END AS whole,
    MOD(a, NULLIF(b, 0)) AS rest,
    CASE WHEN y <> 0 THEN x / y END AS double_quotient,
    CASE WHEN y <> 0 THEN CAST(a AS DOUBLE) / y END AS mixed,
    COALESCE(CASE WHEN b <> 0 THEN CAST(a AS DOUBLE) / CAST(b AS DOUBLE) END, CASE WHEN y <> 0 THEN x / y END, -1.0E0) AS saved,
    CASE WHEN NULLIF(b, 5) <> 0 THEN CAST(a AS DOUBLE) / CAST(NULLIF(b, 5) AS DOUBLE) END AS guarded,
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

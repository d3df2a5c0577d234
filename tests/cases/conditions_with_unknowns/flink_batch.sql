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
  p BOOLEAN,
  q BOOLEAN,
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
-- Each row of events, with equal, different, less, both, either, opposite, one_of, none_of, within, outside, same, changed, unknown, known, is_true, is_not_true, is_false and is_not_false computed from it.
with_expressions AS (
  SELECT
    *,
    a = b AS equal,
    a <> b AS different,
    a < b AS less,
    p AND q AS `both`,
    p OR q AS either,
    NOT p AS opposite,
    a IN (1, b) AS one_of,
    a NOT IN (1, b) AS none_of,
    a BETWEEN 1 AND b AS `within`,
    a NOT BETWEEN 1 AND b AS outside,
    a IS NOT DISTINCT FROM b AS same,
    a IS DISTINCT FROM b AS changed,
    p IS NULL AS `unknown`,
    p IS NOT NULL AS known,
    p IS TRUE AS is_true,
    p IS NOT TRUE AS is_not_true,
    p IS FALSE AS is_false,
    p IS NOT FALSE AS is_not_false
  FROM events
)
SELECT
  a,
  b,
  p,
  q,
  `time`,
  equal,
  different,
  less,
  `both`,
  either,
  opposite,
  one_of,
  none_of,
  `within`,
  outside,
  same,
  changed,
  `unknown`,
  known,
  is_true,
  is_not_true,
  is_false,
  is_not_false,
  event_time
FROM with_expressions;

-- The rows of features.
SELECT a, b, p, q, `time`, equal, different, less, `both`, either, opposite, one_of, none_of, `within`, outside, same, changed, `unknown`, known, is_true, is_not_true, is_false, is_not_false
FROM features;

-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  amount BIGINT,
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
-- Each row of events, with before and time computed from it.
with_expressions AS (
  SELECT
    `user`,
    amount,
    event_time,
    amount AS before,
    'at ' || `time` AS `time`
  FROM events
),
-- Each row of events, with amount computed from it.
with_expressions_2 AS (
  SELECT
    `user`,
    `time`,
    event_time,
    before,
    amount * 10 AS amount
  FROM with_expressions
),
-- Each row of events, with after computed from it.
with_expressions_3 AS (
  SELECT
    *,
    amount + 1 AS `after`
  FROM with_expressions_2
),
-- Each row of events, with total over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_minute_by_user, 0) AS total,
    with_expressions_3.*
  FROM with_expressions_3
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- Each row of events, with user over the rows with its user up to its time.
with_windows_2 AS (
  SELECT
    COUNT(`user`) OVER all_so_far_by_user AS `user`,
    amount,
    `time`,
    event_time,
    before,
    `after`,
    total
  FROM with_windows
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  amount,
  `time`,
  before,
  `after`,
  total,
  event_time
FROM with_windows_2;

-- The rows of features.
SELECT `user`, amount, `time`, before, `after`, total
FROM features;

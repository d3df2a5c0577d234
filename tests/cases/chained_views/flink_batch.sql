-- streaks, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  pieces INT,
  price DOUBLE,
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

-- payments: each row of events.
CREATE TEMPORARY VIEW payments AS
WITH
-- Each row of events, with payment computed from it.
with_expressions AS (
  SELECT
    *,
    pieces * price AS payment
  FROM events
)
SELECT
  `user`,
  `time`,
  payment,
  event_time
FROM with_expressions;

-- great_payments: each row of payments.
CREATE TEMPORARY VIEW great_payments AS
WITH
-- Each row of payments, with total over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    COALESCE(SUM(payment) OVER last_1_minute_by_user, 0) AS total,
    payments.*
  FROM payments
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- Of these, the rows for which the view's filter_expr is true.
kept AS (
  SELECT *
  FROM with_windows
  WHERE payment > 1.0E0
)
SELECT
  `user`,
  `time`,
  payment,
  total,
  event_time
FROM kept;

-- streaks: each row of great_payments.
CREATE TEMPORARY VIEW streaks AS
WITH
-- Each row of great_payments, with streak and greatest_total over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    COUNT(*) OVER last_1_minute_by_user AS streak,
    MAX(total) OVER last_1_minute_by_user AS greatest_total,
    great_payments.*
  FROM great_payments
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  `time`,
  streak,
  greatest_total,
  total,
  event_time
FROM with_windows;

-- The rows of streaks.
SELECT `user`, `time`, streak, greatest_total, total
FROM streaks;

-- streaks, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  pieces INT,
  price DOUBLE,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- payments: each row of events.
CREATE OR REPLACE TEMPORARY VIEW payments AS
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
CREATE OR REPLACE TEMPORARY VIEW great_payments AS
WITH
-- Each row of payments, with total over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(payment) OVER last_1_minute_by_user, 0) AS total
  FROM payments
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
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
CREATE OR REPLACE TEMPORARY VIEW streaks AS
WITH
-- Each row of great_payments, with streak and greatest_total over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    COUNT(*) OVER last_1_minute_by_user AS streak,
    MAX(total) OVER last_1_minute_by_user AS greatest_total
  FROM great_payments
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
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

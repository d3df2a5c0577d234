-- logins_with_payments, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- logins_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW logins_stored (
  user_id STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'logins.jsonl',
  'mode' 'FAILFAST'
);

-- payments_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW payments_stored (
  user_id STRING,
  amount BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'payments.jsonl',
  'mode' 'FAILFAST'
);

-- logins: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW logins AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source logins, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM logins_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- payments: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW payments AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source payments, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM payments_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- recent: each user_id and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW recent AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '1 minute', '1 minute').end AS window_end
  FROM payments
),
-- total and least per user_id, over windows of 1 minute of payments that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    user_id,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount), 0) AS total,
    MIN(amount) AS least
  FROM windows_of_rows
  GROUP BY user_id, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
  FROM windows
)
SELECT
  user_id,
  window_time,
  total,
  least,
  event_time
FROM with_time;

-- logins_with_payments: each row of logins.
CREATE OR REPLACE TEMPORARY VIEW logins_with_payments AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user_id on one timeline.
with_recent_timeline AS (
  SELECT
    user_id,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<total: BIGINT, least: BIGINT, event_time: TIMESTAMP>) AS version
  FROM logins
  UNION ALL
  SELECT
    user_id,
    NULL,
    event_time,
    0,
    struct(total, least, event_time)
  FROM recent
  WHERE user_id IS NOT NULL
),
-- The same rows, each with the latest version at or before it.
with_recent_carried AS (
  SELECT
    user_id,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
  FROM with_recent_timeline
  WINDOW so_far AS (PARTITION BY user_id ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of logins, with cents and least_or_minus_one of recent by user_id, from the window that is current at its time (0 or NULL where none is).
with_recent AS (
  SELECT
    user_id,
    `time`,
    event_time,
    COALESCE(CASE WHEN event_time < version.event_time + INTERVAL '1' MINUTE THEN version.total END, 0) AS recent_total,
    CASE WHEN event_time < version.event_time + INTERVAL '1' MINUTE THEN version.least END AS recent_least
  FROM with_recent_carried
  WHERE side = 1
),
-- Each row of logins, with cents and least_or_minus_one computed from the current window of recent.
with_recent_values AS (
  SELECT
    *,
    recent_total * 100 AS cents,
    COALESCE(recent_least, -1) AS least_or_minus_one
  FROM with_recent
)
SELECT
  user_id,
  `time`,
  cents,
  least_or_minus_one,
  event_time
FROM with_recent_values;

-- The rows of logins_with_payments.
SELECT user_id, `time`, cents, least_or_minus_one
FROM logins_with_payments;

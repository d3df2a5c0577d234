-- logins_with_payments, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = America/New_York;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- logins_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW logins_stored (
  `user` STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'logins.jsonl',
  'mode' 'FAILFAST'
);

-- payments_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW payments_stored (
  `user` STRING,
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
    coalesce(date_trunc('MILLISECOND', try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss.SSSSSS')), raise_error(concat('source logins, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
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

-- daily: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW daily AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    payments.*,
    CAST(window_end_day AS TIMESTAMP) AS window_end
  FROM payments
  LATERAL VIEW explode(sequence(CAST(event_time AS DATE) + 1, CAST(event_time AS DATE) + 1 + 0, INTERVAL 1 DAY)) AS window_end_day
),
-- total per user, over windows of 1 day of payments that end every 1 day; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount), 0) AS total
  FROM windows_of_rows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
  FROM windows
)
SELECT
  `user`,
  window_time,
  total,
  event_time
FROM with_time;

-- logins_with_payments: each row of logins.
CREATE OR REPLACE TEMPORARY VIEW logins_with_payments AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_daily_timeline AS (
  SELECT
    `user`,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<total: BIGINT, event_time: TIMESTAMP>) AS version
  FROM logins
  UNION ALL
  SELECT
    `user`,
    NULL,
    event_time,
    0,
    struct(total, event_time)
  FROM daily
  WHERE `user` IS NOT NULL
),
-- The same rows, each with the latest version at or before it.
with_daily_carried AS (
  SELECT
    `user`,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
  FROM with_daily_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of logins, with paid_the_day_before of daily by user, from the window that is current at its time (0 or NULL where none is).
with_daily AS (
  SELECT
    `user`,
    `time`,
    event_time,
    COALESCE(CASE WHEN event_time < version.event_time + INTERVAL '1' DAY THEN version.total END, 0) AS paid_the_day_before
  FROM with_daily_carried
  WHERE side = 1
)
SELECT
  `user`,
  `time`,
  paid_the_day_before,
  event_time
FROM with_daily;

-- The rows of logins_with_payments.
SELECT `user`, `time`, paid_the_day_before
FROM logins_with_payments;

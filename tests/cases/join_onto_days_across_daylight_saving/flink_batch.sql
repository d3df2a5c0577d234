-- logins_with_payments, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- logins_stored: json files.
CREATE TEMPORARY TABLE logins_stored (
  `user` STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'logins.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- payments_stored: json files.
CREATE TEMPORARY TABLE payments_stored (
  `user` STRING,
  amount BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'payments.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- logins: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW logins AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN REGEXP(`time`, '^.{19}\.(\d{1,6})\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = SUBSTRING(`time`, 1, 19)
        OR CAST('source logins, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{19}\.(\d{1,6})\z', 1) || '00', 1, 3) AS INT), CAST(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{19}\.(\d{1,6})\z', 1) || '00', 1, 3) AS INT), CAST(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))))
    END AS event_time
  FROM logins_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- payments: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW payments AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source payments, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM payments_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- daily: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW daily AS
WITH
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TIMESTAMPADD(DAY, 1, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) AS TIMESTAMP(3)) AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 AS window_end
  FROM payments
),
-- total per user, over windows of 1 day of payments that end every 1 day; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount), 0) AS total
  FROM rows_of_windows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows
)
SELECT
  `user`,
  window_time,
  total,
  event_time
FROM with_time;

-- logins_with_payments: each row of logins.
CREATE TEMPORARY VIEW logins_with_payments AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_daily_timeline AS (
  SELECT
    `user`,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<total BIGINT, event_time BIGINT>) AS version
  FROM logins
  UNION ALL
  SELECT
    `user`,
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(total, event_time) AS ROW<total BIGINT, event_time BIGINT>)
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
    LAST_VALUE(version) OVER so_far AS version
  FROM with_daily_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of logins, with paid_the_day_before of daily by user, from the window that is current at its time (0 or NULL where none is).
with_daily AS (
  SELECT
    `user`,
    `time`,
    event_time,
    COALESCE(CASE WHEN event_time < EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TO_TIMESTAMP_LTZ(version.event_time, 3) AS TIMESTAMP(3)) + INTERVAL '1' DAY AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM CAST(CAST(TO_TIMESTAMP_LTZ(version.event_time, 3) AS TIMESTAMP(3)) + INTERVAL '1' DAY AS TIMESTAMP_LTZ(3))) THEN version.total END, 0) AS paid_the_day_before
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

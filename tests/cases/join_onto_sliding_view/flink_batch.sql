-- logins_with_payments, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- logins_stored: json files.
CREATE TEMPORARY TABLE logins_stored (
  user_id STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'logins.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- payments_stored: json files.
CREATE TEMPORARY TABLE payments_stored (
  user_id STRING,
  amount DOUBLE,
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

-- recent: each user_id and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW recent AS
WITH
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_numbered AS (
  SELECT
    payments.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM payments
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_numbered
),
-- total, times and greatest per user_id, over windows of 2 minutes of payments that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    user_id,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount), 0) AS total,
    COUNT(*) AS times,
    MAX(amount) AS greatest
  FROM rows_of_windows
  GROUP BY user_id, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows
),
-- Each user_id and window, stamped with its last millisecond, with mean computed from it.
with_expressions AS (
  SELECT
    *,
    CASE WHEN times <> 0 THEN total / CAST(times AS DOUBLE) END AS mean
  FROM with_time
)
SELECT
  user_id,
  window_time,
  total,
  times,
  greatest,
  mean,
  event_time
FROM with_expressions;

-- logins_with_payments: each row of logins.
CREATE TEMPORARY VIEW logins_with_payments AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user_id on one timeline.
with_recent_timeline AS (
  SELECT
    user_id,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<total DOUBLE, times BIGINT, greatest DOUBLE, mean DOUBLE, event_time BIGINT>) AS version
  FROM logins
  UNION ALL
  SELECT
    user_id,
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(total, times, greatest, mean, event_time) AS ROW<total DOUBLE, times BIGINT, greatest DOUBLE, mean DOUBLE, event_time BIGINT>)
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
    LAST_VALUE(version) OVER so_far AS version
  FROM with_recent_timeline
  WINDOW so_far AS (PARTITION BY user_id ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of logins, with total, times, greatest and mean of recent by user_id, from the window that is current at its time (0 or NULL where none is).
with_recent AS (
  SELECT
    user_id,
    `time`,
    event_time,
    COALESCE(CASE WHEN event_time < version.event_time + 60000 THEN version.total END, 0) AS total,
    COALESCE(CASE WHEN event_time < version.event_time + 60000 THEN version.times END, 0) AS times,
    CASE WHEN event_time < version.event_time + 60000 THEN version.greatest END AS greatest,
    CASE WHEN event_time < version.event_time + 60000 THEN version.mean END AS mean
  FROM with_recent_carried
  WHERE side = 1
)
SELECT
  user_id,
  `time`,
  total,
  times,
  greatest,
  mean,
  event_time
FROM with_recent;

-- The rows of logins_with_payments.
SELECT user_id, `time`, total, times, greatest, mean
FROM logins_with_payments;

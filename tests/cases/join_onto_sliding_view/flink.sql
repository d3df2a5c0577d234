-- logins_with_payments, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- logins: json files.
CREATE TEMPORARY TABLE logins (
  user_id STRING,
  `time` STRING,
  event_time AS CASE
    WHEN REGEXP(`time`, '^.{19}\.(\d{1,6})\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = SUBSTRING(`time`, 1, 19) AND TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{19}\.(\d{1,6})\z', 1) || '00', 1, 3) AS INT), CAST(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source logins, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{19}\.(\d{1,6})\z', 1) || '00', 1, 3) AS INT), CAST(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'logins.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- payments: json files.
CREATE TEMPORARY TABLE payments (
  user_id STRING,
  amount DOUBLE,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source payments, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'payments.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- recent: each user_id and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW recent AS
WITH
-- total, times and greatest per user_id, over windows of 2 minutes of payments that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    user_id,
    window_time AS event_time,
    COALESCE(SUM(amount), 0) AS total,
    COUNT(*) AS times,
    MAX(amount) AS greatest
  FROM TABLE(HOP(TABLE payments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE))
  GROUP BY user_id, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(event_time AS TIMESTAMP_LTZ(3)) AS window_time
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

-- recent_by_user_id: the versions of recent, each valid from its event time on.
CREATE TEMPORARY VIEW recent_by_user_id AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    user_id,
    total,
    times,
    greatest,
    mean,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM recent
  WINDOW same_time AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    user_id,
    total,
    times,
    greatest,
    mean,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  user_id,
  total,
  times,
  greatest,
  mean,
  event_time
FROM numbered
WHERE age = 1 AND user_id IS NOT NULL;

-- logins_with_payments: each row of logins.
CREATE TEMPORARY VIEW logins_with_payments AS
WITH
-- Each row of logins, with total, times, greatest and mean of recent by user_id, from the window that is current at its time (0 or NULL where none is).
with_recent AS (
  SELECT
    l.*,
    COALESCE(r.total, 0) AS total,
    COALESCE(r.times, 0) AS times,
    r.greatest,
    r.mean
  FROM logins AS l
  LEFT JOIN recent_by_user_id FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.user_id = r.user_id
    AND l.event_time < r.event_time + INTERVAL '1' MINUTE
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

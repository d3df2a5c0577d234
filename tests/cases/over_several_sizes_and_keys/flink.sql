-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'user_1m, user_1h, user_1h_count, shop_5m, both_1h': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  shop INT,
  amount BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events_with_windows: each row of events.
CREATE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row of events, with user_1m over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_minute_by_user, 0) AS user_1m,
    events.*
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with user_1h and user_1h_count over the rows with its user from 1 hour before its time up to it, both included.
last_1_hour_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_hour_by_user, 0) AS user_1h,
    COUNT(*) OVER last_1_hour_by_user AS user_1h_count,
    last_1_minute_by_user.*
  FROM last_1_minute_by_user
  WINDOW
    last_1_hour_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)
),
-- Each row of events, with shop_5m over the rows with its shop from 5 minutes before its time up to it, both included.
last_5_minutes_by_shop AS (
  SELECT
    MAX(amount) OVER last_5_minutes_by_shop AS shop_5m,
    last_1_hour_by_user.*
  FROM last_1_hour_by_user
  WINDOW
    last_5_minutes_by_shop AS (PARTITION BY shop ORDER BY event_time RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with both_1h over the rows with its user and shop from 1 hour before its time up to it, both included.
last_1_hour_by_user_and_shop AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_hour_by_user_and_shop, 0) AS both_1h,
    last_5_minutes_by_shop.*
  FROM last_5_minutes_by_shop
  WINDOW
    last_1_hour_by_user_and_shop AS (PARTITION BY `user`, shop ORDER BY event_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)
),
-- Each row of events, with shop_ever over the rows with its shop up to its time.
all_so_far_by_shop AS (
  SELECT
    MIN(amount) OVER all_so_far_by_shop AS shop_ever,
    last_1_hour_by_user_and_shop.*
  FROM last_1_hour_by_user_and_shop
  WINDOW
    all_so_far_by_shop AS (PARTITION BY shop ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  shop,
  amount,
  `time`,
  user_1m,
  user_1h,
  user_1h_count,
  shop_5m,
  both_1h,
  shop_ever,
  event_time
FROM all_so_far_by_shop;

-- The rows of events_with_windows.
SELECT `user`, shop, amount, `time`, user_1m, user_1h, user_1h_count, shop_5m, both_1h, shop_ever
FROM events_with_windows;

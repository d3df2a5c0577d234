-- user_online_features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'Asia/Shanghai';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchase_events: json files.
CREATE TEMPORARY TABLE purchase_events (
  user_id STRING,
  item_id STRING,
  item_count INT,
  `timestamp` STRING,
  event_time AS TIMESTAMP '1970-01-01 00:00:00.000' + (CASE
    WHEN REGEXP(`timestamp`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`timestamp`, 1, 19), 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = SUBSTRING(`timestamp`, 1, 19) AND TO_TIMESTAMP_LTZ(SUBSTRING(`timestamp`, 1, 19), 'yyyy-MM-dd HH:mm:ss', REGEXP_EXTRACT(`timestamp`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source purchase_events, column timestamp: cannot use the timestamp ' || COALESCE(`timestamp`, 'NULL') AS BOOLEAN)
    THEN TO_TIMESTAMP_LTZ(SUBSTRING(`timestamp`, 1, 19), 'yyyy-MM-dd HH:mm:ss', REGEXP_EXTRACT(`timestamp`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1))
  END - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchase_events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- item_price_events: json files.
CREATE TEMPORARY TABLE item_price_events (
  item_id STRING,
  price DOUBLE,
  `timestamp` STRING,
  event_time AS TIMESTAMP '1970-01-01 00:00:00.000' + (CASE
    WHEN REGEXP(`timestamp`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`timestamp`, 1, 19), 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = SUBSTRING(`timestamp`, 1, 19) AND TO_TIMESTAMP_LTZ(SUBSTRING(`timestamp`, 1, 19), 'yyyy-MM-dd HH:mm:ss', REGEXP_EXTRACT(`timestamp`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source item_price_events, column timestamp: cannot use the timestamp ' || COALESCE(`timestamp`, 'NULL') AS BOOLEAN)
    THEN TO_TIMESTAMP_LTZ(SUBSTRING(`timestamp`, 1, 19), 'yyyy-MM-dd HH:mm:ss', REGEXP_EXTRACT(`timestamp`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1))
  END - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'item_price_events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- item_price_events_by_item_id: the versions of item_price_events, each valid from its event time on.
CREATE TEMPORARY VIEW item_price_events_by_item_id AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    item_id,
    price,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM item_price_events
  WINDOW same_time AS (PARTITION BY item_id ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    item_id,
    price,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY item_id ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  item_id,
  price,
  event_time
FROM numbered
WHERE age = 1 AND item_id IS NOT NULL;

-- purchases_with_price: each row of purchase_events.
CREATE TEMPORARY VIEW purchases_with_price AS
WITH
-- Each row of purchase_events, with price of item_price_events by item_id, from the latest row at or before its time (NULL where there is none).
with_item_price_events AS (
  SELECT
    l.*,
    r.price
  FROM purchase_events AS l
  LEFT JOIN item_price_events_by_item_id FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item_id = r.item_id
)
SELECT
  user_id,
  item_id,
  item_count,
  `timestamp`,
  price,
  event_time
FROM with_item_price_events;

-- user_online_features: each user_id and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW user_online_features AS
WITH
-- total_payment_last_two_minutes per user_id, over windows of 2 minutes of purchases_with_price that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    user_id,
    window_time AS event_time,
    COALESCE(SUM(item_count * price), 0) AS total_payment_last_two_minutes
  FROM TABLE(HOP(TABLE purchases_with_price, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE))
  GROUP BY user_id, window_start, window_end, window_time
),
-- The same rows, with timestamp, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(CAST(event_time AS STRING), 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC'), 'yyyy-MM-dd HH:mm:ss') AS `timestamp`
  FROM windows
)
SELECT
  user_id,
  `timestamp`,
  total_payment_last_two_minutes,
  event_time
FROM with_time;

-- The rows of user_online_features.
SELECT user_id, `timestamp`, total_payment_last_two_minutes
FROM user_online_features;

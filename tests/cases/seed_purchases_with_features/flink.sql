-- purchases_with_features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- purchases_with_features, feature 'total_payment_last_two_minutes': the rows of purchase_events and item_price_events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchase_events: json files.
CREATE TEMPORARY TABLE purchase_events (
  user_id STRING,
  item_id STRING,
  item_count INT,
  `timestamp` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `timestamp` AND CAST(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source purchase_events, column timestamp: cannot use the timestamp ' || COALESCE(`timestamp`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
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
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `timestamp` AND CAST(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source item_price_events, column timestamp: cannot use the timestamp ' || COALESCE(`timestamp`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
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

-- purchases_with_features: each row of purchase_events.
CREATE TEMPORARY VIEW purchases_with_features AS
WITH
-- Each row of purchase_events, with price of item_price_events by item_id, from the latest row at or before its time (NULL where there is none).
with_item_price_events AS (
  SELECT
    l.*,
    r.price
  FROM purchase_events AS l
  LEFT JOIN item_price_events_by_item_id FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item_id = r.item_id
),
-- Each row, with what total_payment_last_two_minutes adds up.
total_payment_last_two_minutes_read AS (
  SELECT
    *,
    item_count * price AS total_payment_last_two_minutes_value
  FROM with_item_price_events
),
-- Each row, with those numbers of total_payment_last_two_minutes that DECIMALs hold, of which nothing is left behind when their row leaves a window.
total_payment_last_two_minutes_near AS (
  SELECT
    *,
    CASE WHEN total_payment_last_two_minutes_value = 0 OR ABS(total_payment_last_two_minutes_value) BETWEEN 1E-19 AND 1E28 THEN total_payment_last_two_minutes_value END AS total_payment_last_two_minutes_near
  FROM total_payment_last_two_minutes_read
),
-- Each row of purchase_events, with total_payment_last_two_minutes_whole, total_payment_last_two_minutes_fraction and total_payment_last_two_minutes_beyond over the rows with its user_id from 2 minutes before its time up to it, both included.
last_2_minutes_by_user_id AS (
  SELECT
    COALESCE(SUM(CAST(total_payment_last_two_minutes_near AS DECIMAL(38, 0))) OVER last_2_minutes_by_user_id, 0) AS total_payment_last_two_minutes_whole,
    COALESCE(SUM(CAST(total_payment_last_two_minutes_near - CAST(total_payment_last_two_minutes_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER last_2_minutes_by_user_id, 0) AS total_payment_last_two_minutes_fraction,
    COALESCE(SUM(CASE WHEN total_payment_last_two_minutes_near IS NULL THEN total_payment_last_two_minutes_value END) OVER last_2_minutes_by_user_id, 0) AS total_payment_last_two_minutes_beyond,
    total_payment_last_two_minutes_near.*
  FROM total_payment_last_two_minutes_near
  WINDOW
    last_2_minutes_by_user_id AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN INTERVAL '2' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of purchase_events, with total_payment_last_two_minutes: digits before the point, digits behind it, and the numbers that DECIMALs do not hold.
total_payment_last_two_minutes_added AS (
  SELECT
    user_id,
    item_id,
    item_count,
    `timestamp`,
    event_time,
    price,
    CAST(total_payment_last_two_minutes_whole AS DOUBLE) + CAST(total_payment_last_two_minutes_fraction AS DOUBLE) + total_payment_last_two_minutes_beyond AS total_payment_last_two_minutes
  FROM last_2_minutes_by_user_id
)
SELECT
  user_id,
  item_id,
  item_count,
  `timestamp`,
  price,
  total_payment_last_two_minutes,
  event_time
FROM total_payment_last_two_minutes_added;

-- The rows of purchases_with_features.
SELECT user_id, item_id, item_count, `timestamp`, price, total_payment_last_two_minutes
FROM purchases_with_features;

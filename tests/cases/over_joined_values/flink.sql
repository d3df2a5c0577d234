-- payments, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- payments, feature 'paid_last_hour': the rows of purchases and prices come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases: json files.
CREATE TEMPORARY TABLE purchases (
  user_id STRING,
  item_id STRING,
  pieces INT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source purchases, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchases.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- prices: json files.
CREATE TEMPORARY TABLE prices (
  item_id STRING,
  price DOUBLE,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source prices, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'prices.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- prices_by_item_id: the versions of prices, each valid from its event time on.
CREATE TEMPORARY VIEW prices_by_item_id AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    item_id,
    price,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM prices
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

-- payments: each row of purchases.
CREATE TEMPORARY VIEW payments AS
WITH
-- Each row of purchases, with price of prices by item_id, from the latest row at or before its time (NULL where there is none).
with_prices AS (
  SELECT
    l.*,
    r.price
  FROM purchases AS l
  LEFT JOIN prices_by_item_id FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item_id = r.item_id
),
-- Each row of purchases, with payment computed from it.
with_expressions AS (
  SELECT
    *,
    pieces * price AS payment
  FROM with_prices
),
-- Each row, with those numbers of paid_last_hour that DECIMALs hold, of which nothing is left behind when their row leaves a window.
paid_last_hour_near AS (
  SELECT
    *,
    CASE WHEN payment = 0 OR ABS(payment) BETWEEN 1E-19 AND 1E28 THEN payment END AS paid_last_hour_near
  FROM with_expressions
),
-- Each row of purchases, with mean_price_of_item over the rows with its item_id up to its time.
all_so_far_by_item_id AS (
  SELECT
    AVG(CASE WHEN price > 1.0E0 THEN price END) OVER all_so_far_by_item_id AS mean_price_of_item,
    paid_last_hour_near.*
  FROM paid_last_hour_near
  WINDOW
    all_so_far_by_item_id AS (PARTITION BY item_id ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with paid_last_hour_whole, paid_last_hour_fraction and paid_last_hour_beyond over the rows with its user_id from 1 hour before its time up to it, both included.
last_1_hour_by_user_id AS (
  SELECT
    COALESCE(SUM(CAST(paid_last_hour_near AS DECIMAL(38, 0))) OVER last_1_hour_by_user_id, 0) AS paid_last_hour_whole,
    COALESCE(SUM(CAST(paid_last_hour_near - CAST(paid_last_hour_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER last_1_hour_by_user_id, 0) AS paid_last_hour_fraction,
    COALESCE(SUM(CASE WHEN paid_last_hour_near IS NULL THEN payment END) OVER last_1_hour_by_user_id, 0) AS paid_last_hour_beyond,
    all_so_far_by_item_id.*
  FROM all_so_far_by_item_id
  WINDOW
    last_1_hour_by_user_id AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with paid_last_hour: digits before the point, digits behind it, and the numbers that DECIMALs do not hold.
paid_last_hour_added AS (
  SELECT
    user_id,
    item_id,
    pieces,
    `time`,
    event_time,
    price,
    payment,
    CAST(paid_last_hour_whole AS DOUBLE) + CAST(paid_last_hour_fraction AS DOUBLE) + paid_last_hour_beyond AS paid_last_hour,
    mean_price_of_item
  FROM last_1_hour_by_user_id
)
SELECT
  user_id,
  item_id,
  pieces,
  `time`,
  price,
  payment,
  paid_last_hour,
  mean_price_of_item,
  event_time
FROM paid_last_hour_added;

-- The rows of payments.
SELECT user_id, item_id, pieces, `time`, price, payment, paid_last_hour, mean_price_of_item
FROM payments;

-- sales_with_features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- sales_with_features, feature 'bought, sold': the rows of sales and prices come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'Europe/Paris';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- sales: json files.
CREATE TEMPORARY TABLE sales (
  `user` STRING,
  item STRING,
  amount BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source sales, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'sales.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- prices: json files.
CREATE TEMPORARY TABLE prices (
  item STRING,
  price BIGINT,
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

-- prices_by_item: the versions of prices, each valid from its event time on.
CREATE TEMPORARY VIEW prices_by_item AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    item,
    price,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM prices
  WINDOW same_time AS (PARTITION BY item ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    item,
    price,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY item ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  item,
  price,
  event_time
FROM numbered
WHERE age = 1 AND item IS NOT NULL;

-- sales_with_features: each row of sales.
CREATE TEMPORARY VIEW sales_with_features AS
WITH
-- Each row of sales, with price of prices by item, from the latest row at or before its time (NULL where there is none).
with_prices AS (
  SELECT
    l.*,
    r.price
  FROM sales AS l
  LEFT JOIN prices_by_item FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item = r.item
),
-- Each row of sales, with bought over the rows with its user from 1 day before its time up to it, both included.
last_1_day_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_day_by_user, 0) AS bought,
    with_prices.*
  FROM with_prices
  WINDOW
    last_1_day_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW)
),
-- Each row of sales, with sold over the rows with its item from 1 day before its time up to it, both included.
last_1_day_by_item AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_day_by_item, 0) AS sold,
    last_1_day_by_user.*
  FROM last_1_day_by_user
  WINDOW
    last_1_day_by_item AS (PARTITION BY item ORDER BY event_time RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  item,
  amount,
  `time`,
  price,
  bought,
  sold,
  event_time
FROM last_1_day_by_item;

-- sales_with_features_selected: the rows of sales_with_features with one of the keys that were asked for, from 2022-03-26 23:00:00.000 UTC on and before 2022-03-27 22:00:00.000 UTC.
CREATE TEMPORARY VIEW sales_with_features_selected AS
SELECT *
FROM sales_with_features
WHERE `user` IN ('ann', 'bob''s', 'nobody') AND event_time >= TO_TIMESTAMP_LTZ('2022-03-26 23:00:00.000', 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC') AND event_time < TO_TIMESTAMP_LTZ('2022-03-27 22:00:00.000', 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC');

-- The rows of sales_with_features_selected.
SELECT `user`, item, amount, `time`, price, bought, sold
FROM sales_with_features_selected;

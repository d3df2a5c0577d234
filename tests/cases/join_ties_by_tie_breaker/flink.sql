-- purchases_with_price, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

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
  currency STRING,
  version BIGINT,
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
    currency,
    event_time,
    version,
    MAX(version) OVER same_time AS greatest_version
  FROM prices
  WINDOW same_time AS (PARTITION BY item_id ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the greatest version counts.
numbered AS (
  SELECT
    item_id,
    price,
    currency,
    event_time,
    version,
    ROW_NUMBER() OVER (PARTITION BY item_id ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE version IS NOT DISTINCT FROM greatest_version
)
SELECT
  item_id,
  price,
  currency,
  event_time
FROM numbered
WHERE age = 1 AND item_id IS NOT NULL;

-- purchases_with_price: each row of purchases.
CREATE TEMPORARY VIEW purchases_with_price AS
WITH
-- Each row of purchases, with price and currency of prices by item_id, from the latest row at or before its time (NULL where there is none).
with_prices AS (
  SELECT
    l.*,
    r.price,
    r.currency
  FROM purchases AS l
  LEFT JOIN prices_by_item_id FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item_id = r.item_id
)
SELECT
  user_id,
  item_id,
  `time`,
  price,
  currency,
  event_time
FROM with_prices;

-- The rows of purchases_with_price.
SELECT user_id, item_id, `time`, price, currency
FROM purchases_with_price;

-- orders_with_stock, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders: json files.
CREATE TEMPORARY TABLE orders (
  order_id BIGINT,
  shop INT,
  item_id STRING,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source orders, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- stock: json files.
CREATE TEMPORARY TABLE stock (
  shop INT,
  item_id STRING,
  pieces BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source stock, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'stock.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- stock_by_shop_and_item_id: the versions of stock, each valid from its event time on.
CREATE TEMPORARY VIEW stock_by_shop_and_item_id AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    shop,
    item_id,
    pieces,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM stock
  WINDOW same_time AS (PARTITION BY shop, item_id ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    shop,
    item_id,
    pieces,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY shop, item_id ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  shop,
  item_id,
  pieces,
  event_time
FROM numbered
WHERE age = 1 AND shop IS NOT NULL AND item_id IS NOT NULL;

-- stock_by_item_id: the versions of stock, each valid from its event time on.
CREATE TEMPORARY VIEW stock_by_item_id AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    item_id,
    pieces,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM stock
  WINDOW same_time AS (PARTITION BY item_id ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    item_id,
    pieces,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY item_id ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  item_id,
  pieces,
  event_time
FROM numbered
WHERE age = 1 AND item_id IS NOT NULL;

-- orders_with_stock: each row of orders.
CREATE TEMPORARY VIEW orders_with_stock AS
WITH
-- Each row of orders, with pieces of stock by shop and item_id, from the latest row at or before its time (NULL where there is none).
with_stock AS (
  SELECT
    l.*,
    r.pieces
  FROM orders AS l
  LEFT JOIN stock_by_shop_and_item_id FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.shop = r.shop AND l.item_id = r.item_id
),
-- Each row of orders, with pieces_anywhere of stock by item_id, from the latest row at or before its time (NULL where there is none).
with_stock_2 AS (
  SELECT
    l.*,
    r.pieces AS pieces_anywhere
  FROM with_stock AS l
  LEFT JOIN stock_by_item_id FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item_id = r.item_id
)
SELECT
  order_id,
  shop,
  item_id,
  `time`,
  pieces,
  pieces_anywhere,
  event_time
FROM with_stock_2;

-- The rows of orders_with_stock.
SELECT order_id, shop, item_id, `time`, pieces, pieces_anywhere
FROM orders_with_stock;

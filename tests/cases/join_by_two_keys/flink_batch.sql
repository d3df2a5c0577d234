-- orders_with_stock, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders_stored: json files.
CREATE TEMPORARY TABLE orders_stored (
  order_id BIGINT,
  shop INT,
  item_id STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- stock_stored: json files.
CREATE TEMPORARY TABLE stock_stored (
  shop INT,
  item_id STRING,
  pieces BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'stock.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source orders, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM orders_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- stock: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW stock AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source stock, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM stock_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- orders_with_stock: each row of orders.
CREATE TEMPORARY VIEW orders_with_stock AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by shop, item_id on one timeline.
with_stock_timeline AS (
  SELECT
    order_id,
    shop,
    item_id,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<pieces BIGINT>) AS version
  FROM orders
  UNION ALL
  SELECT
    CAST(NULL AS BIGINT),
    shop,
    item_id,
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(pieces) AS ROW<pieces BIGINT>)
  FROM stock
  WHERE shop IS NOT NULL AND item_id IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by pieces.
with_stock_carried AS (
  SELECT
    order_id,
    shop,
    item_id,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_stock_timeline
  WINDOW so_far AS (PARTITION BY shop, item_id ORDER BY event_time, side, version.pieces ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of orders, with pieces of stock by shop and item_id, from the latest row at or before its time (NULL where there is none).
with_stock AS (
  SELECT
    order_id,
    shop,
    item_id,
    `time`,
    event_time,
    version.pieces
  FROM with_stock_carried
  WHERE side = 1
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item_id on one timeline.
with_stock_2_timeline AS (
  SELECT
    order_id,
    shop,
    item_id,
    `time`,
    event_time,
    pieces,
    1 AS side,
    CAST(NULL AS ROW<pieces BIGINT>) AS version
  FROM with_stock
  UNION ALL
  SELECT
    CAST(NULL AS BIGINT),
    CAST(NULL AS INT),
    item_id,
    CAST(NULL AS STRING),
    event_time,
    CAST(NULL AS BIGINT),
    0,
    CAST(ROW(pieces) AS ROW<pieces BIGINT>)
  FROM stock
  WHERE item_id IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by pieces.
with_stock_2_carried AS (
  SELECT
    order_id,
    shop,
    item_id,
    `time`,
    event_time,
    pieces,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_stock_2_timeline
  WINDOW so_far AS (PARTITION BY item_id ORDER BY event_time, side, version.pieces ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of orders, with pieces_anywhere of stock by item_id, from the latest row at or before its time (NULL where there is none).
with_stock_2 AS (
  SELECT
    order_id,
    shop,
    item_id,
    `time`,
    event_time,
    pieces,
    version.pieces AS pieces_anywhere
  FROM with_stock_2_carried
  WHERE side = 1
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

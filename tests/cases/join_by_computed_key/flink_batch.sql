-- priced, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders_stored: json files.
CREATE TEMPORARY TABLE orders_stored (
  title STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- prices_stored: json files.
CREATE TEMPORARY TABLE prices_stored (
  item STRING,
  price DOUBLE,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'prices.jsonl',
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

-- prices: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW prices AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source prices, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM prices_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- priced: each row of orders.
CREATE TEMPORARY VIEW priced AS
WITH
-- Each row of orders, with item computed from it.
with_expressions AS (
  SELECT
    *,
    LOWER(title) AS item
  FROM orders
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item on one timeline.
with_prices_timeline AS (
  SELECT
    title,
    `time`,
    event_time,
    item,
    1 AS side,
    CAST(NULL AS ROW<price DOUBLE>) AS version
  FROM with_expressions
  UNION ALL
  SELECT
    CAST(NULL AS STRING),
    CAST(NULL AS STRING),
    event_time,
    item,
    0,
    CAST(ROW(price) AS ROW<price DOUBLE>)
  FROM prices
  WHERE item IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by price.
with_prices_carried AS (
  SELECT
    title,
    `time`,
    event_time,
    item,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_prices_timeline
  WINDOW so_far AS (PARTITION BY item ORDER BY event_time, side, version.price ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of orders, with price of prices by item, from the latest row at or before its time (NULL where there is none).
with_prices AS (
  SELECT
    title,
    `time`,
    event_time,
    item,
    version.price
  FROM with_prices_carried
  WHERE side = 1
)
SELECT
  title,
  `time`,
  item,
  price,
  event_time
FROM with_prices;

-- The rows of priced.
SELECT title, `time`, item, price
FROM priced;

-- purchases_with_price, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases_stored: json files.
CREATE TEMPORARY TABLE purchases_stored (
  user_id STRING,
  item_id STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchases.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- prices_stored: json files.
CREATE TEMPORARY TABLE prices_stored (
  item_id STRING,
  price DOUBLE,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'prices.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- purchases: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW purchases AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source purchases, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM purchases_stored
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

-- purchases_with_price: each row of purchases.
CREATE TEMPORARY VIEW purchases_with_price AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item_id on one timeline.
with_prices_timeline AS (
  SELECT
    user_id,
    item_id,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<price DOUBLE>) AS version
  FROM purchases
  UNION ALL
  SELECT
    CAST(NULL AS STRING),
    item_id,
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(price) AS ROW<price DOUBLE>)
  FROM prices
  WHERE item_id IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by price.
with_prices_carried AS (
  SELECT
    user_id,
    item_id,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_prices_timeline
  WINDOW so_far AS (PARTITION BY item_id ORDER BY event_time, side, version.price ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with price of prices by item_id, from the latest row at or before its time (NULL where there is none).
with_prices AS (
  SELECT
    user_id,
    item_id,
    `time`,
    event_time,
    version.price
  FROM with_prices_carried
  WHERE side = 1
)
SELECT
  user_id,
  item_id,
  `time`,
  price,
  event_time
FROM with_prices;

-- The rows of purchases_with_price.
SELECT user_id, item_id, `time`, price
FROM purchases_with_price;

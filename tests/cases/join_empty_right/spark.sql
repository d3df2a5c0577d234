-- purchases_with_price, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- purchases_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW purchases_stored (
  user_id STRING,
  item_id STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'purchases.jsonl',
  'mode' 'FAILFAST'
);

-- prices_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW prices_stored (
  item_id STRING,
  price DOUBLE,
  `time` STRING
) USING json OPTIONS (
  'path' 'prices.jsonl',
  'mode' 'FAILFAST'
);

-- purchases: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW purchases AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source purchases, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM purchases_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- prices: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW prices AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source prices, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM prices_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- purchases_with_price: each row of purchases.
CREATE OR REPLACE TEMPORARY VIEW purchases_with_price AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item_id on one timeline.
with_prices_timeline AS (
  SELECT
    user_id,
    item_id,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<price: DOUBLE>) AS version
  FROM purchases
  UNION ALL
  SELECT
    NULL,
    item_id,
    NULL,
    event_time,
    0,
    struct(price)
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
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
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
),
-- Each row of purchases, with seen over the rows with its user_id up to its time.
with_windows AS (
  SELECT
    *,
    COUNT(price) OVER all_so_far_by_user_id AS seen
  FROM with_prices
  WINDOW
    all_so_far_by_user_id AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  user_id,
  item_id,
  `time`,
  price,
  seen,
  event_time
FROM with_windows;

-- The rows of purchases_with_price.
SELECT user_id, item_id, `time`, price, seen
FROM purchases_with_price;

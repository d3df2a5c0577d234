-- priced, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- orders_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW orders_stored (
  title STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'orders.jsonl',
  'mode' 'FAILFAST'
);

-- prices_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW prices_stored (
  item STRING,
  price DOUBLE,
  `time` STRING
) USING json OPTIONS (
  'path' 'prices.jsonl',
  'mode' 'FAILFAST'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source orders, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM orders_stored
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

-- priced: each row of orders.
CREATE OR REPLACE TEMPORARY VIEW priced AS
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
    CAST(NULL AS STRUCT<price: DOUBLE>) AS version
  FROM with_expressions
  UNION ALL
  SELECT
    NULL,
    NULL,
    event_time,
    item,
    0,
    struct(price)
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
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
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

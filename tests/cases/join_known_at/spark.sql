-- purchases_with_price, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- purchases_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW purchases_stored (
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
  shops MAP<STRING, BIGINT>,
  version BIGINT,
  known_at TIMESTAMP,
  `time` STRING
) USING json OPTIONS (
  'path' 'prices.jsonl',
  'mode' 'FAILFAST',
  'timeZone' 'UTC'
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
    item_id,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<version: BIGINT, price: DOUBLE, shops: MAP<STRING, BIGINT>, event_time: TIMESTAMP>) AS version
  FROM purchases
  UNION ALL
  SELECT
    item_id,
    NULL,
    GREATEST(event_time, known_at),
    0,
    struct(version, price, shops, event_time)
  FROM prices
  WHERE item_id IS NOT NULL AND known_at IS NOT NULL
),
-- The same rows, each with the latest version at or before it, of those known at its time; of versions of one time, the greatest by version, then price.
with_prices_carried AS (
  SELECT
    item_id,
    `time`,
    event_time,
    side,
    MAX_BY(version, struct(version.event_time, version.version, version.price)) OVER so_far AS version
  FROM with_prices_timeline
  WINDOW so_far AS (PARTITION BY item_id ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with price and shops of prices by item_id, from the latest row at or before its time, of those known at its time (NULL where there is none).
with_prices AS (
  SELECT
    item_id,
    `time`,
    event_time,
    version.price,
    version.shops
  FROM with_prices_carried
  WHERE side = 1
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item_id on one timeline.
with_prices_2_timeline AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    1 AS side,
    CAST(NULL AS STRUCT<version: BIGINT, price: DOUBLE, event_time: TIMESTAMP>) AS version
  FROM with_prices
  UNION ALL
  SELECT
    item_id,
    NULL,
    GREATEST(event_time + INTERVAL '0.001' SECOND, known_at),
    NULL,
    NULL,
    0,
    struct(version, price, event_time)
  FROM prices
  WHERE item_id IS NOT NULL AND known_at IS NOT NULL
),
-- The same rows, each with the latest version before it, of those known at its time; of versions of one time, the greatest by version, then price.
with_prices_2_carried AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    side,
    MAX_BY(version, struct(version.event_time, version.version, version.price)) OVER so_far AS version
  FROM with_prices_2_timeline
  WINDOW so_far AS (PARTITION BY item_id ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with price_before of prices by item_id, from the latest row before its time, of those known at its time (NULL where there is none).
with_prices_2 AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    version.price AS price_before
  FROM with_prices_2_carried
  WHERE side = 1
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item_id on one timeline.
with_prices_3_timeline AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    price_before,
    1 AS side,
    CAST(NULL AS STRUCT<version: BIGINT, price: DOUBLE, event_time: TIMESTAMP>) AS version
  FROM with_prices_2
  UNION ALL
  SELECT
    item_id,
    NULL,
    GREATEST(event_time, known_at),
    NULL,
    NULL,
    NULL,
    0,
    struct(version, price, event_time)
  FROM prices
  WHERE item_id IS NOT NULL AND known_at IS NOT NULL
),
-- The same rows, each with the latest version at or before it, of those known at its time; of versions of one time, the greatest by version, then price.
with_prices_3_carried AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    price_before,
    side,
    MAX_BY(version, struct(version.event_time, version.version, version.price)) OVER so_far AS version
  FROM with_prices_3_timeline
  WINDOW so_far AS (PARTITION BY item_id ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with fresh_price of prices by item_id, from the latest row at or before its time, at most 10 minutes old, of those known at its time (NULL where there is none).
with_prices_3 AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    price_before,
    CASE WHEN version.event_time >= event_time - INTERVAL '10' MINUTE THEN version.price END AS fresh_price
  FROM with_prices_3_carried
  WHERE side = 1
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item_id on one timeline.
with_prices_4_timeline AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    price_before,
    fresh_price,
    1 AS side,
    CAST(NULL AS STRUCT<version: BIGINT, price: DOUBLE>) AS version
  FROM with_prices_3
  UNION ALL
  SELECT
    item_id,
    NULL,
    event_time,
    NULL,
    NULL,
    NULL,
    NULL,
    0,
    struct(version, price)
  FROM prices
  WHERE item_id IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by version, then price.
with_prices_4_carried AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    price_before,
    fresh_price,
    side,
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
  FROM with_prices_4_timeline
  WINDOW so_far AS (PARTITION BY item_id ORDER BY event_time, side, version.version, version.price ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with price_known_now of prices by item_id, from the latest row at or before its time (NULL where there is none).
with_prices_4 AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    price_before,
    fresh_price,
    version.price AS price_known_now
  FROM with_prices_4_carried
  WHERE side = 1
)
SELECT
  item_id,
  `time`,
  price,
  shops,
  price_before,
  fresh_price,
  price_known_now,
  event_time
FROM with_prices_4;

-- The rows of purchases_with_price.
SELECT item_id, `time`, price, shops, price_before, fresh_price, price_known_now
FROM purchases_with_price;

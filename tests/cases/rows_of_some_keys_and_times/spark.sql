-- sales_with_features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = Europe/Paris;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- sales_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW sales_stored (
  `user` STRING,
  item STRING,
  amount BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'sales.jsonl',
  'mode' 'FAILFAST'
);

-- prices_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW prices_stored (
  item STRING,
  price BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'prices.jsonl',
  'mode' 'FAILFAST'
);

-- sales: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW sales AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source sales, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM sales_stored
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

-- sales_with_features: each row of sales.
CREATE OR REPLACE TEMPORARY VIEW sales_with_features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item on one timeline.
with_prices_timeline AS (
  SELECT
    `user`,
    item,
    amount,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<price: BIGINT>) AS version
  FROM sales
  UNION ALL
  SELECT
    NULL,
    item,
    NULL,
    NULL,
    event_time,
    0,
    struct(price)
  FROM prices
  WHERE item IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by price.
with_prices_carried AS (
  SELECT
    `user`,
    item,
    amount,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
  FROM with_prices_timeline
  WINDOW so_far AS (PARTITION BY item ORDER BY event_time, side, version.price ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of sales, with price of prices by item, from the latest row at or before its time (NULL where there is none).
with_prices AS (
  SELECT
    `user`,
    item,
    amount,
    `time`,
    event_time,
    version.price
  FROM with_prices_carried
  WHERE side = 1
),
-- Each row of sales, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(amount) OVER last_1_day_by_user, 0) AS bought,
    COALESCE(SUM(amount) OVER last_1_day_by_item, 0) AS sold
  FROM with_prices
  WINDOW
    last_1_day_by_user AS (PARTITION BY `user` ORDER BY unix_millis(event_time) RANGE BETWEEN 86400000 PRECEDING AND CURRENT ROW),
    last_1_day_by_item AS (PARTITION BY item ORDER BY unix_millis(event_time) RANGE BETWEEN 86400000 PRECEDING AND CURRENT ROW)
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
FROM with_windows;

-- sales_with_features_selected: the rows of sales_with_features with one of the keys that were asked for, from 2022-03-26 23:00:00.000 UTC on and before 2022-03-27 22:00:00.000 UTC.
CREATE OR REPLACE TEMPORARY VIEW sales_with_features_selected AS
SELECT *
FROM sales_with_features
WHERE `user` IN ('ann', 'bob\'s', 'nobody') AND event_time >= TIMESTAMP '2022-03-26 23:00:00.000 UTC' AND event_time < TIMESTAMP '2022-03-27 22:00:00.000 UTC';

-- The rows of sales_with_features_selected.
SELECT `user`, item, amount, `time`, price, bought, sold
FROM sales_with_features_selected;

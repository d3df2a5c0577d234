-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- purchases_numbers_stored: numbers of rows.
CREATE OR REPLACE TEMPORARY VIEW purchases_numbers_stored AS
SELECT id AS `row_number`
FROM range(0, 40);

-- purchases_numbers: each number, with the event time of its row.
CREATE OR REPLACE TEMPORARY VIEW purchases_numbers AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    timestamp_millis(1640995200000 + `row_number` * 30500) AS event_time
  FROM purchases_numbers_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- purchases: rows that are made up, the same in every run.
CREATE OR REPLACE TEMPORARY VIEW purchases AS
WITH
-- Each number, and one for each random column that looks unlike it.
mixed AS (
  SELECT
    *,
    MOD(MOD(`row_number`, 2147483647) * 1254630110 + 262159534, 2147483647) AS price_mixed,
    MOD(MOD(`row_number`, 2147483647) * 1967516181 + 1957599948, 2147483647) AS small_mixed,
    MOD(MOD(`row_number`, 2147483647) * 1155626420 + 1431219498, 2147483647) AS below_mixed,
    MOD(MOD(`row_number`, 2147483647) * 663218063 + 1665918598, 2147483647) AS is_new_mixed,
    MOD(MOD(`row_number`, 2147483647) * 329895781 + 617416659, 2147483647) AS anything_mixed,
    MOD(MOD(`row_number`, 2147483647) * 1862704479 + 2067013769, 2147483647) AS share_mixed
  FROM purchases_numbers
)
SELECT
  CAST(1 + `row_number` AS INT) AS id,
  SUBSTRING(MD5('it\'s a name ' || CAST(`row_number` AS STRING)), 1, 32) AS `it's a name`,
  1 + MOD(`row_number`, 4) AS `user`,
  CAST(10 + MOD(`row_number`, 3) * -1 AS STRING) AS text,
  1.5E0 + 98.5E0 * (CAST(MOD(price_mixed * price_mixed, 2147483647) AS DOUBLE) / 2147483646.0E0) AS price,
  CAST(-3 + MOD(MOD(small_mixed * small_mixed, 2147483647), 7) AS INT) AS small,
  -1000000000000000 + MOD(MOD(below_mixed * below_mixed, 2147483647), 11) AS below,
  MOD(MOD(is_new_mixed * is_new_mixed, 2147483647), 2) = 0 AS is_new,
  MOD(MOD(anything_mixed * anything_mixed, 2147483647), 2147483647) AS anything,
  CAST(MOD(share_mixed * share_mixed, 2147483647) AS DOUBLE) / 2147483646.0E0 AS share,
  CAST(2 + `row_number` AS DOUBLE) AS half,
  1640995200000 + `row_number` * 30500 AS `at`,
  event_time
FROM mixed;

-- features: each row of purchases.
CREATE OR REPLACE TEMPORARY VIEW features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_purchases_timeline AS (
  SELECT
    id,
    `it's a name`,
    `user`,
    text,
    price,
    small,
    below,
    is_new,
    anything,
    share,
    half,
    `at`,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<price: DOUBLE>) AS version
  FROM purchases
  UNION ALL
  SELECT
    NULL,
    NULL,
    `user`,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    event_time,
    0,
    struct(price)
  FROM purchases
  WHERE `user` IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by price.
with_purchases_carried AS (
  SELECT
    id,
    `it's a name`,
    `user`,
    text,
    price,
    small,
    below,
    is_new,
    anything,
    share,
    half,
    `at`,
    event_time,
    side,
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
  FROM with_purchases_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side, version.price ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with last of purchases by user, from the latest row at or before its time (NULL where there is none).
with_purchases AS (
  SELECT
    id,
    `it's a name`,
    `user`,
    text,
    price,
    small,
    below,
    is_new,
    anything,
    share,
    half,
    `at`,
    event_time,
    version.price AS last
  FROM with_purchases_carried
  WHERE side = 1
),
-- Each row of purchases, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(price) OVER last_5_minutes_by_user, 0) AS total,
    COUNT(CASE WHEN is_new THEN 1 END) OVER all_so_far AS news
  FROM with_purchases
  WINDOW
    last_5_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW),
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  id,
  `it's a name`,
  `user`,
  text,
  price,
  small,
  below,
  is_new,
  anything,
  share,
  half,
  `at`,
  last,
  total,
  news,
  event_time
FROM with_windows;

-- The rows of features.
SELECT id, `it's a name`, `user`, text, price, small, below, is_new, anything, share, half, `at`, last, total, news
FROM features;

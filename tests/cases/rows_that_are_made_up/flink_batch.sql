-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases_numbers_stored: numbers of rows.
CREATE TEMPORARY TABLE purchases_numbers_stored (
  `row_number` BIGINT
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '1000000000',
  'fields.row_number.kind' = 'sequence',
  'fields.row_number.start' = '0',
  'fields.row_number.end' = '39',
  'number-of-rows' = '40'
);

-- purchases_numbers: each number, with the event time of its row.
CREATE TEMPORARY VIEW purchases_numbers AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    1640995200000 + `row_number` * 30500 AS event_time
  FROM purchases_numbers_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- purchases: rows that are made up, the same in every run.
CREATE TEMPORARY VIEW purchases AS
WITH
-- Each number, and one for each random column that looks unlike it.
mixed AS (
  SELECT
    *,
    MOD(MOD(`row_number`, CAST(2147483647 AS BIGINT)) * 1254630110 + 262159534, CAST(2147483647 AS BIGINT)) AS price_mixed,
    MOD(MOD(`row_number`, CAST(2147483647 AS BIGINT)) * 1967516181 + 1957599948, CAST(2147483647 AS BIGINT)) AS small_mixed,
    MOD(MOD(`row_number`, CAST(2147483647 AS BIGINT)) * 1155626420 + 1431219498, CAST(2147483647 AS BIGINT)) AS below_mixed,
    MOD(MOD(`row_number`, CAST(2147483647 AS BIGINT)) * 663218063 + 1665918598, CAST(2147483647 AS BIGINT)) AS is_new_mixed,
    MOD(MOD(`row_number`, CAST(2147483647 AS BIGINT)) * 329895781 + 617416659, CAST(2147483647 AS BIGINT)) AS anything_mixed,
    MOD(MOD(`row_number`, CAST(2147483647 AS BIGINT)) * 1862704479 + 2067013769, CAST(2147483647 AS BIGINT)) AS share_mixed
  FROM purchases_numbers
)
SELECT
  CASE WHEN (1 + `row_number` > -2147483649 AND 1 + `row_number` < 2147483648) OR CAST('no INT: ' || CAST(1 + `row_number` AS STRING) AS BOOLEAN) THEN CAST(1 + `row_number` AS INT) END AS id,
  SUBSTRING(MD5('it''s a name ' || CAST(`row_number` AS STRING)), 1, 32) AS `it's a name`,
  1 + MOD(`row_number`, CAST(4 AS BIGINT)) AS `user`,
  CAST(10 + MOD(`row_number`, CAST(3 AS BIGINT)) * -1 AS STRING) AS text,
  1.5E0 + 98.5E0 * (CAST(MOD(price_mixed * price_mixed, CAST(2147483647 AS BIGINT)) AS DOUBLE) / 2147483646.0E0) AS price,
  CASE WHEN (-3 + MOD(MOD(small_mixed * small_mixed, CAST(2147483647 AS BIGINT)), CAST(7 AS BIGINT)) > -2147483649 AND -3 + MOD(MOD(small_mixed * small_mixed, CAST(2147483647 AS BIGINT)), CAST(7 AS BIGINT)) < 2147483648) OR CAST('no INT: ' || CAST(-3 + MOD(MOD(small_mixed * small_mixed, CAST(2147483647 AS BIGINT)), CAST(7 AS BIGINT)) AS STRING) AS BOOLEAN) THEN CAST(-3 + MOD(MOD(small_mixed * small_mixed, CAST(2147483647 AS BIGINT)), CAST(7 AS BIGINT)) AS INT) END AS small,
  -1000000000000000 + MOD(MOD(below_mixed * below_mixed, CAST(2147483647 AS BIGINT)), CAST(11 AS BIGINT)) AS below,
  MOD(MOD(is_new_mixed * is_new_mixed, CAST(2147483647 AS BIGINT)), CAST(2 AS BIGINT)) = 0 AS is_new,
  MOD(MOD(anything_mixed * anything_mixed, CAST(2147483647 AS BIGINT)), CAST(2147483647 AS BIGINT)) AS anything,
  CAST(MOD(share_mixed * share_mixed, CAST(2147483647 AS BIGINT)) AS DOUBLE) / 2147483646.0E0 AS share,
  CAST(2 + `row_number` AS DOUBLE) AS half,
  1640995200000 + `row_number` * 30500 AS `at`,
  event_time
FROM mixed;

-- features: each row of purchases.
CREATE TEMPORARY VIEW features AS
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
    CAST(NULL AS ROW<price DOUBLE>) AS version
  FROM purchases
  UNION ALL
  SELECT
    CAST(NULL AS INT),
    CAST(NULL AS STRING),
    `user`,
    CAST(NULL AS STRING),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS INT),
    CAST(NULL AS BIGINT),
    CAST(NULL AS BOOLEAN),
    CAST(NULL AS BIGINT),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS BIGINT),
    event_time,
    0,
    CAST(ROW(price) AS ROW<price DOUBLE>)
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
    LAST_VALUE(version) OVER so_far AS version
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
    COALESCE(SUM(price) OVER last_5_minutes_by_user, 0) AS total,
    COUNT(CASE WHEN is_new THEN 1 END) OVER all_so_far AS news,
    with_purchases.*
  FROM with_purchases
  WINDOW
    last_5_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 300000 PRECEDING AND CURRENT ROW),
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

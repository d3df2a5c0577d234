-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- features, feature 'total': the rows of purchases_numbers come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases_numbers: numbers of rows.
CREATE TEMPORARY TABLE purchases_numbers (
  `row_number` BIGINT,
  event_time AS TO_TIMESTAMP_LTZ(1640995200000 + `row_number` * 30500, 3),
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '1000000000',
  'fields.row_number.kind' = 'sequence',
  'fields.row_number.start' = '0',
  'fields.row_number.end' = '39'
);

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

-- purchases_by_user: the versions of purchases, each valid from its event time on.
CREATE TEMPORARY VIEW purchases_by_user AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    `user`,
    price,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM purchases
  WINDOW same_time AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    `user`,
    price,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  `user`,
  price,
  event_time
FROM numbered
WHERE age = 1 AND `user` IS NOT NULL;

-- features: each row of purchases.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of purchases, with last of purchases by user, from the latest row at or before its time (NULL where there is none).
with_purchases AS (
  SELECT
    l.*,
    r.price AS last
  FROM purchases AS l
  LEFT JOIN purchases_by_user FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.`user` = r.`user`
),
-- Each row, with those numbers of total that DECIMALs hold, of which nothing is left behind when their row leaves a window.
total_near AS (
  SELECT
    *,
    CASE WHEN price = 0 OR ABS(price) BETWEEN 1E-19 AND 1E28 THEN price END AS total_near
  FROM with_purchases
),
-- Each row of purchases, with news over all rows up to its time.
all_so_far AS (
  SELECT
    COUNT(CASE WHEN is_new THEN 1 END) OVER all_so_far AS news,
    total_near.*
  FROM total_near
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with total_whole, total_fraction and total_beyond over the rows with its user from 5 minutes before its time up to it, both included.
last_5_minutes_by_user AS (
  SELECT
    COALESCE(SUM(CAST(total_near AS DECIMAL(38, 0))) OVER last_5_minutes_by_user, 0) AS total_whole,
    COALESCE(SUM(CAST(total_near - CAST(total_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER last_5_minutes_by_user, 0) AS total_fraction,
    COALESCE(SUM(CASE WHEN total_near IS NULL THEN price END) OVER last_5_minutes_by_user, 0) AS total_beyond,
    all_so_far.*
  FROM all_so_far
  WINDOW
    last_5_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with total: digits before the point, digits behind it, and the numbers that DECIMALs do not hold.
total_added AS (
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
    last,
    CAST(total_whole AS DOUBLE) + CAST(total_fraction AS DOUBLE) + total_beyond AS total,
    news
  FROM last_5_minutes_by_user
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
FROM total_added;

-- The rows of features.
SELECT id, `it's a name`, `user`, text, price, small, below, is_new, anything, share, half, `at`, last, total, news
FROM features;

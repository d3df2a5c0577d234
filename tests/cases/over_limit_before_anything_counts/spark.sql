-- paid_so_far, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- orders_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW orders_stored (
  `user` STRING,
  state STRING,
  price BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'orders.jsonl',
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

-- paid_so_far: each row of orders.
CREATE OR REPLACE TEMPORARY VIEW paid_so_far AS
WITH
-- Each row, with what prices, different_prices, total, least and prices_of_an_hour reads of it, if it counts.
prices_read AS (
  SELECT
    *,
    (state = 'paid') IS TRUE AS prices_counts
  FROM orders
),
-- Each row, with prices, different_prices, total, least and prices_of_an_hour of the latest rows of those that count, itself the last, and its place.
prices_of_latest AS (
  SELECT
    *,
    COUNT(price) OVER latest_2_by_user_and_prices_counts AS prices_of_latest,
    CAST(size(collect_set(price) OVER latest_2_by_user_and_prices_counts) AS BIGINT) AS different_prices_of_latest,
    COALESCE(SUM(price) OVER latest_2_by_user_and_prices_counts, 0) AS total_of_latest,
    MIN(price) OVER latest_2_by_user_and_prices_counts AS least_of_latest,
    COUNT(price) OVER latest_2_by_user_and_prices_counts AS prices_of_an_hour_of_latest,
    COUNT(*) OVER in_order_by_user_and_prices_counts AS prices_place
  FROM prices_read
  WINDOW
    latest_2_by_user_and_prices_counts AS (PARTITION BY `user`, prices_counts ORDER BY event_time, price ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user_and_prices_counts AS (PARTITION BY `user`, prices_counts ORDER BY event_time, price ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- prices, different_prices, total, least and prices_of_an_hour of each row that counts, in an array: NULL in it is a value, too.
prices_held AS (
  SELECT
    *,
    CASE WHEN prices_counts THEN array(prices_of_latest) END AS prices_held,
    CASE WHEN prices_counts THEN array(different_prices_of_latest) END AS different_prices_held,
    CASE WHEN prices_counts THEN array(total_of_latest) END AS total_held,
    CASE WHEN prices_counts THEN array(least_of_latest) END AS least_held,
    CASE WHEN prices_counts THEN array(prices_of_an_hour_of_latest) END AS prices_of_an_hour_held
  FROM prices_of_latest
),
-- Each row, with prices, different_prices, total, least and prices_of_an_hour of the latest rows that there are up to its time.
prices_latest AS (
  SELECT
    *,
    MAX_BY(prices_held, CASE WHEN prices_held IS NOT NULL THEN struct(event_time, prices_place, prices_held) END) OVER so_far_by_user AS prices_carried,
    MAX_BY(different_prices_held, CASE WHEN different_prices_held IS NOT NULL THEN struct(event_time, prices_place, different_prices_held) END) OVER so_far_by_user AS different_prices_carried,
    MAX_BY(total_held, CASE WHEN total_held IS NOT NULL THEN struct(event_time, prices_place, total_held) END) OVER so_far_by_user AS total_carried,
    MAX_BY(least_held, CASE WHEN least_held IS NOT NULL THEN struct(event_time, prices_place, least_held) END) OVER so_far_by_user AS least_carried,
    MAX_BY(prices_of_an_hour_held, CASE WHEN prices_of_an_hour_held IS NOT NULL THEN struct(event_time, prices_place, prices_of_an_hour_held) END) OVER so_far_by_user AS prices_of_an_hour_carried
  FROM prices_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with prices, different_prices, total, least and prices_of_an_hour of the whole window, and of how many rows.
prices_whole AS (
  SELECT
    *,
    COUNT(CASE WHEN prices_counts THEN price END) OVER last_1_hour_by_user AS prices_of_an_hour_whole,
    COUNT(CASE WHEN prices_counts THEN 1 END) OVER last_1_hour_by_user AS prices_of_an_hour_rows
  FROM prices_latest
  WINDOW
    last_1_hour_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)
),
-- Each row of orders, with prices, different_prices, total, least and prices_of_an_hour of no more than the latest.
prices_limited AS (
  SELECT
    `user`,
    state,
    price,
    `time`,
    event_time,
    COALESCE(element_at(prices_carried, 1), 0) AS prices,
    COALESCE(element_at(different_prices_carried, 1), 0) AS different_prices,
    COALESCE(element_at(total_carried, 1), 0) AS total,
    element_at(least_carried, 1) AS least,
    CASE WHEN prices_of_an_hour_rows > 2 THEN element_at(prices_of_an_hour_carried, 1) ELSE prices_of_an_hour_whole END AS prices_of_an_hour
  FROM prices_whole
)
SELECT
  `user`,
  state,
  price,
  `time`,
  prices,
  different_prices,
  total,
  least,
  prices_of_an_hour,
  event_time
FROM prices_limited;

-- The rows of paid_so_far.
SELECT `user`, state, price, `time`, prices, different_prices, total, least, prices_of_an_hour
FROM paid_so_far;

-- paid_so_far, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- paid_so_far, feature 'prices_of_an_hour': the rows of orders come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders: json files.
CREATE TEMPORARY TABLE orders (
  `user` STRING,
  state STRING,
  price BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source orders, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- paid_so_far: each row of orders.
CREATE TEMPORARY VIEW paid_so_far AS
WITH
-- Each row, with what prices, different_prices, total, least and prices_of_an_hour reads of it, if it counts.
prices_read AS (
  SELECT
    *,
    (state = 'paid') IS TRUE AS prices_counts
  FROM orders
),
-- The rows of one time in the order that counts for prices_of_latest, different_prices_of_latest, total_of_latest, least_of_latest, prices_of_an_hour_of_latest and prices_place: an OVER takes them as they come.
prices_of_latest_in_order AS (
  SELECT
    `user`,
    state,
    price,
    `time`,
    window_time AS event_time,
    prices_counts
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user`, prices_counts ORDER BY price) AS place
    FROM TABLE(TUMBLE(TABLE prices_read, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with prices, different_prices, total, least and prices_of_an_hour of the latest rows of those that count, itself the last, and its place.
prices_of_latest AS (
  SELECT
    COUNT(price) OVER latest_2_by_user_and_prices_counts AS prices_of_latest,
    COUNT(DISTINCT price) OVER latest_2_by_user_and_prices_counts AS different_prices_of_latest,
    COALESCE(SUM(price) OVER latest_2_by_user_and_prices_counts, 0) AS total_of_latest,
    MIN(price) OVER latest_2_by_user_and_prices_counts AS least_of_latest,
    COUNT(price) OVER latest_2_by_user_and_prices_counts AS prices_of_an_hour_of_latest,
    prices_of_latest_in_order.*
  FROM prices_of_latest_in_order
  WINDOW
    latest_2_by_user_and_prices_counts AS (PARTITION BY `user`, prices_counts ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- prices, different_prices, total, least and prices_of_an_hour of each row that counts, in an array: NULL in it is a value, too.
prices_held AS (
  SELECT
    *,
    CASE WHEN prices_counts THEN CAST(ARRAY[prices_of_latest] AS ARRAY<BIGINT>) END AS prices_held,
    CASE WHEN prices_counts THEN CAST(ARRAY[different_prices_of_latest] AS ARRAY<BIGINT>) END AS different_prices_held,
    CASE WHEN prices_counts THEN CAST(ARRAY[total_of_latest] AS ARRAY<BIGINT>) END AS total_held,
    CASE WHEN prices_counts THEN CAST(ARRAY[least_of_latest] AS ARRAY<BIGINT>) END AS least_held,
    CASE WHEN prices_counts THEN CAST(ARRAY[prices_of_an_hour_of_latest] AS ARRAY<BIGINT>) END AS prices_of_an_hour_held
  FROM prices_of_latest
),
-- Each row, with prices, different_prices, total, least and prices_of_an_hour of the latest rows that there are up to its time.
prices_latest AS (
  SELECT
    LAST_VALUE(prices_held) OVER so_far_by_user AS prices_carried,
    LAST_VALUE(different_prices_held) OVER so_far_by_user AS different_prices_carried,
    LAST_VALUE(total_held) OVER so_far_by_user AS total_carried,
    LAST_VALUE(least_held) OVER so_far_by_user AS least_carried,
    LAST_VALUE(prices_of_an_hour_held) OVER so_far_by_user AS prices_of_an_hour_carried,
    prices_held.*
  FROM prices_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with prices, different_prices, total, least and prices_of_an_hour of the whole window, and of how many rows.
prices_whole AS (
  SELECT
    COUNT(CASE WHEN prices_counts THEN price END) OVER last_1_hour_by_user AS prices_of_an_hour_whole,
    COUNT(CASE WHEN prices_counts THEN 1 END) OVER last_1_hour_by_user AS prices_of_an_hour_rows,
    prices_latest.*
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
    COALESCE(prices_carried[1], 0) AS prices,
    COALESCE(different_prices_carried[1], 0) AS different_prices,
    COALESCE(total_carried[1], 0) AS total,
    least_carried[1] AS least,
    CASE WHEN prices_of_an_hour_rows > 2 THEN prices_of_an_hour_carried[1] ELSE prices_of_an_hour_whole END AS prices_of_an_hour
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

-- paid_so_far, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders_stored: json files.
CREATE TEMPORARY TABLE orders_stored (
  `user` STRING,
  state STRING,
  price BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source orders, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM orders_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

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
-- Each row, with prices, different_prices, total, least and prices_of_an_hour of the latest rows of those that count, itself the last, and its place, the values of different_prices_of_latest in lists.
prices_of_latest_in_lists AS (
  SELECT
    COUNT(price) OVER latest_2_by_user_and_prices_counts AS prices_of_latest,
    ARRAY_REMOVE(ARRAY_AGG(price) OVER latest_2_by_user_and_prices_counts, CAST(NULL AS BIGINT)) AS different_prices_of_latest_values,
    COALESCE(SUM(price) OVER latest_2_by_user_and_prices_counts, 0) AS total_of_latest,
    MIN(price) OVER latest_2_by_user_and_prices_counts AS least_of_latest,
    COUNT(price) OVER latest_2_by_user_and_prices_counts AS prices_of_an_hour_of_latest,
    COUNT(*) OVER in_order_by_user_and_prices_counts AS prices_place,
    prices_read.*
  FROM prices_read
  WINDOW
    latest_2_by_user_and_prices_counts AS (PARTITION BY `user`, prices_counts ORDER BY event_time, price ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user_and_prices_counts AS (PARTITION BY `user`, prices_counts ORDER BY event_time, price ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with prices, different_prices, total, least and prices_of_an_hour of the latest rows of those that count, itself the last, and its place.
prices_of_latest AS (
  SELECT
    *,
    CAST(COALESCE(CARDINALITY(ARRAY_DISTINCT(different_prices_of_latest_values)), 0) AS BIGINT) AS different_prices_of_latest
  FROM prices_of_latest_in_lists
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
-- The rows of one time in the order that counts for prices_carried, different_prices_carried, total_carried, least_carried and prices_of_an_hour_carried: an OVER takes them as they come.
prices_latest_in_order AS (
  SELECT
    `user`,
    state,
    price,
    `time`,
    event_time,
    prices_counts,
    prices_of_latest,
    different_prices_of_latest,
    total_of_latest,
    least_of_latest,
    prices_of_an_hour_of_latest,
    prices_place,
    prices_held,
    different_prices_held,
    total_held,
    least_held,
    prices_of_an_hour_held
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, prices_place) AS place
    FROM prices_held
  )
  WHERE place > 0
),
-- Each row, with prices, different_prices, total, least and prices_of_an_hour of the latest rows that there are up to its time.
prices_latest AS (
  SELECT
    LAST_VALUE(prices_held) OVER so_far_by_user AS prices_carried,
    LAST_VALUE(different_prices_held) OVER so_far_by_user AS different_prices_carried,
    LAST_VALUE(total_held) OVER so_far_by_user AS total_carried,
    LAST_VALUE(least_held) OVER so_far_by_user AS least_carried,
    LAST_VALUE(prices_of_an_hour_held) OVER so_far_by_user AS prices_of_an_hour_carried,
    prices_latest_in_order.*
  FROM prices_latest_in_order
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
    last_1_hour_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 3600000 PRECEDING AND CURRENT ROW)
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

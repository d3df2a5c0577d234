-- lists, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- orders_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW orders_stored (
  `user` STRING,
  shop STRING,
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

-- flags: each row of orders.
CREATE OR REPLACE TEMPORARY VIEW flags AS
WITH
-- Each row of orders, with unpriced and pair computed from it.
with_expressions AS (
  SELECT
    *,
    price IS NULL AS unpriced,
    array(1, 2) AS pair
  FROM orders
),
-- Each row of orders, with all_unpriced over the rows with its user from 1 minute before its time up to it, both included; two_unpriced over the latest 2 of the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN unpriced IS NOT NULL THEN struct(struct(event_time) AS place, unpriced AS value) END) OVER last_1_minute_by_user), one -> one.value) AS all_unpriced
  FROM with_expressions
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with two_unpriced of the latest rows, itself the last, and its place.
two_unpriced_of_latest AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN unpriced IS NOT NULL THEN struct(struct(event_time) AS place, unpriced AS value) END) OVER latest_2_by_user), one -> one.value) AS two_unpriced_of_latest,
    COUNT(*) OVER in_order_by_user AS two_unpriced_place
  FROM with_windows
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, unpriced ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, unpriced ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- two_unpriced of each row, in an array: NULL in it is a value, too.
two_unpriced_held AS (
  SELECT
    *,
    array(two_unpriced_of_latest) AS two_unpriced_held
  FROM two_unpriced_of_latest
),
-- Each row, with two_unpriced of the latest rows that there are up to its time.
two_unpriced_latest AS (
  SELECT
    *,
    MAX_BY(two_unpriced_held, CASE WHEN two_unpriced_held IS NOT NULL THEN struct(event_time, two_unpriced_place, two_unpriced_held) END) OVER so_far_by_user AS two_unpriced_carried
  FROM two_unpriced_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with two_unpriced of the whole window, and of how many rows.
two_unpriced_whole AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN unpriced IS NOT NULL THEN struct(struct(event_time) AS place, unpriced AS value) END) OVER last_1_minute_by_user), one -> one.value) AS two_unpriced_whole,
    COUNT(*) OVER last_1_minute_by_user AS two_unpriced_rows
  FROM two_unpriced_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of orders, with two_unpriced of no more than the latest.
two_unpriced_limited AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    event_time,
    unpriced,
    pair,
    all_unpriced,
    CASE WHEN two_unpriced_rows > 2 THEN element_at(two_unpriced_carried, 1) ELSE two_unpriced_whole END AS two_unpriced
  FROM two_unpriced_whole
)
SELECT
  `user`,
  shop,
  price,
  `time`,
  unpriced,
  all_unpriced,
  two_unpriced,
  pair,
  event_time
FROM two_unpriced_limited;

-- lists: each row of flags.
CREATE OR REPLACE TEMPORARY VIEW lists AS
WITH
-- Each row of flags, with lists_of_all, lists_of_two, pairs and prices over the rows with its user from 1 minute before its time up to it, both included; latest over the latest 1 of the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN all_unpriced IS NOT NULL THEN struct(struct(event_time, shop) AS place, all_unpriced AS value) END) OVER last_1_minute_by_user), one -> one.value) AS lists_of_all,
    transform(sort_array(collect_list(CASE WHEN two_unpriced IS NOT NULL THEN struct(struct(event_time, shop) AS place, two_unpriced AS value) END) OVER last_1_minute_by_user), one -> one.value) AS lists_of_two,
    transform(sort_array(collect_list(CASE WHEN pair IS NOT NULL THEN struct(struct(event_time, shop) AS place, pair AS value) END) OVER last_1_minute_by_user), one -> one.value) AS pairs,
    transform(sort_array(collect_list(CASE WHEN array(price, CAST(0 AS BIGINT)) IS NOT NULL THEN struct(struct(event_time, shop) AS place, array(price, CAST(0 AS BIGINT)) AS value) END) OVER last_1_minute_by_user), one -> one.value) AS prices
  FROM flags
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with latest of the latest rows, itself the last, and its place.
latest_of_latest AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN all_unpriced IS NOT NULL THEN struct(struct(event_time, shop) AS place, all_unpriced AS value) END) OVER latest_1_by_user), one -> one.value) AS latest_of_latest,
    COUNT(*) OVER in_order_by_user AS latest_place
  FROM with_windows
  WINDOW
    latest_1_by_user AS (PARTITION BY `user` ORDER BY event_time, shop, all_unpriced ROWS BETWEEN 0 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, shop, all_unpriced ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- latest of each row, in an array: NULL in it is a value, too.
latest_held AS (
  SELECT
    *,
    array(latest_of_latest) AS latest_held
  FROM latest_of_latest
),
-- Each row, with latest of the latest rows that there are up to its time.
latest_latest AS (
  SELECT
    *,
    MAX_BY(latest_held, CASE WHEN latest_held IS NOT NULL THEN struct(event_time, latest_place, latest_held) END) OVER so_far_by_user AS latest_carried
  FROM latest_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with latest of the whole window, and of how many rows.
latest_whole AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN all_unpriced IS NOT NULL THEN struct(struct(event_time, shop) AS place, all_unpriced AS value) END) OVER last_1_minute_by_user), one -> one.value) AS latest_whole,
    COUNT(*) OVER last_1_minute_by_user AS latest_rows
  FROM latest_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of flags, with latest of no more than the latest.
latest_limited AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    unpriced,
    all_unpriced,
    two_unpriced,
    pair,
    event_time,
    lists_of_all,
    lists_of_two,
    pairs,
    prices,
    CASE WHEN latest_rows > 1 THEN element_at(latest_carried, 1) ELSE latest_whole END AS latest
  FROM latest_whole
)
SELECT
  `user`,
  shop,
  price,
  `time`,
  unpriced,
  all_unpriced,
  two_unpriced,
  pair,
  lists_of_all,
  lists_of_two,
  latest,
  pairs,
  prices,
  event_time
FROM latest_limited;

-- The rows of lists.
SELECT `user`, shop, price, `time`, unpriced, all_unpriced, two_unpriced, pair, lists_of_all, lists_of_two, latest, pairs, prices
FROM lists;

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

-- sizes: each row of orders.
CREATE OR REPLACE TEMPORARY VIEW sizes AS
WITH
-- Each row of orders, with size and mark computed from it.
with_expressions AS (
  SELECT
    *,
    CASE WHEN price >= 10 THEN 'L' WHEN price >= 0 THEN 'S' END AS size,
    UPPER('x') AS mark
  FROM orders
)
SELECT
  `user`,
  shop,
  price,
  `time`,
  size,
  mark,
  event_time
FROM with_expressions;

-- lists: each row of sizes.
CREATE OR REPLACE TEMPORARY VIEW lists AS
WITH
-- Each row of sizes, with sizes, marks, signs, shops and codes over the rows with its user from 1 minute before its time up to it, both included; sizes_of_2 over the latest 2 of the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN size IS NOT NULL THEN struct(struct(event_time) AS place, size AS value) END) OVER last_1_minute_by_user), one -> one.value) AS sizes,
    transform(sort_array(collect_list(CASE WHEN mark IS NOT NULL THEN struct(struct(event_time) AS place, mark AS value) END) OVER last_1_minute_by_user), one -> one.value) AS marks,
    transform(sort_array(collect_list(CASE WHEN CASE WHEN price IS NULL THEN NULLIF('-', '') ELSE '+' END IS NOT NULL THEN struct(struct(event_time) AS place, CASE WHEN price IS NULL THEN NULLIF('-', '') ELSE '+' END AS value) END) OVER last_1_minute_by_user), one -> one.value) AS signs,
    transform(sort_array(collect_list(CASE WHEN shop IS NOT NULL THEN struct(struct(event_time) AS place, shop AS value) END) OVER last_1_minute_by_user), one -> one.value) AS shops,
    transform(sort_array(collect_list(CASE WHEN MD5(shop) IS NOT NULL THEN struct(struct(event_time) AS place, MD5(shop) AS value) END) OVER last_1_minute_by_user), one -> one.value) AS codes
  FROM sizes
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with sizes_of_2 of the latest rows, itself the last, and its place.
sizes_of_2_of_latest AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN size IS NOT NULL THEN struct(struct(event_time) AS place, size AS value) END) OVER latest_2_by_user), one -> one.value) AS sizes_of_2_of_latest,
    COUNT(*) OVER in_order_by_user AS sizes_of_2_place
  FROM with_windows
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, size ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, size ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- sizes_of_2 of each row, in an array: NULL in it is a value, too.
sizes_of_2_held AS (
  SELECT
    *,
    array(sizes_of_2_of_latest) AS sizes_of_2_held
  FROM sizes_of_2_of_latest
),
-- Each row, with sizes_of_2 of the latest rows that there are up to its time.
sizes_of_2_latest AS (
  SELECT
    *,
    MAX_BY(sizes_of_2_held, CASE WHEN sizes_of_2_held IS NOT NULL THEN struct(event_time, sizes_of_2_place, sizes_of_2_held) END) OVER so_far_by_user AS sizes_of_2_carried
  FROM sizes_of_2_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with sizes_of_2 of the whole window, and of how many rows.
sizes_of_2_whole AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN size IS NOT NULL THEN struct(struct(event_time) AS place, size AS value) END) OVER last_1_minute_by_user), one -> one.value) AS sizes_of_2_whole,
    COUNT(*) OVER last_1_minute_by_user AS sizes_of_2_rows
  FROM sizes_of_2_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of sizes, with sizes_of_2 of no more than the latest.
sizes_of_2_limited AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    size,
    mark,
    event_time,
    sizes,
    marks,
    signs,
    shops,
    codes,
    CASE WHEN sizes_of_2_rows > 2 THEN element_at(sizes_of_2_carried, 1) ELSE sizes_of_2_whole END AS sizes_of_2
  FROM sizes_of_2_whole
)
SELECT
  `user`,
  shop,
  price,
  `time`,
  size,
  mark,
  sizes,
  sizes_of_2,
  marks,
  signs,
  shops,
  codes,
  event_time
FROM sizes_of_2_limited;

-- The rows of lists.
SELECT `user`, shop, price, `time`, size, mark, sizes, sizes_of_2, marks, signs, shops, codes
FROM lists;

-- lists, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders_stored: json files.
CREATE TEMPORARY TABLE orders_stored (
  `user` STRING,
  shop STRING,
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

-- sizes: each row of orders.
CREATE TEMPORARY VIEW sizes AS
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
CREATE TEMPORARY VIEW lists AS
WITH
-- Each row, with what sizes goes by.
with_windows_to_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    size,
    mark,
    event_time,
    CAST(size AS STRING) AS order_1
  FROM sizes
),
-- The rows of one time in the order that counts for sizes: an OVER takes them as they come.
with_windows_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    size,
    mark,
    event_time
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, order_1) AS place
    FROM with_windows_to_order
  )
  WHERE place > 0
),
-- Each row of sizes, with sizes, marks, signs, shops and codes over the rows with its user from 1 minute before its time up to it, both included; sizes_of_2 over the latest 2 of the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CAST(size AS STRING)) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS sizes,
    with_windows_in_order.*
  FROM with_windows_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- Each row, with what marks goes by.
with_windows_2_to_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    size,
    mark,
    event_time,
    sizes,
    CAST(mark AS STRING) AS order_1
  FROM with_windows
),
-- The rows of one time in the order that counts for marks: an OVER takes them as they come.
with_windows_2_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    size,
    mark,
    event_time,
    sizes
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, order_1) AS place
    FROM with_windows_2_to_order
  )
  WHERE place > 0
),
-- Each row of sizes, with sizes, marks, signs, shops and codes over the rows with its user from 1 minute before its time up to it, both included; sizes_of_2 over the latest 2 of the rows with its user from 1 minute before its time up to it, both included.
with_windows_2 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CAST(mark AS STRING)) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS marks,
    with_windows_2_in_order.*
  FROM with_windows_2_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- Each row, with what signs goes by.
with_windows_3_to_order AS (
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
    CAST(CASE WHEN price IS NULL THEN NULLIF('-', '') ELSE '+' END AS STRING) AS order_1
  FROM with_windows_2
),
-- The rows of one time in the order that counts for signs: an OVER takes them as they come.
with_windows_3_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    size,
    mark,
    event_time,
    sizes,
    marks
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, order_1) AS place
    FROM with_windows_3_to_order
  )
  WHERE place > 0
),
-- Each row of sizes, with sizes, marks, signs, shops and codes over the rows with its user from 1 minute before its time up to it, both included; sizes_of_2 over the latest 2 of the rows with its user from 1 minute before its time up to it, both included.
with_windows_3 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CAST(CASE WHEN price IS NULL THEN NULLIF('-', '') ELSE '+' END AS STRING)) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS signs,
    with_windows_3_in_order.*
  FROM with_windows_3_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for shops: an OVER takes them as they come.
with_windows_4_in_order AS (
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
    signs
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, shop) AS place
    FROM with_windows_3
  )
  WHERE place > 0
),
-- Each row of sizes, with sizes, marks, signs, shops and codes over the rows with its user from 1 minute before its time up to it, both included; sizes_of_2 over the latest 2 of the rows with its user from 1 minute before its time up to it, both included.
with_windows_4 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(shop) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS shops,
    with_windows_4_in_order.*
  FROM with_windows_4_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- Each row, with what codes goes by.
with_windows_5_to_order AS (
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
    CAST(MD5(shop) AS STRING) AS order_1
  FROM with_windows_4
),
-- The rows of one time in the order that counts for codes: an OVER takes them as they come.
with_windows_5_in_order AS (
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
    shops
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, order_1) AS place
    FROM with_windows_5_to_order
  )
  WHERE place > 0
),
-- Each row of sizes, with sizes, marks, signs, shops and codes over the rows with its user from 1 minute before its time up to it, both included; sizes_of_2 over the latest 2 of the rows with its user from 1 minute before its time up to it, both included.
with_windows_5 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CAST(MD5(shop) AS STRING)) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS codes,
    with_windows_5_in_order.*
  FROM with_windows_5_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- Each row, with what sizes_of_2 reads of it.
sizes_of_2_read AS (
  SELECT
    *,
    CAST(size AS STRING) AS sizes_of_2_value
  FROM with_windows_5
),
-- Each row, with sizes_of_2 of the latest rows, itself the last, and its place.
sizes_of_2_of_latest AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(sizes_of_2_value) OVER latest_2_by_user, CAST(NULL AS STRING)) AS sizes_of_2_of_latest,
    COUNT(*) OVER in_order_by_user AS sizes_of_2_place,
    sizes_of_2_read.*
  FROM sizes_of_2_read
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, sizes_of_2_value ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, sizes_of_2_value ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- sizes_of_2 of each row, in an array: NULL in it is a value, too.
sizes_of_2_held AS (
  SELECT
    *,
    CAST(ARRAY[sizes_of_2_of_latest] AS ARRAY<ARRAY<STRING>>) AS sizes_of_2_held
  FROM sizes_of_2_of_latest
),
-- The rows of one time in the order that counts for sizes_of_2_carried: an OVER takes them as they come.
sizes_of_2_latest_in_order AS (
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
    sizes_of_2_value,
    sizes_of_2_of_latest,
    sizes_of_2_place,
    sizes_of_2_held
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, sizes_of_2_place) AS place
    FROM sizes_of_2_held
  )
  WHERE place > 0
),
-- Each row, with sizes_of_2 of the latest rows that there are up to its time.
sizes_of_2_latest AS (
  SELECT
    LAST_VALUE(sizes_of_2_held) OVER so_far_by_user AS sizes_of_2_carried,
    sizes_of_2_latest_in_order.*
  FROM sizes_of_2_latest_in_order
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with sizes_of_2_rows, which any order of the rows gives.
sizes_of_2_whole_in_any_order AS (
  SELECT
    COUNT(*) OVER last_1_minute_by_user AS sizes_of_2_rows,
    sizes_of_2_latest.*
  FROM sizes_of_2_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for sizes_of_2_whole: an OVER takes them as they come.
sizes_of_2_whole_in_order AS (
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
    sizes_of_2_value,
    sizes_of_2_of_latest,
    sizes_of_2_place,
    sizes_of_2_held,
    sizes_of_2_carried,
    sizes_of_2_rows
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, sizes_of_2_value) AS place
    FROM sizes_of_2_whole_in_any_order
  )
  WHERE place > 0
),
-- Each row, with sizes_of_2 of the whole window, and of how many rows.
sizes_of_2_whole AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(sizes_of_2_value) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS sizes_of_2_whole,
    sizes_of_2_whole_in_order.*
  FROM sizes_of_2_whole_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
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
    CASE WHEN sizes_of_2_rows > 2 THEN sizes_of_2_carried[1] ELSE sizes_of_2_whole END AS sizes_of_2
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

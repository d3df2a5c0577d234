-- lists, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- flags, feature 'all_unpriced, two_unpriced': the rows of orders come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.
-- lists, feature 'lists_of_all, lists_of_two, latest, pairs, prices': the rows of orders come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders: json files.
CREATE TEMPORARY TABLE orders (
  `user` STRING,
  shop STRING,
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

-- flags: each row of orders.
CREATE TEMPORARY VIEW flags AS
WITH
-- Each row of orders, with unpriced and pair computed from it.
with_expressions AS (
  SELECT
    *,
    price IS NULL AS unpriced,
    CAST(ARRAY[1, 2] AS ARRAY<INT>) AS pair
  FROM orders
),
-- The rows of one time in the order that counts for all_unpriced: an OVER takes them as they come.
with_windows_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    window_time AS event_time,
    unpriced,
    pair
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY unpriced) AS place
    FROM TABLE(TUMBLE(TABLE with_expressions, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row of orders, with all_unpriced over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(unpriced) OVER last_1_minute_by_user, CAST(NULL AS BOOLEAN)) AS all_unpriced,
    with_windows_in_order.*
  FROM with_windows_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for two_unpriced_of_latest and two_unpriced_place: an OVER takes them as they come.
two_unpriced_of_latest_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    window_time AS event_time,
    unpriced,
    pair,
    all_unpriced
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY unpriced) AS place
    FROM TABLE(TUMBLE(TABLE last_1_minute_by_user, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with two_unpriced of the latest rows, itself the last, and its place.
two_unpriced_of_latest AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(unpriced) OVER latest_2_by_user, CAST(NULL AS BOOLEAN)) AS two_unpriced_of_latest,
    two_unpriced_of_latest_in_order.*
  FROM two_unpriced_of_latest_in_order
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- two_unpriced of each row, in an array: NULL in it is a value, too.
two_unpriced_held AS (
  SELECT
    *,
    CAST(ARRAY[two_unpriced_of_latest] AS ARRAY<ARRAY<BOOLEAN>>) AS two_unpriced_held
  FROM two_unpriced_of_latest
),
-- Each row, with two_unpriced of the latest rows that there are up to its time.
two_unpriced_latest AS (
  SELECT
    LAST_VALUE(two_unpriced_held) OVER so_far_by_user AS two_unpriced_carried,
    two_unpriced_held.*
  FROM two_unpriced_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with two_unpriced_rows, which any order of the rows gives.
two_unpriced_whole_in_any_order AS (
  SELECT
    COUNT(*) OVER last_1_minute_by_user AS two_unpriced_rows,
    two_unpriced_latest.*
  FROM two_unpriced_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for two_unpriced_whole: an OVER takes them as they come.
two_unpriced_whole_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    window_time AS event_time,
    unpriced,
    pair,
    all_unpriced,
    two_unpriced_of_latest,
    two_unpriced_held,
    two_unpriced_carried,
    two_unpriced_rows
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY unpriced) AS place
    FROM TABLE(TUMBLE(TABLE two_unpriced_whole_in_any_order, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with two_unpriced of the whole window, and of how many rows.
two_unpriced_whole AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(unpriced) OVER last_1_minute_by_user, CAST(NULL AS BOOLEAN)) AS two_unpriced_whole,
    two_unpriced_whole_in_order.*
  FROM two_unpriced_whole_in_order
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
    CASE WHEN two_unpriced_rows > 2 THEN two_unpriced_carried[1] ELSE two_unpriced_whole END AS two_unpriced
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
CREATE TEMPORARY VIEW lists AS
WITH
-- Each row, with what lists_of_all goes by.
with_windows_to_order AS (
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
    CAST(all_unpriced AS ARRAY<BOOLEAN>) AS order_2
  FROM flags
),
-- The rows of one time in the order that counts for lists_of_all: an OVER takes them as they come.
with_windows_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    unpriced,
    all_unpriced,
    two_unpriced,
    pair,
    window_time AS event_time
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY shop, order_2) AS place
    FROM TABLE(TUMBLE(TABLE with_windows_to_order, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row of flags, with lists_of_all over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CAST(all_unpriced AS ARRAY<BOOLEAN>)) OVER last_1_minute_by_user, CAST(NULL AS ARRAY<BOOLEAN>)) AS lists_of_all,
    with_windows_in_order.*
  FROM with_windows_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with what lists_of_two goes by.
with_windows_2_to_order AS (
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
    CAST(two_unpriced AS ARRAY<BOOLEAN>) AS order_2
  FROM last_1_minute_by_user
),
-- The rows of one time in the order that counts for lists_of_two: an OVER takes them as they come.
with_windows_2_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    unpriced,
    all_unpriced,
    two_unpriced,
    pair,
    window_time AS event_time,
    lists_of_all
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY shop, order_2) AS place
    FROM TABLE(TUMBLE(TABLE with_windows_2_to_order, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row of flags, with lists_of_two over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_2 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CAST(two_unpriced AS ARRAY<BOOLEAN>)) OVER last_1_minute_by_user, CAST(NULL AS ARRAY<BOOLEAN>)) AS lists_of_two,
    with_windows_2_in_order.*
  FROM with_windows_2_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with what pairs goes by.
with_windows_3_to_order AS (
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
    CAST(pair AS ARRAY<INT>) AS order_2
  FROM last_1_minute_by_user_2
),
-- The rows of one time in the order that counts for pairs: an OVER takes them as they come.
with_windows_3_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    unpriced,
    all_unpriced,
    two_unpriced,
    pair,
    window_time AS event_time,
    lists_of_all,
    lists_of_two
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY shop, order_2) AS place
    FROM TABLE(TUMBLE(TABLE with_windows_3_to_order, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row of flags, with pairs over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_3 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CAST(pair AS ARRAY<INT>)) OVER last_1_minute_by_user, CAST(NULL AS ARRAY<INT>)) AS pairs,
    with_windows_3_in_order.*
  FROM with_windows_3_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with what prices goes by.
with_windows_4_to_order AS (
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
    CAST(CAST(ARRAY[price, CAST(0 AS BIGINT)] AS ARRAY<BIGINT>) AS ARRAY<BIGINT>) AS order_2
  FROM last_1_minute_by_user_3
),
-- The rows of one time in the order that counts for prices: an OVER takes them as they come.
with_windows_4_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    unpriced,
    all_unpriced,
    two_unpriced,
    pair,
    window_time AS event_time,
    lists_of_all,
    lists_of_two,
    pairs
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY shop, order_2) AS place
    FROM TABLE(TUMBLE(TABLE with_windows_4_to_order, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row of flags, with prices over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_4 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CAST(CAST(ARRAY[price, CAST(0 AS BIGINT)] AS ARRAY<BIGINT>) AS ARRAY<BIGINT>)) OVER last_1_minute_by_user, CAST(NULL AS ARRAY<BIGINT>)) AS prices,
    with_windows_4_in_order.*
  FROM with_windows_4_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with what latest reads of it.
latest_read AS (
  SELECT
    *,
    CAST(all_unpriced AS ARRAY<BOOLEAN>) AS latest_value
  FROM last_1_minute_by_user_4
),
-- The rows of one time in the order that counts for latest_of_latest and latest_place: an OVER takes them as they come.
latest_of_latest_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    unpriced,
    all_unpriced,
    two_unpriced,
    pair,
    window_time AS event_time,
    lists_of_all,
    lists_of_two,
    pairs,
    prices,
    latest_value
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY shop, latest_value) AS place
    FROM TABLE(TUMBLE(TABLE latest_read, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with latest of the latest rows, itself the last, and its place.
latest_of_latest AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(latest_value) OVER latest_1_by_user, CAST(NULL AS ARRAY<BOOLEAN>)) AS latest_of_latest,
    latest_of_latest_in_order.*
  FROM latest_of_latest_in_order
  WINDOW
    latest_1_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- latest of each row, in an array: NULL in it is a value, too.
latest_held AS (
  SELECT
    *,
    CAST(ARRAY[latest_of_latest] AS ARRAY<ARRAY<ARRAY<BOOLEAN>>>) AS latest_held
  FROM latest_of_latest
),
-- Each row, with latest of the latest rows that there are up to its time.
latest_latest AS (
  SELECT
    LAST_VALUE(latest_held) OVER so_far_by_user AS latest_carried,
    latest_held.*
  FROM latest_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with latest_rows, which any order of the rows gives.
latest_whole_in_any_order AS (
  SELECT
    COUNT(*) OVER last_1_minute_by_user AS latest_rows,
    latest_latest.*
  FROM latest_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for latest_whole: an OVER takes them as they come.
latest_whole_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    `time`,
    unpriced,
    all_unpriced,
    two_unpriced,
    pair,
    window_time AS event_time,
    lists_of_all,
    lists_of_two,
    pairs,
    prices,
    latest_value,
    latest_of_latest,
    latest_held,
    latest_carried,
    latest_rows
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY shop, latest_value) AS place
    FROM TABLE(TUMBLE(TABLE latest_whole_in_any_order, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with latest of the whole window, and of how many rows.
latest_whole AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(latest_value) OVER last_1_minute_by_user, CAST(NULL AS ARRAY<BOOLEAN>)) AS latest_whole,
    latest_whole_in_order.*
  FROM latest_whole_in_order
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
    CASE WHEN latest_rows > 1 THEN latest_carried[1] ELSE latest_whole END AS latest
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

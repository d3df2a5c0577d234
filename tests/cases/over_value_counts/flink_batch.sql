-- events_with_windows, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  shop STRING,
  price DOUBLE,
  cents DECIMAL(10, 2),
  `count` BIGINT,
  `day` DATE,
  `member` BOOLEAN,
  tags ARRAY<BIGINT>,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- events_with_windows: each row of events.
CREATE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row, with the values of of_each_shop in a list.
of_each_shop_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(shop) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS of_each_shop_values,
    events.*
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for of_each_shop.
of_each_shop_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS of_each_shop_row,
    of_each_shop_listed.*
  FROM of_each_shop_listed
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of of_each_shop.
of_each_shop_apart AS (
  SELECT
    of_each_shop_numbered.*,
    of_each_shop_value,
    of_each_shop_value_place
  FROM of_each_shop_numbered
  LEFT JOIN UNNEST(ARRAY_DISTINCT(of_each_shop_values)) WITH ORDINALITY AS taken_apart (of_each_shop_value, of_each_shop_value_place) ON TRUE
),
-- Each of them, with how many there are of its value of of_each_shop.
of_each_shop_counted AS (
  SELECT
    *,
    CAST(CARDINALITY(of_each_shop_values) - CARDINALITY(ARRAY_REMOVE(of_each_shop_values, of_each_shop_value)) AS BIGINT) AS of_each_shop_count
  FROM of_each_shop_apart
),
-- The values of of_each_shop and their counts in lists again.
of_each_shop_together AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(of_each_shop_value) OVER same_row_by_user_and_of_each_shop_row, CAST(NULL AS STRING)) AS of_each_shop_keys,
    ARRAY_REMOVE(ARRAY_AGG(of_each_shop_count) OVER same_row_by_user_and_of_each_shop_row, CAST(NULL AS BIGINT)) AS of_each_shop_counts,
    of_each_shop_counted.*
  FROM of_each_shop_counted
  WINDOW
    same_row_by_user_and_of_each_shop_row AS (PARTITION BY `user`, of_each_shop_row ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row once.
of_each_shop_once AS (
  SELECT *
  FROM of_each_shop_together
  WHERE of_each_shop_value_place = 1
    OR of_each_shop_value_place IS NULL
),
-- Each row of events, with of_each_shop.
of_each_shop_found AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    CASE WHEN of_each_shop_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(of_each_shop_keys, of_each_shop_counts) END AS of_each_shop
  FROM of_each_shop_once
),
-- Each row, with the values of dear_of_each_shop in a list.
dear_of_each_shop_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CASE WHEN price > 1 THEN shop END) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS dear_of_each_shop_values,
    of_each_shop_found.*
  FROM of_each_shop_found
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for dear_of_each_shop.
dear_of_each_shop_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS dear_of_each_shop_row,
    dear_of_each_shop_listed.*
  FROM dear_of_each_shop_listed
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of dear_of_each_shop.
dear_of_each_shop_apart AS (
  SELECT
    dear_of_each_shop_numbered.*,
    dear_of_each_shop_value,
    dear_of_each_shop_value_place
  FROM dear_of_each_shop_numbered
  LEFT JOIN UNNEST(ARRAY_DISTINCT(dear_of_each_shop_values)) WITH ORDINALITY AS taken_apart (dear_of_each_shop_value, dear_of_each_shop_value_place) ON TRUE
),
-- Each of them, with how many there are of its value of dear_of_each_shop.
dear_of_each_shop_counted AS (
  SELECT
    *,
    CAST(CARDINALITY(dear_of_each_shop_values) - CARDINALITY(ARRAY_REMOVE(dear_of_each_shop_values, dear_of_each_shop_value)) AS BIGINT) AS dear_of_each_shop_count
  FROM dear_of_each_shop_apart
),
-- The values of dear_of_each_shop and their counts in lists again.
dear_of_each_shop_together AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(dear_of_each_shop_value) OVER same_row_by_user_and_dear_of_each_shop_row, CAST(NULL AS STRING)) AS dear_of_each_shop_keys,
    ARRAY_REMOVE(ARRAY_AGG(dear_of_each_shop_count) OVER same_row_by_user_and_dear_of_each_shop_row, CAST(NULL AS BIGINT)) AS dear_of_each_shop_counts,
    dear_of_each_shop_counted.*
  FROM dear_of_each_shop_counted
  WINDOW
    same_row_by_user_and_dear_of_each_shop_row AS (PARTITION BY `user`, dear_of_each_shop_row ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row once.
dear_of_each_shop_once AS (
  SELECT *
  FROM dear_of_each_shop_together
  WHERE dear_of_each_shop_value_place = 1
    OR dear_of_each_shop_value_place IS NULL
),
-- Each row of events, with dear_of_each_shop.
dear_of_each_shop_found AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    of_each_shop,
    CASE WHEN dear_of_each_shop_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(dear_of_each_shop_keys, dear_of_each_shop_counts) END AS dear_of_each_shop
  FROM dear_of_each_shop_once
),
-- Each row, with the values of of_each_price in a list.
of_each_price_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CASE WHEN price = 0 THEN ABS(price) ELSE price END) OVER last_1_minute_by_user, CAST(NULL AS DOUBLE)) AS of_each_price_values,
    dear_of_each_shop_found.*
  FROM dear_of_each_shop_found
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for of_each_price.
of_each_price_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS of_each_price_row,
    of_each_price_listed.*
  FROM of_each_price_listed
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of of_each_price.
of_each_price_apart AS (
  SELECT
    of_each_price_numbered.*,
    of_each_price_value,
    of_each_price_value_place
  FROM of_each_price_numbered
  LEFT JOIN UNNEST(ARRAY_DISTINCT(of_each_price_values)) WITH ORDINALITY AS taken_apart (of_each_price_value, of_each_price_value_place) ON TRUE
),
-- Each of them, with how many there are of its value of of_each_price.
of_each_price_counted AS (
  SELECT
    *,
    CAST(CARDINALITY(of_each_price_values) - CARDINALITY(ARRAY_REMOVE(of_each_price_values, of_each_price_value)) AS BIGINT) AS of_each_price_count
  FROM of_each_price_apart
),
-- The values of of_each_price and their counts in lists again.
of_each_price_together AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(of_each_price_value) OVER same_row_by_user_and_of_each_price_row, CAST(NULL AS DOUBLE)) AS of_each_price_keys,
    ARRAY_REMOVE(ARRAY_AGG(of_each_price_count) OVER same_row_by_user_and_of_each_price_row, CAST(NULL AS BIGINT)) AS of_each_price_counts,
    of_each_price_counted.*
  FROM of_each_price_counted
  WINDOW
    same_row_by_user_and_of_each_price_row AS (PARTITION BY `user`, of_each_price_row ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row once.
of_each_price_once AS (
  SELECT *
  FROM of_each_price_together
  WHERE of_each_price_value_place = 1
    OR of_each_price_value_place IS NULL
),
-- Each row of events, with of_each_price.
of_each_price_found AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    of_each_shop,
    dear_of_each_shop,
    CASE WHEN of_each_price_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(of_each_price_keys, of_each_price_counts) END AS of_each_price
  FROM of_each_price_once
),
-- Each row, with the values of of_each_count in a list.
of_each_count_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(`count`) OVER all_so_far_by_user, CAST(NULL AS BIGINT)) AS of_each_count_values,
    of_each_price_found.*
  FROM of_each_price_found
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for of_each_count.
of_each_count_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS of_each_count_row,
    of_each_count_listed.*
  FROM of_each_count_listed
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of of_each_count.
of_each_count_apart AS (
  SELECT
    of_each_count_numbered.*,
    of_each_count_value,
    of_each_count_value_place
  FROM of_each_count_numbered
  LEFT JOIN UNNEST(ARRAY_DISTINCT(of_each_count_values)) WITH ORDINALITY AS taken_apart (of_each_count_value, of_each_count_value_place) ON TRUE
),
-- Each of them, with how many there are of its value of of_each_count.
of_each_count_counted AS (
  SELECT
    *,
    CAST(CARDINALITY(of_each_count_values) - CARDINALITY(ARRAY_REMOVE(of_each_count_values, of_each_count_value)) AS BIGINT) AS of_each_count_count
  FROM of_each_count_apart
),
-- The values of of_each_count and their counts in lists again.
of_each_count_together AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(of_each_count_value) OVER same_row_by_user_and_of_each_count_row, CAST(NULL AS BIGINT)) AS of_each_count_keys,
    ARRAY_REMOVE(ARRAY_AGG(of_each_count_count) OVER same_row_by_user_and_of_each_count_row, CAST(NULL AS BIGINT)) AS of_each_count_counts,
    of_each_count_counted.*
  FROM of_each_count_counted
  WINDOW
    same_row_by_user_and_of_each_count_row AS (PARTITION BY `user`, of_each_count_row ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row once.
of_each_count_once AS (
  SELECT *
  FROM of_each_count_together
  WHERE of_each_count_value_place = 1
    OR of_each_count_value_place IS NULL
),
-- Each row of events, with of_each_count.
of_each_count_found AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    of_each_shop,
    dear_of_each_shop,
    of_each_price,
    CASE WHEN of_each_count_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(of_each_count_keys, of_each_count_counts) END AS of_each_count
  FROM of_each_count_once
),
-- Each row, with of_last_2_values of the latest rows, itself the last, and its place.
of_last_2_values_of_latest AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(shop) OVER latest_2_by_user, CAST(NULL AS STRING)) AS of_last_2_values_of_latest,
    COUNT(*) OVER in_order_by_user AS of_last_2_values_place,
    of_each_count_found.*
  FROM of_each_count_found
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, shop ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, shop ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- of_last_2_values of each row, in an array: NULL in it is a value, too.
of_last_2_values_held AS (
  SELECT
    *,
    CAST(ARRAY[of_last_2_values_of_latest] AS ARRAY<ARRAY<STRING>>) AS of_last_2_values_held
  FROM of_last_2_values_of_latest
),
-- The rows of one time in the order that counts for of_last_2_values_carried: an OVER takes them as they come.
of_last_2_values_latest_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    of_each_shop,
    dear_of_each_shop,
    of_each_price,
    of_each_count,
    of_last_2_values_of_latest,
    of_last_2_values_place,
    of_last_2_values_held
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, of_last_2_values_place) AS place
    FROM of_last_2_values_held
  )
  WHERE place > 0
),
-- Each row, with of_last_2_values of the latest rows that there are up to its time.
of_last_2_values_latest AS (
  SELECT
    LAST_VALUE(of_last_2_values_held) OVER so_far_by_user AS of_last_2_values_carried,
    of_last_2_values_latest_in_order.*
  FROM of_last_2_values_latest_in_order
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with of_last_2_values_rows, which any order of the rows gives.
of_last_2_values_whole_in_any_order AS (
  SELECT
    COUNT(*) OVER last_1_minute_by_user AS of_last_2_values_rows,
    of_last_2_values_latest.*
  FROM of_last_2_values_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for of_last_2_values_whole: an OVER takes them as they come.
of_last_2_values_whole_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    of_each_shop,
    dear_of_each_shop,
    of_each_price,
    of_each_count,
    of_last_2_values_of_latest,
    of_last_2_values_place,
    of_last_2_values_held,
    of_last_2_values_carried,
    of_last_2_values_rows
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, shop) AS place
    FROM of_last_2_values_whole_in_any_order
  )
  WHERE place > 0
),
-- Each row, with of_last_2_values of the whole window, and of how many rows.
of_last_2_values_whole AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(shop) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS of_last_2_values_whole,
    of_last_2_values_whole_in_order.*
  FROM of_last_2_values_whole_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- Each row, with of_last_2_values of no more than the latest.
of_last_2_values_limited AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    of_each_shop,
    dear_of_each_shop,
    of_each_price,
    of_each_count,
    CASE WHEN of_last_2_values_rows > 2 THEN of_last_2_values_carried[1] ELSE of_last_2_values_whole END AS of_last_2_values
  FROM of_last_2_values_whole
),
-- The same rows, each with a number of its own, for of_last_2.
of_last_2_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS of_last_2_row,
    of_last_2_values_limited.*
  FROM of_last_2_values_limited
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of of_last_2.
of_last_2_apart AS (
  SELECT
    of_last_2_numbered.*,
    of_last_2_value,
    of_last_2_value_place
  FROM of_last_2_numbered
  LEFT JOIN UNNEST(ARRAY_DISTINCT(of_last_2_values)) WITH ORDINALITY AS taken_apart (of_last_2_value, of_last_2_value_place) ON TRUE
),
-- Each of them, with how many there are of its value of of_last_2.
of_last_2_counted AS (
  SELECT
    *,
    CAST(CARDINALITY(of_last_2_values) - CARDINALITY(ARRAY_REMOVE(of_last_2_values, of_last_2_value)) AS BIGINT) AS of_last_2_count
  FROM of_last_2_apart
),
-- The rows of one time in the order that counts for of_last_2_keys and of_last_2_counts: an OVER takes them as they come.
of_last_2_together_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    of_each_shop,
    dear_of_each_shop,
    of_each_price,
    of_each_count,
    of_last_2_values,
    of_last_2_row,
    of_last_2_value,
    of_last_2_value_place,
    of_last_2_count
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, of_last_2_row ORDER BY event_time, of_last_2_value_place) AS place
    FROM of_last_2_counted
  )
  WHERE place > 0
),
-- The values of of_last_2 and their counts in lists again.
of_last_2_together AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(of_last_2_value) OVER same_row_by_user_and_of_last_2_row, CAST(NULL AS STRING)) AS of_last_2_keys,
    ARRAY_REMOVE(ARRAY_AGG(of_last_2_count) OVER same_row_by_user_and_of_last_2_row, CAST(NULL AS BIGINT)) AS of_last_2_counts,
    of_last_2_together_in_order.*
  FROM of_last_2_together_in_order
  WINDOW
    same_row_by_user_and_of_last_2_row AS (PARTITION BY `user`, of_last_2_row ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row once.
of_last_2_once AS (
  SELECT *
  FROM of_last_2_together
  WHERE of_last_2_value_place = 1
    OR of_last_2_value_place IS NULL
),
-- Each row of events, with of_last_2.
of_last_2_found AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    of_each_shop,
    dear_of_each_shop,
    of_each_price,
    of_each_count,
    CASE WHEN of_last_2_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(of_last_2_keys, of_last_2_counts) END AS of_last_2
  FROM of_last_2_once
)
SELECT
  `user`,
  `time`,
  of_each_shop,
  dear_of_each_shop,
  of_last_2,
  of_each_price,
  of_each_count,
  event_time
FROM of_last_2_found;

-- The rows of events_with_windows.
SELECT `user`, `time`, of_each_shop, dear_of_each_shop, of_last_2, of_each_price, of_each_count
FROM events_with_windows;

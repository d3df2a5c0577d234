-- events_with_windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  shop STRING,
  price DOUBLE,
  cents DECIMAL(10, 2),
  `count` BIGINT,
  `day` DATE,
  `member` BOOLEAN,
  tags ARRAY<BIGINT>,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- events_with_windows: each row of events.
CREATE OR REPLACE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row of events, with each feature over its window, named below, the values of of_each_shop, dear_of_each_shop, of_each_price and of_each_count in lists.
with_windows_in_lists AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN shop IS NOT NULL THEN struct(struct(event_time) AS place, shop AS value) END) OVER last_1_minute_by_user), one -> one.value) AS of_each_shop_values,
    transform(sort_array(collect_list(CASE WHEN CASE WHEN price > 1 THEN shop END IS NOT NULL THEN struct(struct(event_time) AS place, CASE WHEN price > 1 THEN shop END AS value) END) OVER last_1_minute_by_user), one -> one.value) AS dear_of_each_shop_values,
    transform(sort_array(collect_list(CASE WHEN CASE WHEN price = 0 THEN ABS(price) ELSE price END IS NOT NULL THEN struct(struct(event_time) AS place, CASE WHEN price = 0 THEN ABS(price) ELSE price END AS value) END) OVER last_1_minute_by_user), one -> one.value) AS of_each_price_values,
    transform(sort_array(collect_list(CASE WHEN `count` IS NOT NULL THEN struct(struct(event_time) AS place, `count` AS value) END) OVER all_so_far_by_user), one -> one.value) AS of_each_count_values
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW),
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    CASE WHEN size(of_each_shop_values) > 0 THEN map_from_arrays(array_distinct(of_each_shop_values), transform(array_distinct(of_each_shop_values), one -> CAST(size(filter(of_each_shop_values, other -> other = one)) AS BIGINT))) END AS of_each_shop,
    CASE WHEN size(dear_of_each_shop_values) > 0 THEN map_from_arrays(array_distinct(dear_of_each_shop_values), transform(array_distinct(dear_of_each_shop_values), one -> CAST(size(filter(dear_of_each_shop_values, other -> other = one)) AS BIGINT))) END AS dear_of_each_shop,
    CASE WHEN size(of_each_price_values) > 0 THEN map_from_arrays(array_distinct(of_each_price_values), transform(array_distinct(of_each_price_values), one -> CAST(size(filter(of_each_price_values, other -> other = one)) AS BIGINT))) END AS of_each_price,
    CASE WHEN size(of_each_count_values) > 0 THEN map_from_arrays(array_distinct(of_each_count_values), transform(array_distinct(of_each_count_values), one -> CAST(size(filter(of_each_count_values, other -> other = one)) AS BIGINT))) END AS of_each_count
  FROM with_windows_in_lists
),
-- Each row, with of_last_2 of the latest rows, itself the last, and its place, the values of of_last_2_of_latest in lists.
of_last_2_of_latest_in_lists AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN shop IS NOT NULL THEN struct(struct(event_time) AS place, shop AS value) END) OVER latest_2_by_user), one -> one.value) AS of_last_2_of_latest_values,
    COUNT(*) OVER in_order_by_user AS of_last_2_place
  FROM with_windows
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, shop ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, shop ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with of_last_2 of the latest rows, itself the last, and its place.
of_last_2_of_latest AS (
  SELECT
    *,
    CASE WHEN size(of_last_2_of_latest_values) > 0 THEN map_from_arrays(array_distinct(of_last_2_of_latest_values), transform(array_distinct(of_last_2_of_latest_values), one -> CAST(size(filter(of_last_2_of_latest_values, other -> other = one)) AS BIGINT))) END AS of_last_2_of_latest
  FROM of_last_2_of_latest_in_lists
),
-- of_last_2 of each row, in an array: NULL in it is a value, too.
of_last_2_held AS (
  SELECT
    *,
    array(of_last_2_of_latest) AS of_last_2_held
  FROM of_last_2_of_latest
),
-- Each row, with of_last_2 of the latest rows that there are up to its time.
of_last_2_latest AS (
  SELECT
    *,
    MAX_BY(of_last_2_held, CASE WHEN of_last_2_held IS NOT NULL THEN struct(event_time, of_last_2_place) END) OVER so_far_by_user AS of_last_2_carried
  FROM of_last_2_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with of_last_2 of the whole window, and of how many rows, the values of of_last_2_whole in lists.
of_last_2_whole_in_lists AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN shop IS NOT NULL THEN struct(struct(event_time) AS place, shop AS value) END) OVER last_1_minute_by_user), one -> one.value) AS of_last_2_whole_values,
    COUNT(*) OVER last_1_minute_by_user AS of_last_2_rows
  FROM of_last_2_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with of_last_2 of the whole window, and of how many rows.
of_last_2_whole AS (
  SELECT
    *,
    CASE WHEN size(of_last_2_whole_values) > 0 THEN map_from_arrays(array_distinct(of_last_2_whole_values), transform(array_distinct(of_last_2_whole_values), one -> CAST(size(filter(of_last_2_whole_values, other -> other = one)) AS BIGINT))) END AS of_last_2_whole
  FROM of_last_2_whole_in_lists
),
-- Each row of events, with of_last_2 of no more than the latest.
of_last_2_limited AS (
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
    CASE WHEN of_last_2_rows > 2 THEN element_at(of_last_2_carried, 1) ELSE of_last_2_whole END AS of_last_2
  FROM of_last_2_whole
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
FROM of_last_2_limited;

-- The rows of events_with_windows.
SELECT `user`, `time`, of_each_shop, dear_of_each_shop, of_last_2, of_each_price, of_each_count
FROM events_with_windows;

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
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN shop IS NOT NULL THEN struct(struct(event_time) AS place, shop AS value) END) OVER last_1_minute_by_user), one -> one.value) AS shops,
    transform(sort_array(collect_list(CASE WHEN shop IS NOT NULL THEN struct(struct(event_time, `count`) AS place, shop AS value) END) OVER last_1_minute_by_user), one -> one.value) AS shops_by_count,
    transform(sort_array(collect_list(CASE WHEN CASE WHEN price > 1 THEN shop END IS NOT NULL THEN struct(struct(event_time) AS place, CASE WHEN price > 1 THEN shop END AS value) END) OVER last_1_minute_by_user), one -> one.value) AS dear_shops,
    transform(sort_array(collect_list(CASE WHEN `count` IS NOT NULL THEN struct(struct(event_time) AS place, `count` AS value) END) OVER last_1_minute_by_user), one -> one.value) AS counts,
    transform(sort_array(collect_list(CASE WHEN tags IS NOT NULL THEN struct(struct(event_time) AS place, tags AS value) END) OVER last_1_minute_by_user), one -> one.value) AS all_tags
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with what last_2_so_far reads of it, if it counts.
last_2_so_far_read AS (
  SELECT
    *,
    (price > 1) IS TRUE AS last_2_so_far_counts
  FROM with_windows
),
-- Each row, with last_2_so_far of the latest rows of those that count, itself the last, and its place.
last_2_so_far_of_latest AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN shop IS NOT NULL THEN struct(struct(event_time) AS place, shop AS value) END) OVER latest_2_by_user_and_last_2_so_far_counts), one -> one.value) AS last_2_so_far_of_latest,
    COUNT(*) OVER in_order_by_user_and_last_2_so_far_counts AS last_2_so_far_place
  FROM last_2_so_far_read
  WINDOW
    latest_2_by_user_and_last_2_so_far_counts AS (PARTITION BY `user`, last_2_so_far_counts ORDER BY event_time, shop ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user_and_last_2_so_far_counts AS (PARTITION BY `user`, last_2_so_far_counts ORDER BY event_time, shop ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- last_2_so_far of each row that counts, in an array: NULL in it is a value, too.
last_2_so_far_held AS (
  SELECT
    *,
    CASE WHEN last_2_so_far_counts THEN array(last_2_so_far_of_latest) END AS last_2_so_far_held
  FROM last_2_so_far_of_latest
),
-- Each row, with last_2_so_far of the latest rows that there are up to its time.
last_2_so_far_latest AS (
  SELECT
    *,
    MAX_BY(last_2_so_far_held, CASE WHEN last_2_so_far_held IS NOT NULL THEN struct(event_time, last_2_so_far_place, last_2_so_far_held) END) OVER so_far_by_user AS last_2_so_far_carried
  FROM last_2_so_far_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with last_2_so_far of the whole window, and of how many rows.
last_2_so_far_whole AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN CASE WHEN last_2_so_far_counts THEN shop END IS NOT NULL THEN struct(struct(event_time) AS place, CASE WHEN last_2_so_far_counts THEN shop END AS value) END) OVER all_so_far_by_user), one -> one.value) AS last_2_so_far_whole,
    COUNT(CASE WHEN last_2_so_far_counts THEN 1 END) OVER all_so_far_by_user AS last_2_so_far_rows
  FROM last_2_so_far_latest
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with last_2_so_far of no more than the latest.
last_2_so_far_limited AS (
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
    shops,
    shops_by_count,
    dear_shops,
    counts,
    all_tags,
    CASE WHEN last_2_so_far_rows > 2 THEN element_at(last_2_so_far_carried, 1) ELSE last_2_so_far_whole END AS last_2_so_far
  FROM last_2_so_far_whole
)
SELECT
  `user`,
  `time`,
  shops,
  shops_by_count,
  dear_shops,
  last_2_so_far,
  counts,
  all_tags,
  event_time
FROM last_2_so_far_limited;

-- The rows of events_with_windows.
SELECT `user`, `time`, shops, shops_by_count, dear_shops, last_2_so_far, counts, all_tags
FROM events_with_windows;

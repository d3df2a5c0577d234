-- events_with_lists, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  `value` BIGINT,
  place BIGINT,
  `one` BIGINT,
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

-- events_with_lists: each row of events.
CREATE OR REPLACE TEMPORARY VIEW events_with_lists AS
WITH
-- Each row of events, with by_value and by_place over the rows with its user from 1 minute before its time up to it, both included; latest_by_one and counts over the latest 2 of the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN place IS NOT NULL THEN struct(struct(event_time, `value`) AS place, place AS value) END) OVER last_1_minute_by_user), one -> one.value) AS by_value,
    transform(sort_array(collect_list(CASE WHEN `value` IS NOT NULL THEN struct(struct(event_time, place) AS place, `value` AS value) END) OVER last_1_minute_by_user), one -> one.value) AS by_place
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with latest_by_one of the latest rows, itself the last, and its place.
latest_by_one_of_latest AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN `value` IS NOT NULL THEN struct(struct(event_time, `one`) AS place, `value` AS value) END) OVER latest_2_by_user), one -> one.value) AS latest_by_one_of_latest,
    COUNT(*) OVER in_order_by_user AS latest_by_one_place
  FROM with_windows
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, `one`, `value` ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, `one`, `value` ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- latest_by_one of each row, in an array: NULL in it is a value, too.
latest_by_one_held AS (
  SELECT
    *,
    array(latest_by_one_of_latest) AS latest_by_one_held
  FROM latest_by_one_of_latest
),
-- Each row, with latest_by_one of the latest rows that there are up to its time.
latest_by_one_latest AS (
  SELECT
    *,
    MAX_BY(latest_by_one_held, CASE WHEN latest_by_one_held IS NOT NULL THEN struct(event_time, latest_by_one_place, latest_by_one_held) END) OVER so_far_by_user AS latest_by_one_carried
  FROM latest_by_one_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with latest_by_one of the whole window, and of how many rows.
latest_by_one_whole AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN `value` IS NOT NULL THEN struct(struct(event_time, `one`) AS place, `value` AS value) END) OVER last_1_minute_by_user), one -> one.value) AS latest_by_one_whole,
    COUNT(*) OVER last_1_minute_by_user AS latest_by_one_rows
  FROM latest_by_one_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with latest_by_one of no more than the latest.
latest_by_one_limited AS (
  SELECT
    `user`,
    `value`,
    place,
    `one`,
    `time`,
    event_time,
    by_value,
    by_place,
    CASE WHEN latest_by_one_rows > 2 THEN element_at(latest_by_one_carried, 1) ELSE latest_by_one_whole END AS latest_by_one
  FROM latest_by_one_whole
),
-- Each row, with counts of the latest rows, itself the last, and its place, the values of counts_of_latest in lists.
counts_of_latest_in_lists AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN `one` IS NOT NULL THEN struct(struct(event_time, `value`) AS place, `one` AS value) END) OVER latest_2_by_user), one -> one.value) AS counts_of_latest_values,
    COUNT(*) OVER in_order_by_user AS counts_place
  FROM latest_by_one_limited
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, `value`, `one` ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, `value`, `one` ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with counts of the latest rows, itself the last, and its place.
counts_of_latest AS (
  SELECT
    *,
    CASE WHEN size(counts_of_latest_values) > 0 THEN map_from_arrays(array_distinct(counts_of_latest_values), transform(array_distinct(counts_of_latest_values), one -> CAST(size(filter(counts_of_latest_values, other -> other = one)) AS BIGINT))) END AS counts_of_latest
  FROM counts_of_latest_in_lists
),
-- counts of each row, in an array: NULL in it is a value, too.
counts_held AS (
  SELECT
    *,
    array(counts_of_latest) AS counts_held
  FROM counts_of_latest
),
-- Each row, with counts of the latest rows that there are up to its time.
counts_latest AS (
  SELECT
    *,
    MAX_BY(counts_held, CASE WHEN counts_held IS NOT NULL THEN struct(event_time, counts_place) END) OVER so_far_by_user AS counts_carried
  FROM counts_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with counts of the whole window, and of how many rows, the values of counts_whole in lists.
counts_whole_in_lists AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN `one` IS NOT NULL THEN struct(struct(event_time, `value`) AS place, `one` AS value) END) OVER last_1_minute_by_user), one -> one.value) AS counts_whole_values,
    COUNT(*) OVER last_1_minute_by_user AS counts_rows
  FROM counts_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with counts of the whole window, and of how many rows.
counts_whole AS (
  SELECT
    *,
    CASE WHEN size(counts_whole_values) > 0 THEN map_from_arrays(array_distinct(counts_whole_values), transform(array_distinct(counts_whole_values), one -> CAST(size(filter(counts_whole_values, other -> other = one)) AS BIGINT))) END AS counts_whole
  FROM counts_whole_in_lists
),
-- Each row of events, with counts of no more than the latest.
counts_limited AS (
  SELECT
    `user`,
    `value`,
    place,
    `one`,
    `time`,
    event_time,
    by_value,
    by_place,
    latest_by_one,
    CASE WHEN counts_rows > 2 THEN element_at(counts_carried, 1) ELSE counts_whole END AS counts
  FROM counts_whole
)
SELECT
  `user`,
  `value`,
  place,
  `one`,
  `time`,
  by_value,
  by_place,
  latest_by_one,
  counts,
  event_time
FROM counts_limited;

-- The rows of events_with_lists.
SELECT `user`, `value`, place, `one`, `time`, by_value, by_place, latest_by_one, counts
FROM events_with_lists;

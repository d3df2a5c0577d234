-- events_with_windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  price DOUBLE,
  `count` INT,
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
-- Each row of events, with each feature over its window, named below, the values of variance, of_sample and deviation in lists.
with_windows_in_lists AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN price IS NOT NULL THEN struct(struct(event_time) AS place, price AS value) END) OVER last_1_minute_by_user), one -> one.value) AS variance_values,
    transform(sort_array(collect_list(CASE WHEN CASE WHEN price > 1 THEN price END IS NOT NULL THEN struct(struct(event_time) AS place, CASE WHEN price > 1 THEN price END AS value) END) OVER last_1_minute_by_user), one -> one.value) AS of_sample_values,
    transform(sort_array(collect_list(CASE WHEN CAST(`count` AS DOUBLE) IS NOT NULL THEN struct(struct(event_time) AS place, CAST(`count` AS DOUBLE) AS value) END) OVER last_1_minute_by_user), one -> one.value) AS deviation_values
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- How far each value is off the first in its list.
with_windows_off_first AS (
  SELECT
    *,
    transform(variance_values, one -> one - get(variance_values, 0)) AS variance_off,
    transform(of_sample_values, one -> one - get(of_sample_values, 0)) AS of_sample_off,
    transform(deviation_values, one -> one - get(deviation_values, 0)) AS deviation_off
  FROM with_windows_in_lists
),
-- How many values there are, and the sums that a variance is made of.
with_windows_summed AS (
  SELECT
    *,
    size(variance_off) AS variance_count,
    aggregate(variance_off, 0D, (total, one) -> total + one) AS variance_sum,
    aggregate(variance_off, 0D, (total, one) -> total + one * one) AS variance_squares,
    size(of_sample_off) AS of_sample_count,
    aggregate(of_sample_off, 0D, (total, one) -> total + one) AS of_sample_sum,
    aggregate(of_sample_off, 0D, (total, one) -> total + one * one) AS of_sample_squares,
    size(deviation_off) AS deviation_count,
    aggregate(deviation_off, 0D, (total, one) -> total + one) AS deviation_sum,
    aggregate(deviation_off, 0D, (total, one) -> total + one * one) AS deviation_squares
  FROM with_windows_off_first
),
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    (variance_squares - (variance_sum * variance_sum) / NULLIF(variance_count, 0)) / NULLIF(variance_count, 0) AS variance,
    (of_sample_squares - (of_sample_sum * of_sample_sum) / NULLIF(of_sample_count, 0)) / NULLIF((of_sample_count - 1), 0) AS of_sample,
    SQRT((deviation_squares - (deviation_sum * deviation_sum) / NULLIF(deviation_count, 0)) / NULLIF(deviation_count, 0)) AS deviation
  FROM with_windows_summed
),
-- Each row, with the first value of variance_so_far, from which the others differ.
variance_so_far_from_first AS (
  SELECT
    *,
    MIN_BY(price, CASE WHEN price IS NOT NULL THEN struct(event_time, price) END) OVER so_far_by_user AS variance_so_far_first
  FROM with_windows
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with how far its value of variance_so_far is off the first.
variance_so_far_apart AS (
  SELECT
    *,
    price - variance_so_far_first AS variance_so_far_off
  FROM variance_so_far_from_first
),
-- Each row, with the sums that variance_so_far is made of.
variance_so_far_summed AS (
  SELECT
    *,
    COUNT(variance_so_far_off) OVER all_so_far_by_user AS variance_so_far_count,
    COALESCE(SUM(variance_so_far_off) OVER all_so_far_by_user, 0) AS variance_so_far_sum,
    COALESCE(SUM(variance_so_far_off * variance_so_far_off) OVER all_so_far_by_user, 0) AS variance_so_far_squares
  FROM variance_so_far_apart
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with variance_so_far.
variance_so_far_found AS (
  SELECT
    `user`,
    price,
    `count`,
    `time`,
    event_time,
    variance,
    of_sample,
    deviation,
    (variance_so_far_squares - (variance_so_far_sum * variance_so_far_sum) / NULLIF(variance_so_far_count, 0)) / NULLIF(variance_so_far_count, 0) AS variance_so_far
  FROM variance_so_far_summed
),
-- Each row, with the first value of deviation_so_far, from which the others differ.
deviation_so_far_from_first AS (
  SELECT
    *,
    MIN_BY(CASE WHEN price > 1 THEN CAST(`count` AS DOUBLE) END, CASE WHEN CASE WHEN price > 1 THEN CAST(`count` AS DOUBLE) END IS NOT NULL THEN struct(event_time, CASE WHEN price > 1 THEN CAST(`count` AS DOUBLE) END) END) OVER so_far_by_user AS deviation_so_far_first
  FROM variance_so_far_found
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with how far its value of deviation_so_far is off the first.
deviation_so_far_apart AS (
  SELECT
    *,
    CASE WHEN price > 1 THEN CAST(`count` AS DOUBLE) - deviation_so_far_first END AS deviation_so_far_off
  FROM deviation_so_far_from_first
),
-- Each row, with the sums that deviation_so_far is made of.
deviation_so_far_summed AS (
  SELECT
    *,
    COUNT(deviation_so_far_off) OVER all_so_far_by_user AS deviation_so_far_count,
    COALESCE(SUM(deviation_so_far_off) OVER all_so_far_by_user, 0) AS deviation_so_far_sum,
    COALESCE(SUM(deviation_so_far_off * deviation_so_far_off) OVER all_so_far_by_user, 0) AS deviation_so_far_squares
  FROM deviation_so_far_apart
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with deviation_so_far.
deviation_so_far_found AS (
  SELECT
    `user`,
    price,
    `count`,
    `time`,
    event_time,
    variance,
    of_sample,
    deviation,
    variance_so_far,
    SQRT((deviation_so_far_squares - (deviation_so_far_sum * deviation_so_far_sum) / NULLIF(deviation_so_far_count, 0)) / NULLIF((deviation_so_far_count - 1), 0)) AS deviation_so_far
  FROM deviation_so_far_summed
),
-- Each row, with what variance_of_2 reads of it.
variance_of_2_read AS (
  SELECT
    *,
    CAST(`count` AS DOUBLE) AS variance_of_2_value
  FROM deviation_so_far_found
),
-- Each row, with variance_of_2 of the latest rows, itself the last, and its place, the values of variance_of_2_of_latest in lists.
variance_of_2_of_latest_in_lists AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN variance_of_2_value IS NOT NULL THEN struct(struct(event_time) AS place, variance_of_2_value AS value) END) OVER latest_2_by_user), one -> one.value) AS variance_of_2_of_latest_values,
    COUNT(*) OVER in_order_by_user AS variance_of_2_place
  FROM variance_of_2_read
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, variance_of_2_value ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, variance_of_2_value ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- How far each value is off the first in its list.
variance_of_2_of_latest_off_first AS (
  SELECT
    *,
    transform(variance_of_2_of_latest_values, one -> one - get(variance_of_2_of_latest_values, 0)) AS variance_of_2_of_latest_off
  FROM variance_of_2_of_latest_in_lists
),
-- How many values there are, and the sums that a variance is made of.
variance_of_2_of_latest_summed AS (
  SELECT
    *,
    size(variance_of_2_of_latest_off) AS variance_of_2_of_latest_count,
    aggregate(variance_of_2_of_latest_off, 0D, (total, one) -> total + one) AS variance_of_2_of_latest_sum,
    aggregate(variance_of_2_of_latest_off, 0D, (total, one) -> total + one * one) AS variance_of_2_of_latest_squares
  FROM variance_of_2_of_latest_off_first
),
-- Each row, with variance_of_2 of the latest rows, itself the last, and its place.
variance_of_2_of_latest AS (
  SELECT
    *,
    (variance_of_2_of_latest_squares - (variance_of_2_of_latest_sum * variance_of_2_of_latest_sum) / NULLIF(variance_of_2_of_latest_count, 0)) / NULLIF(variance_of_2_of_latest_count, 0) AS variance_of_2_of_latest
  FROM variance_of_2_of_latest_summed
),
-- variance_of_2 of each row, in an array: NULL in it is a value, too.
variance_of_2_held AS (
  SELECT
    *,
    array(variance_of_2_of_latest) AS variance_of_2_held
  FROM variance_of_2_of_latest
),
-- Each row, with variance_of_2 of the latest rows that there are up to its time.
variance_of_2_latest AS (
  SELECT
    *,
    MAX_BY(variance_of_2_held, CASE WHEN variance_of_2_held IS NOT NULL THEN struct(event_time, variance_of_2_place, variance_of_2_held) END) OVER so_far_by_user AS variance_of_2_carried
  FROM variance_of_2_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with variance_of_2 of the whole window, and of how many rows, the values of variance_of_2_whole in lists.
variance_of_2_whole_in_lists AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN variance_of_2_value IS NOT NULL THEN struct(struct(event_time) AS place, variance_of_2_value AS value) END) OVER last_1_minute_by_user), one -> one.value) AS variance_of_2_whole_values,
    COUNT(*) OVER last_1_minute_by_user AS variance_of_2_rows
  FROM variance_of_2_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- How far each value is off the first in its list.
variance_of_2_whole_off_first AS (
  SELECT
    *,
    transform(variance_of_2_whole_values, one -> one - get(variance_of_2_whole_values, 0)) AS variance_of_2_whole_off
  FROM variance_of_2_whole_in_lists
),
-- How many values there are, and the sums that a variance is made of.
variance_of_2_whole_summed AS (
  SELECT
    *,
    size(variance_of_2_whole_off) AS variance_of_2_whole_count,
    aggregate(variance_of_2_whole_off, 0D, (total, one) -> total + one) AS variance_of_2_whole_sum,
    aggregate(variance_of_2_whole_off, 0D, (total, one) -> total + one * one) AS variance_of_2_whole_squares
  FROM variance_of_2_whole_off_first
),
-- Each row, with variance_of_2 of the whole window, and of how many rows.
variance_of_2_whole AS (
  SELECT
    *,
    (variance_of_2_whole_squares - (variance_of_2_whole_sum * variance_of_2_whole_sum) / NULLIF(variance_of_2_whole_count, 0)) / NULLIF(variance_of_2_whole_count, 0) AS variance_of_2_whole
  FROM variance_of_2_whole_summed
),
-- Each row of events, with variance_of_2 of no more than the latest.
variance_of_2_limited AS (
  SELECT
    `user`,
    price,
    `count`,
    `time`,
    event_time,
    variance,
    of_sample,
    deviation,
    variance_so_far,
    deviation_so_far,
    CASE WHEN variance_of_2_rows > 2 THEN element_at(variance_of_2_carried, 1) ELSE variance_of_2_whole END AS variance_of_2
  FROM variance_of_2_whole
)
SELECT
  `user`,
  price,
  `count`,
  `time`,
  variance,
  of_sample,
  deviation,
  variance_so_far,
  deviation_so_far,
  variance_of_2,
  event_time
FROM variance_of_2_limited;

-- The rows of events_with_windows.
SELECT `user`, price, `count`, `time`, variance, of_sample, deviation, variance_so_far, deviation_so_far, variance_of_2
FROM events_with_windows;

-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'variance, of_sample, deviation, variance_of_2': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  price DOUBLE,
  `count` INT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events_with_windows: each row of events.
CREATE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row, with the values of variance in a list.
variance_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(price) OVER last_1_minute_by_user, CAST(NULL AS DOUBLE)) AS variance_values,
    events.*
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for variance.
variance_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS variance_row,
    variance_listed.*
  FROM variance_listed
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of variance.
variance_apart AS (
  SELECT
    variance_numbered.*,
    variance_value,
    variance_value_place
  FROM variance_numbered
  LEFT JOIN UNNEST(variance_values) WITH ORDINALITY AS taken_apart (variance_value, variance_value_place) ON TRUE
),
-- Each of them, with how far its value of variance is off the first.
variance_off AS (
  SELECT
    *,
    variance_value - variance_values[1] AS variance_off
  FROM variance_apart
),
-- What the values of variance give together.
variance_together AS (
  SELECT
    COUNT(variance_off) OVER same_row_by_user_and_variance_row AS variance_count,
    COALESCE(SUM(variance_off) OVER same_row_by_user_and_variance_row, 0) AS variance_sum,
    COALESCE(SUM(variance_off * variance_off) OVER same_row_by_user_and_variance_row, 0) AS variance_squares,
    variance_off.*
  FROM variance_off
  WINDOW
    same_row_by_user_and_variance_row AS (PARTITION BY `user`, variance_row ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row once.
variance_once AS (
  SELECT *
  FROM variance_together
  WHERE variance_value_place = 1
    OR variance_value_place IS NULL
),
-- Each row of events, with variance.
variance_found AS (
  SELECT
    `user`,
    price,
    `count`,
    `time`,
    event_time,
    CASE WHEN variance_count <> 0 THEN (variance_squares - CASE WHEN variance_count <> 0 THEN variance_sum * variance_sum / variance_count END) / variance_count END AS variance
  FROM variance_once
),
-- Each row, with the values of of_sample in a list.
of_sample_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CASE WHEN price > 1 THEN price END) OVER last_1_minute_by_user, CAST(NULL AS DOUBLE)) AS of_sample_values,
    variance_found.*
  FROM variance_found
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for of_sample.
of_sample_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS of_sample_row,
    of_sample_listed.*
  FROM of_sample_listed
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of of_sample.
of_sample_apart AS (
  SELECT
    of_sample_numbered.*,
    of_sample_value,
    of_sample_value_place
  FROM of_sample_numbered
  LEFT JOIN UNNEST(of_sample_values) WITH ORDINALITY AS taken_apart (of_sample_value, of_sample_value_place) ON TRUE
),
-- Each of them, with how far its value of of_sample is off the first.
of_sample_off AS (
  SELECT
    *,
    of_sample_value - of_sample_values[1] AS of_sample_off
  FROM of_sample_apart
),
-- What the values of of_sample give together.
of_sample_together AS (
  SELECT
    COUNT(of_sample_off) OVER same_row_by_user_and_of_sample_row AS of_sample_count,
    COALESCE(SUM(of_sample_off) OVER same_row_by_user_and_of_sample_row, 0) AS of_sample_sum,
    COALESCE(SUM(of_sample_off * of_sample_off) OVER same_row_by_user_and_of_sample_row, 0) AS of_sample_squares,
    of_sample_off.*
  FROM of_sample_off
  WINDOW
    same_row_by_user_and_of_sample_row AS (PARTITION BY `user`, of_sample_row ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row once.
of_sample_once AS (
  SELECT *
  FROM of_sample_together
  WHERE of_sample_value_place = 1
    OR of_sample_value_place IS NULL
),
-- Each row of events, with of_sample.
of_sample_found AS (
  SELECT
    `user`,
    price,
    `count`,
    `time`,
    event_time,
    variance,
    CASE WHEN of_sample_count - 1 <> 0 THEN (of_sample_squares - CASE WHEN of_sample_count <> 0 THEN of_sample_sum * of_sample_sum / of_sample_count END) / (of_sample_count - 1) END AS of_sample
  FROM of_sample_once
),
-- Each row, with the values of deviation in a list.
deviation_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CAST(`count` AS DOUBLE)) OVER last_1_minute_by_user, CAST(NULL AS DOUBLE)) AS deviation_values,
    of_sample_found.*
  FROM of_sample_found
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for deviation.
deviation_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS deviation_row,
    deviation_listed.*
  FROM deviation_listed
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of deviation.
deviation_apart AS (
  SELECT
    deviation_numbered.*,
    deviation_value,
    deviation_value_place
  FROM deviation_numbered
  LEFT JOIN UNNEST(deviation_values) WITH ORDINALITY AS taken_apart (deviation_value, deviation_value_place) ON TRUE
),
-- Each of them, with how far its value of deviation is off the first.
deviation_off AS (
  SELECT
    *,
    deviation_value - deviation_values[1] AS deviation_off
  FROM deviation_apart
),
-- What the values of deviation give together.
deviation_together AS (
  SELECT
    COUNT(deviation_off) OVER same_row_by_user_and_deviation_row AS deviation_count,
    COALESCE(SUM(deviation_off) OVER same_row_by_user_and_deviation_row, 0) AS deviation_sum,
    COALESCE(SUM(deviation_off * deviation_off) OVER same_row_by_user_and_deviation_row, 0) AS deviation_squares,
    deviation_off.*
  FROM deviation_off
  WINDOW
    same_row_by_user_and_deviation_row AS (PARTITION BY `user`, deviation_row ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row once.
deviation_once AS (
  SELECT *
  FROM deviation_together
  WHERE deviation_value_place = 1
    OR deviation_value_place IS NULL
),
-- Each row of events, with deviation.
deviation_found AS (
  SELECT
    `user`,
    price,
    `count`,
    `time`,
    event_time,
    variance,
    of_sample,
    SQRT(CASE WHEN deviation_count <> 0 THEN (deviation_squares - CASE WHEN deviation_count <> 0 THEN deviation_sum * deviation_sum / deviation_count END) / deviation_count END) AS deviation
  FROM deviation_once
),
-- Each row, with the first value of variance_so_far, from which the others differ.
variance_so_far_from_first AS (
  SELECT
    FIRST_VALUE(price) OVER so_far_by_user AS variance_so_far_first,
    deviation_found.*
  FROM deviation_found
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
    COUNT(variance_so_far_off) OVER all_so_far_by_user AS variance_so_far_count,
    COALESCE(SUM(variance_so_far_off) OVER all_so_far_by_user, 0) AS variance_so_far_sum,
    COALESCE(SUM(variance_so_far_off * variance_so_far_off) OVER all_so_far_by_user, 0) AS variance_so_far_squares,
    variance_so_far_apart.*
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
    CASE WHEN variance_so_far_count <> 0 THEN (variance_so_far_squares - CASE WHEN variance_so_far_count <> 0 THEN variance_so_far_sum * variance_so_far_sum / variance_so_far_count END) / variance_so_far_count END AS variance_so_far
  FROM variance_so_far_summed
),
-- Each row, with the first value of deviation_so_far, from which the others differ.
deviation_so_far_from_first AS (
  SELECT
    FIRST_VALUE(CASE WHEN price > 1 THEN CAST(`count` AS DOUBLE) END) OVER so_far_by_user AS deviation_so_far_first,
    variance_so_far_found.*
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
    COUNT(deviation_so_far_off) OVER all_so_far_by_user AS deviation_so_far_count,
    COALESCE(SUM(deviation_so_far_off) OVER all_so_far_by_user, 0) AS deviation_so_far_sum,
    COALESCE(SUM(deviation_so_far_off * deviation_so_far_off) OVER all_so_far_by_user, 0) AS deviation_so_far_squares,
    deviation_so_far_apart.*
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
    SQRT(CASE WHEN deviation_so_far_count - 1 <> 0 THEN (deviation_so_far_squares - CASE WHEN deviation_so_far_count <> 0 THEN deviation_so_far_sum * deviation_so_far_sum / deviation_so_far_count END) / (deviation_so_far_count - 1) END) AS deviation_so_far
  FROM deviation_so_far_summed
),
-- Each row, with what variance_of_2_values reads of it.
variance_of_2_values_read AS (
  SELECT
    *,
    CAST(`count` AS DOUBLE) AS variance_of_2_values_value
  FROM deviation_so_far_found
),
-- The rows of one time in the order that counts for variance_of_2_values_of_latest and variance_of_2_values_place: an OVER takes them as they come.
variance_of_2_values_of_latest_in_order AS (
  SELECT
    `user`,
    price,
    `count`,
    `time`,
    window_time AS event_time,
    variance,
    of_sample,
    deviation,
    variance_so_far,
    deviation_so_far,
    variance_of_2_values_value
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY variance_of_2_values_value) AS place
    FROM TABLE(TUMBLE(TABLE variance_of_2_values_read, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with variance_of_2_values of the latest rows, itself the last, and its place.
variance_of_2_values_of_latest AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(variance_of_2_values_value) OVER latest_2_by_user, CAST(NULL AS DOUBLE)) AS variance_of_2_values_of_latest,
    variance_of_2_values_of_latest_in_order.*
  FROM variance_of_2_values_of_latest_in_order
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- variance_of_2_values of each row, in an array: NULL in it is a value, too.
variance_of_2_values_held AS (
  SELECT
    *,
    CAST(ARRAY[variance_of_2_values_of_latest] AS ARRAY<ARRAY<DOUBLE>>) AS variance_of_2_values_held
  FROM variance_of_2_values_of_latest
),
-- Each row, with variance_of_2_values of the latest rows that there are up to its time.
variance_of_2_values_latest AS (
  SELECT
    LAST_VALUE(variance_of_2_values_held) OVER so_far_by_user AS variance_of_2_values_carried,
    variance_of_2_values_held.*
  FROM variance_of_2_values_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with variance_of_2_values_rows, which any order of the rows gives.
variance_of_2_values_whole_in_any_order AS (
  SELECT
    COUNT(*) OVER last_1_minute_by_user AS variance_of_2_values_rows,
    variance_of_2_values_latest.*
  FROM variance_of_2_values_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for variance_of_2_values_whole: an OVER takes them as they come.
variance_of_2_values_whole_in_order AS (
  SELECT
    `user`,
    price,
    `count`,
    `time`,
    window_time AS event_time,
    variance,
    of_sample,
    deviation,
    variance_so_far,
    deviation_so_far,
    variance_of_2_values_value,
    variance_of_2_values_of_latest,
    variance_of_2_values_held,
    variance_of_2_values_carried,
    variance_of_2_values_rows
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY variance_of_2_values_value) AS place
    FROM TABLE(TUMBLE(TABLE variance_of_2_values_whole_in_any_order, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with variance_of_2_values of the whole window, and of how many rows.
variance_of_2_values_whole AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(variance_of_2_values_value) OVER last_1_minute_by_user, CAST(NULL AS DOUBLE)) AS variance_of_2_values_whole,
    variance_of_2_values_whole_in_order.*
  FROM variance_of_2_values_whole_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with variance_of_2_values of no more than the latest.
variance_of_2_values_limited AS (
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
    CASE WHEN variance_of_2_values_rows > 2 THEN variance_of_2_values_carried[1] ELSE variance_of_2_values_whole END AS variance_of_2_values
  FROM variance_of_2_values_whole
),
-- The same rows, each with a number of its own, for variance_of_2.
variance_of_2_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS variance_of_2_row,
    variance_of_2_values_limited.*
  FROM variance_of_2_values_limited
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of variance_of_2.
variance_of_2_apart AS (
  SELECT
    variance_of_2_numbered.*,
    variance_of_2_value,
    variance_of_2_value_place
  FROM variance_of_2_numbered
  LEFT JOIN UNNEST(variance_of_2_values) WITH ORDINALITY AS taken_apart (variance_of_2_value, variance_of_2_value_place) ON TRUE
),
-- Each of them, with how far its value of variance_of_2 is off the first.
variance_of_2_off AS (
  SELECT
    *,
    variance_of_2_value - variance_of_2_values[1] AS variance_of_2_off
  FROM variance_of_2_apart
),
-- What the values of variance_of_2 give together.
variance_of_2_together AS (
  SELECT
    COUNT(variance_of_2_off) OVER same_row_by_user_and_variance_of_2_row AS variance_of_2_count,
    COALESCE(SUM(variance_of_2_off) OVER same_row_by_user_and_variance_of_2_row, 0) AS variance_of_2_sum,
    COALESCE(SUM(variance_of_2_off * variance_of_2_off) OVER same_row_by_user_and_variance_of_2_row, 0) AS variance_of_2_squares,
    variance_of_2_off.*
  FROM variance_of_2_off
  WINDOW
    same_row_by_user_and_variance_of_2_row AS (PARTITION BY `user`, variance_of_2_row ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row once.
variance_of_2_once AS (
  SELECT *
  FROM variance_of_2_together
  WHERE variance_of_2_value_place = 1
    OR variance_of_2_value_place IS NULL
),
-- Each row of events, with variance_of_2.
variance_of_2_found AS (
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
    CASE WHEN variance_of_2_count <> 0 THEN (variance_of_2_squares - CASE WHEN variance_of_2_count <> 0 THEN variance_of_2_sum * variance_of_2_sum / variance_of_2_count END) / variance_of_2_count END AS variance_of_2
  FROM variance_of_2_once
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
FROM variance_of_2_found;

-- The rows of events_with_windows.
SELECT `user`, price, `count`, `time`, variance, of_sample, deviation, variance_so_far, deviation_so_far, variance_of_2
FROM events_with_windows;

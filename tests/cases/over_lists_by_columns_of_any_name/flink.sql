-- events_with_lists, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_lists, feature 'by_value, by_place, latest_by_one, counts': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  `value` BIGINT,
  place BIGINT,
  `one` BIGINT,
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

-- events_with_lists: each row of events.
CREATE TEMPORARY VIEW events_with_lists AS
WITH
-- The rows of one time in the order that counts for by_value: an OVER takes them as they come.
with_windows_in_order AS (
  SELECT
    `user`,
    `value`,
    place,
    `one`,
    `time`,
    window_time AS event_time
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY `value`, place) AS place_
    FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- Each row of events, with by_value over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(place) OVER last_1_minute_by_user, CAST(NULL AS BIGINT)) AS by_value,
    with_windows_in_order.*
  FROM with_windows_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for by_place: an OVER takes them as they come.
with_windows_2_in_order AS (
  SELECT
    `user`,
    `value`,
    place,
    `one`,
    `time`,
    window_time AS event_time,
    by_value
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY place, `value`) AS place_
    FROM TABLE(TUMBLE(TABLE last_1_minute_by_user, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- Each row of events, with by_place over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_2 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(`value`) OVER last_1_minute_by_user, CAST(NULL AS BIGINT)) AS by_place,
    with_windows_2_in_order.*
  FROM with_windows_2_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for latest_by_one_of_latest and latest_by_one_place: an OVER takes them as they come.
latest_by_one_of_latest_in_order AS (
  SELECT
    `user`,
    `value`,
    place,
    `one`,
    `time`,
    window_time AS event_time,
    by_value,
    by_place
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY `one`, `value`) AS place_
    FROM TABLE(TUMBLE(TABLE last_1_minute_by_user_2, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- Each row, with latest_by_one of the latest rows, itself the last, and its place.
latest_by_one_of_latest AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(`value`) OVER latest_2_by_user, CAST(NULL AS BIGINT)) AS latest_by_one_of_latest,
    latest_by_one_of_latest_in_order.*
  FROM latest_by_one_of_latest_in_order
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- latest_by_one of each row, in an array: NULL in it is a value, too.
latest_by_one_held AS (
  SELECT
    *,
    CAST(ARRAY[latest_by_one_of_latest] AS ARRAY<ARRAY<BIGINT>>) AS latest_by_one_held
  FROM latest_by_one_of_latest
),
-- Each row, with latest_by_one of the latest rows that there are up to its time.
latest_by_one_latest AS (
  SELECT
    LAST_VALUE(latest_by_one_held) OVER so_far_by_user AS latest_by_one_carried,
    latest_by_one_held.*
  FROM latest_by_one_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with latest_by_one_rows, which any order of the rows gives.
latest_by_one_whole_in_any_order AS (
  SELECT
    COUNT(*) OVER last_1_minute_by_user AS latest_by_one_rows,
    latest_by_one_latest.*
  FROM latest_by_one_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for latest_by_one_whole: an OVER takes them as they come.
latest_by_one_whole_in_order AS (
  SELECT
    `user`,
    `value`,
    place,
    `one`,
    `time`,
    window_time AS event_time,
    by_value,
    by_place,
    latest_by_one_of_latest,
    latest_by_one_held,
    latest_by_one_carried,
    latest_by_one_rows
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY `one`, `value`) AS place_
    FROM TABLE(TUMBLE(TABLE latest_by_one_whole_in_any_order, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- Each row, with latest_by_one of the whole window, and of how many rows.
latest_by_one_whole AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(`value`) OVER last_1_minute_by_user, CAST(NULL AS BIGINT)) AS latest_by_one_whole,
    latest_by_one_whole_in_order.*
  FROM latest_by_one_whole_in_order
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
    CASE WHEN latest_by_one_rows > 2 THEN latest_by_one_carried[1] ELSE latest_by_one_whole END AS latest_by_one
  FROM latest_by_one_whole
),
-- The rows of one time in the order that counts for counts_values_of_latest and counts_values_place: an OVER takes them as they come.
counts_values_of_latest_in_order AS (
  SELECT
    `user`,
    `value`,
    place,
    `one`,
    `time`,
    window_time AS event_time,
    by_value,
    by_place,
    latest_by_one
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY `value`, `one`) AS place_
    FROM TABLE(TUMBLE(TABLE latest_by_one_limited, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- Each row, with counts_values of the latest rows, itself the last, and its place.
counts_values_of_latest AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(`one`) OVER latest_2_by_user, CAST(NULL AS BIGINT)) AS counts_values_of_latest,
    counts_values_of_latest_in_order.*
  FROM counts_values_of_latest_in_order
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- counts_values of each row, in an array: NULL in it is a value, too.
counts_values_held AS (
  SELECT
    *,
    CAST(ARRAY[counts_values_of_latest] AS ARRAY<ARRAY<BIGINT>>) AS counts_values_held
  FROM counts_values_of_latest
),
-- Each row, with counts_values of the latest rows that there are up to its time.
counts_values_latest AS (
  SELECT
    LAST_VALUE(counts_values_held) OVER so_far_by_user AS counts_values_carried,
    counts_values_held.*
  FROM counts_values_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with counts_values_rows, which any order of the rows gives.
counts_values_whole_in_any_order AS (
  SELECT
    COUNT(*) OVER last_1_minute_by_user AS counts_values_rows,
    counts_values_latest.*
  FROM counts_values_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for counts_values_whole: an OVER takes them as they come.
counts_values_whole_in_order AS (
  SELECT
    `user`,
    `value`,
    place,
    `one`,
    `time`,
    window_time AS event_time,
    by_value,
    by_place,
    latest_by_one,
    counts_values_of_latest,
    counts_values_held,
    counts_values_carried,
    counts_values_rows
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY `value`, `one`) AS place_
    FROM TABLE(TUMBLE(TABLE counts_values_whole_in_any_order, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- Each row, with counts_values of the whole window, and of how many rows.
counts_values_whole AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(`one`) OVER last_1_minute_by_user, CAST(NULL AS BIGINT)) AS counts_values_whole,
    counts_values_whole_in_order.*
  FROM counts_values_whole_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with counts_values of no more than the latest.
counts_values_limited AS (
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
    CASE WHEN counts_values_rows > 2 THEN counts_values_carried[1] ELSE counts_values_whole END AS counts_values
  FROM counts_values_whole
),
-- The same rows, each with a number of its own, for counts.
counts_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS counts_row,
    counts_values_limited.*
  FROM counts_values_limited
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of counts.
counts_apart AS (
  SELECT
    counts_numbered.*,
    counts_value,
    counts_value_place
  FROM counts_numbered
  LEFT JOIN UNNEST(ARRAY_DISTINCT(counts_values)) WITH ORDINALITY AS taken_apart (counts_value, counts_value_place) ON TRUE
),
-- Each of them, with how many there are of its value of counts.
counts_counted AS (
  SELECT
    *,
    CAST(CARDINALITY(counts_values) - CARDINALITY(ARRAY_REMOVE(counts_values, counts_value)) AS BIGINT) AS counts_count
  FROM counts_apart
),
-- The rows of one time in the order that counts for counts_keys and counts_counts: an OVER takes them as they come.
counts_together_in_order AS (
  SELECT
    `user`,
    `value`,
    place,
    `one`,
    `time`,
    window_time AS event_time,
    by_value,
    by_place,
    latest_by_one,
    counts_values,
    counts_row,
    counts_value,
    counts_value_place,
    counts_count
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user`, counts_row ORDER BY counts_value_place) AS place_
    FROM TABLE(TUMBLE(TABLE counts_counted, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- The values of counts and their counts in lists again.
counts_together AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(counts_value) OVER same_row_by_user_and_counts_row, CAST(NULL AS BIGINT)) AS counts_keys,
    ARRAY_REMOVE(ARRAY_AGG(counts_count) OVER same_row_by_user_and_counts_row, CAST(NULL AS BIGINT)) AS counts_counts,
    counts_together_in_order.*
  FROM counts_together_in_order
  WINDOW
    same_row_by_user_and_counts_row AS (PARTITION BY `user`, counts_row ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row once.
counts_once AS (
  SELECT *
  FROM counts_together
  WHERE counts_value_place = 1
    OR counts_value_place IS NULL
),
-- Each row of events, with counts.
counts_found AS (
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
    CASE WHEN counts_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(counts_keys, counts_counts) END AS counts
  FROM counts_once
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
FROM counts_found;

-- The rows of events_with_lists.
SELECT `user`, `value`, place, `one`, `time`, by_value, by_place, latest_by_one, counts
FROM events_with_lists;

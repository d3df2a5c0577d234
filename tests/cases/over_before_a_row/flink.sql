-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'left, none, number, great_ones, counts, two_of_minute': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  amount BIGINT,
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
-- Each row, and once more a millisecond later: then it counts, for the rows after it.
left_also_later AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    FALSE AS left_counts
  FROM events
  UNION ALL
  SELECT
    `user`,
    amount,
    `time`,
    window_time,
    TRUE
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND, INTERVAL '0.002' SECOND))
  WHERE window_start = CAST(event_time AS TIMESTAMP(3))
),
-- Each row, with last_before_of_its_time over the rows with its user at its time.
same_time_by_user_of_one_time AS (
  SELECT
    MAX(CASE WHEN left_counts THEN amount END) OVER same_time_by_user AS last_before_of_its_time,
    left_also_later.*
  FROM left_also_later
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row of events, with left and great_ones_rows over the rows with its user from 1 minute before its time up to it, its time itself excluded.
last_1_minute_before_by_user_in_any_order AS (
  SELECT
    COALESCE(SUM(CASE WHEN left_counts THEN amount END) OVER last_1_minute_before_by_user, 0) AS `left`,
    COUNT(CASE WHEN left_counts THEN 1 END) OVER last_1_minute_before_by_user AS great_ones_rows,
    same_time_by_user_of_one_time.*
  FROM same_time_by_user_of_one_time
  WINDOW
    last_1_minute_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '59.999' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row of events, with none over the rows with its user from less than 1 minute before its time up to it, its time itself excluded.
within_1_minute_before_by_user_in_any_order AS (
  SELECT
    COALESCE(SUM(CASE WHEN left_counts THEN amount END) OVER within_1_minute_before_by_user, 0) AS `none`,
    last_1_minute_before_by_user_in_any_order.*
  FROM last_1_minute_before_by_user_in_any_order
  WINDOW
    within_1_minute_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '59.998' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row of events, with before, last_before and list_of_two_rows over the rows with its user before its time.
all_before_by_user_in_any_order AS (
  SELECT
    COUNT(CASE WHEN left_counts THEN amount END) OVER all_before_by_user AS before,
    LAST_VALUE(last_before_of_its_time) OVER all_before_by_user AS last_before,
    COUNT(CASE WHEN left_counts THEN 1 END) OVER all_before_by_user AS list_of_two_rows,
    within_1_minute_before_by_user_in_any_order.*
  FROM within_1_minute_before_by_user_in_any_order
  WINDOW
    all_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with number over the rows with its user from less than 1 day before its time up to it, its time itself excluded.
within_1_day_before_by_user_in_any_order AS (
  SELECT
    COUNT(CASE WHEN left_counts THEN amount END) OVER within_1_day_before_by_user AS number,
    all_before_by_user_in_any_order.*
  FROM all_before_by_user_in_any_order
  WINDOW
    within_1_day_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0 23:59:59.998' DAY(3) TO SECOND(3) PRECEDING AND CURRENT ROW)
),
-- Each row, with the values of counts in a list.
counts_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CASE WHEN left_counts THEN amount END) OVER last_1_minute_before_by_user, CAST(NULL AS BIGINT)) AS counts_values,
    within_1_day_before_by_user_in_any_order.*
  FROM within_1_day_before_by_user_in_any_order
  WINDOW
    last_1_minute_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '59.999' SECOND PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for counts.
counts_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS counts_row,
    counts_listed.*
  FROM counts_listed
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
-- The values of counts and their counts in lists again.
counts_together AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(counts_value) OVER same_row_by_user_and_counts_row, CAST(NULL AS BIGINT)) AS counts_keys,
    ARRAY_REMOVE(ARRAY_AGG(counts_count) OVER same_row_by_user_and_counts_row, CAST(NULL AS BIGINT)) AS counts_counts,
    counts_counted.*
  FROM counts_counted
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
    amount,
    `time`,
    event_time,
    left_counts,
    last_before_of_its_time,
    `left`,
    `none`,
    before,
    number,
    last_before,
    great_ones_rows,
    list_of_two_rows,
    CASE WHEN counts_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(counts_keys, counts_counts) END AS counts
  FROM counts_once
),
-- The rows of one time in the order that counts for great_ones: an OVER takes them as they come.
with_windows_in_order AS (
  SELECT
    `user`,
    amount,
    `time`,
    window_time AS event_time,
    left_counts,
    last_before_of_its_time,
    `left`,
    `none`,
    before,
    number,
    last_before,
    counts,
    great_ones_rows,
    list_of_two_rows
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY amount) AS place
    FROM TABLE(TUMBLE(TABLE counts_found, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row of events, with great_ones over the rows with its user from 1 minute before its time up to it, its time itself excluded.
last_1_minute_before_by_user AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CASE WHEN left_counts AND amount > 4 THEN amount END) OVER last_1_minute_before_by_user, CAST(NULL AS BIGINT)) AS great_ones,
    with_windows_in_order.*
  FROM with_windows_in_order
  WINDOW
    last_1_minute_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '59.999' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row, with what last_two and list_of_two reads of it, if it counts.
last_two_read AS (
  SELECT
    *,
    left_counts IS TRUE AS last_two_counts
  FROM last_1_minute_before_by_user
),
-- The rows of one time in the order that counts for last_two_of_latest, list_of_two_of_latest and last_two_place: an OVER takes them as they come.
last_two_of_latest_in_order AS (
  SELECT
    `user`,
    amount,
    `time`,
    window_time AS event_time,
    left_counts,
    last_before_of_its_time,
    `left`,
    `none`,
    before,
    number,
    last_before,
    counts,
    great_ones_rows,
    list_of_two_rows,
    great_ones,
    last_two_counts
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user`, last_two_counts ORDER BY amount) AS place
    FROM TABLE(TUMBLE(TABLE last_two_read, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with last_two and list_of_two of the latest rows of those that count, itself the last, and its place.
last_two_of_latest AS (
  SELECT
    COALESCE(SUM(amount) OVER latest_2_by_user_and_last_two_counts, 0) AS last_two_of_latest,
    ARRAY_REMOVE(ARRAY_AGG(amount) OVER latest_2_by_user_and_last_two_counts, CAST(NULL AS BIGINT)) AS list_of_two_of_latest,
    last_two_of_latest_in_order.*
  FROM last_two_of_latest_in_order
  WINDOW
    latest_2_by_user_and_last_two_counts AS (PARTITION BY `user`, last_two_counts ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- last_two and list_of_two of each row that counts, in an array: NULL in it is a value, too.
last_two_held AS (
  SELECT
    *,
    CASE WHEN last_two_counts THEN CAST(ARRAY[last_two_of_latest] AS ARRAY<BIGINT>) END AS last_two_held,
    CASE WHEN last_two_counts THEN CAST(ARRAY[list_of_two_of_latest] AS ARRAY<ARRAY<BIGINT>>) END AS list_of_two_held
  FROM last_two_of_latest
),
-- Each row, with last_two and list_of_two of the latest rows that there are up to its time.
last_two_latest AS (
  SELECT
    LAST_VALUE(last_two_held) OVER so_far_by_user AS last_two_carried,
    LAST_VALUE(list_of_two_held) OVER so_far_by_user AS list_of_two_carried,
    last_two_held.*
  FROM last_two_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with list_of_two_rows_, which any order of the rows gives.
last_two_whole_in_any_order AS (
  SELECT
    COUNT(CASE WHEN last_two_counts THEN 1 END) OVER all_before_by_user AS list_of_two_rows_,
    last_two_latest.*
  FROM last_two_latest
  WINDOW
    all_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for list_of_two_whole: an OVER takes them as they come.
last_two_whole_in_order AS (
  SELECT
    `user`,
    amount,
    `time`,
    window_time AS event_time,
    left_counts,
    last_before_of_its_time,
    `left`,
    `none`,
    before,
    number,
    last_before,
    counts,
    great_ones_rows,
    list_of_two_rows,
    great_ones,
    last_two_counts,
    last_two_of_latest,
    list_of_two_of_latest,
    last_two_held,
    list_of_two_held,
    last_two_carried,
    list_of_two_carried,
    list_of_two_rows_
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY amount) AS place
    FROM TABLE(TUMBLE(TABLE last_two_whole_in_any_order, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with last_two and list_of_two of the whole window, and of how many rows.
last_two_whole AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CASE WHEN last_two_counts THEN amount END) OVER all_before_by_user, CAST(NULL AS BIGINT)) AS list_of_two_whole,
    last_two_whole_in_order.*
  FROM last_two_whole_in_order
  WINDOW
    all_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with last_two and list_of_two of no more than the latest.
last_two_limited AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    left_counts,
    `left`,
    `none`,
    before,
    number,
    last_before,
    great_ones,
    counts,
    great_ones_rows,
    list_of_two_rows,
    COALESCE(last_two_carried[1], 0) AS last_two,
    CASE WHEN list_of_two_rows_ > 2 THEN list_of_two_carried[1] ELSE list_of_two_whole END AS list_of_two
  FROM last_two_whole
),
-- Each row, with what two_of_minute reads of it, if it counts.
two_of_minute_read AS (
  SELECT
    *,
    (left_counts AND amount > 1) IS TRUE AS two_of_minute_counts
  FROM last_two_limited
),
-- The rows of one time in the order that counts for two_of_minute_of_latest and two_of_minute_place: an OVER takes them as they come.
two_of_minute_of_latest_in_order AS (
  SELECT
    `user`,
    amount,
    `time`,
    window_time AS event_time,
    left_counts,
    `left`,
    `none`,
    before,
    number,
    last_before,
    great_ones,
    counts,
    great_ones_rows,
    list_of_two_rows,
    last_two,
    list_of_two,
    two_of_minute_counts
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user`, two_of_minute_counts ORDER BY amount) AS place
    FROM TABLE(TUMBLE(TABLE two_of_minute_read, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with two_of_minute of the latest rows of those that count, itself the last, and its place.
two_of_minute_of_latest AS (
  SELECT
    COALESCE(SUM(amount) OVER latest_2_by_user_and_two_of_minute_counts, 0) AS two_of_minute_of_latest,
    two_of_minute_of_latest_in_order.*
  FROM two_of_minute_of_latest_in_order
  WINDOW
    latest_2_by_user_and_two_of_minute_counts AS (PARTITION BY `user`, two_of_minute_counts ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- two_of_minute of each row that counts, in an array: NULL in it is a value, too.
two_of_minute_held AS (
  SELECT
    *,
    CASE WHEN two_of_minute_counts THEN CAST(ARRAY[two_of_minute_of_latest] AS ARRAY<BIGINT>) END AS two_of_minute_held
  FROM two_of_minute_of_latest
),
-- Each row, with two_of_minute of the latest rows that there are up to its time.
two_of_minute_latest AS (
  SELECT
    LAST_VALUE(two_of_minute_held) OVER so_far_by_user AS two_of_minute_carried,
    two_of_minute_held.*
  FROM two_of_minute_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with two_of_minute of the whole window, and of how many rows.
two_of_minute_whole AS (
  SELECT
    COALESCE(SUM(CASE WHEN two_of_minute_counts THEN amount END) OVER within_1_minute_before_by_user, 0) AS two_of_minute_whole,
    COUNT(CASE WHEN two_of_minute_counts THEN 1 END) OVER within_1_minute_before_by_user AS two_of_minute_rows,
    two_of_minute_latest.*
  FROM two_of_minute_latest
  WINDOW
    within_1_minute_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '59.998' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row of events, with two_of_minute of no more than the latest.
two_of_minute_limited AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    left_counts,
    `left`,
    `none`,
    before,
    number,
    last_before,
    great_ones,
    counts,
    great_ones_rows,
    list_of_two_rows,
    last_two,
    list_of_two,
    CASE WHEN two_of_minute_rows > 2 THEN two_of_minute_carried[1] ELSE two_of_minute_whole END AS two_of_minute
  FROM two_of_minute_whole
),
-- The rows themselves.
left_once AS (
  SELECT *
  FROM two_of_minute_limited
  WHERE NOT left_counts
),
-- Each row of events, with what was before it.
left_found AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    `left`,
    `none`,
    before,
    number,
    last_before,
    CASE WHEN great_ones_rows > 0 THEN great_ones END AS great_ones,
    counts,
    last_two,
    two_of_minute,
    CASE WHEN list_of_two_rows > 0 THEN list_of_two END AS list_of_two
  FROM left_once
)
SELECT
  `user`,
  amount,
  `time`,
  `left`,
  `none`,
  before,
  number,
  last_before,
  great_ones,
  counts,
  last_two,
  two_of_minute,
  list_of_two,
  event_time
FROM left_found;

-- The rows of events_with_windows.
SELECT `user`, amount, `time`, `left`, `none`, before, number, last_before, great_ones, counts, last_two, two_of_minute, list_of_two
FROM events_with_windows;

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
  amount BIGINT,
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
-- Each row, with the value that counts for last_before among the rows of its key and time.
with_windows_of_one_time AS (
  SELECT
    MAX(amount) OVER same_time_by_user AS last_before_of_its_time,
    events.*
  FROM events
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row of events, with left, none, before, number, last_before and counts, which any order of the rows gives.
with_windows_in_any_order AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_minute_before_by_user, 0) AS `left`,
    COALESCE(SUM(amount) OVER within_1_minute_before_by_user, 0) AS `none`,
    COUNT(amount) OVER all_before_by_user AS before,
    COUNT(amount) OVER within_1_day_before_by_user AS number,
    LAST_VALUE(last_before_of_its_time) OVER all_before_by_user AS last_before,
    with_windows_of_one_time.*
  FROM with_windows_of_one_time
  WINDOW
    last_1_minute_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND 1 PRECEDING),
    within_1_minute_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 59999 PRECEDING AND 1 PRECEDING),
    all_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
    within_1_day_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 86399999 PRECEDING AND 1 PRECEDING)
),
-- Each row, with the values of counts in a list.
counts_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(amount) OVER last_1_minute_before_by_user, CAST(NULL AS BIGINT)) AS counts_values,
    with_windows_in_any_order.*
  FROM with_windows_in_any_order
  WINDOW
    last_1_minute_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND 1 PRECEDING)
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
    same_row_by_user_and_counts_row AS (PARTITION BY `user`, counts_row ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
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
    last_before_of_its_time,
    `left`,
    `none`,
    before,
    number,
    last_before,
    CASE WHEN counts_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(counts_keys, counts_counts) END AS counts
  FROM counts_once
),
-- The rows of one time in the order that counts for great_ones: an OVER takes them as they come.
with_windows_in_order AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    last_before_of_its_time,
    `left`,
    `none`,
    before,
    number,
    last_before,
    counts
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, amount) AS place
    FROM counts_found
  )
  WHERE place > 0
),
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CASE WHEN amount > 4 THEN amount END) OVER last_1_minute_before_by_user, CAST(NULL AS BIGINT)) AS great_ones,
    with_windows_in_order.*
  FROM with_windows_in_order
  WINDOW
    last_1_minute_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND 1 PRECEDING)
),
-- Each row, with last_two and list_of_two of the latest rows, itself the last, and its place.
last_two_of_latest AS (
  SELECT
    COALESCE(SUM(amount) OVER latest_2_by_user, 0) AS last_two_of_latest,
    ARRAY_REMOVE(ARRAY_AGG(amount) OVER latest_2_by_user, CAST(NULL AS BIGINT)) AS list_of_two_of_latest,
    COUNT(*) OVER in_order_by_user AS last_two_place,
    with_windows.*
  FROM with_windows
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, amount ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, amount ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- last_two and list_of_two of each row, in an array: NULL in it is a value, too.
last_two_held AS (
  SELECT
    *,
    CAST(ARRAY[last_two_of_latest] AS ARRAY<BIGINT>) AS last_two_held,
    CAST(ARRAY[list_of_two_of_latest] AS ARRAY<ARRAY<BIGINT>>) AS list_of_two_held
  FROM last_two_of_latest
),
-- The rows of one time in the order that counts for last_two_carried and list_of_two_carried: an OVER takes them as they come.
last_two_latest_in_order AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    last_before_of_its_time,
    `left`,
    `none`,
    before,
    number,
    last_before,
    counts,
    great_ones,
    last_two_of_latest,
    list_of_two_of_latest,
    last_two_place,
    last_two_held,
    list_of_two_held
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, last_two_place) AS place
    FROM last_two_held
  )
  WHERE place > 0
),
-- Each row, with last_two and list_of_two of the latest rows that there are up to its time.
last_two_latest AS (
  SELECT
    LAST_VALUE(last_two_held) OVER before_by_user AS last_two_carried,
    LAST_VALUE(list_of_two_held) OVER before_by_user AS list_of_two_carried,
    last_two_latest_in_order.*
  FROM last_two_latest_in_order
  WINDOW
    before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
-- Each row, with list_of_two_rows, which any order of the rows gives.
last_two_whole_in_any_order AS (
  SELECT
    COUNT(*) OVER all_before_by_user AS list_of_two_rows,
    last_two_latest.*
  FROM last_two_latest
  WINDOW
    all_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
-- The rows of one time in the order that counts for list_of_two_whole: an OVER takes them as they come.
last_two_whole_in_order AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    last_before_of_its_time,
    `left`,
    `none`,
    before,
    number,
    last_before,
    counts,
    great_ones,
    last_two_of_latest,
    list_of_two_of_latest,
    last_two_place,
    last_two_held,
    list_of_two_held,
    last_two_carried,
    list_of_two_carried,
    list_of_two_rows
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, amount) AS place
    FROM last_two_whole_in_any_order
  )
  WHERE place > 0
),
-- Each row, with last_two and list_of_two of the whole window, and of how many rows.
last_two_whole AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(amount) OVER all_before_by_user, CAST(NULL AS BIGINT)) AS list_of_two_whole,
    last_two_whole_in_order.*
  FROM last_two_whole_in_order
  WINDOW
    all_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
-- Each row of events, with last_two and list_of_two of no more than the latest.
last_two_limited AS (
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
    great_ones,
    counts,
    COALESCE(last_two_carried[1], 0) AS last_two,
    CASE WHEN list_of_two_rows > 2 THEN list_of_two_carried[1] ELSE list_of_two_whole END AS list_of_two
  FROM last_two_whole
),
-- Each row, with what two_of_minute reads of it, if it counts.
two_of_minute_read AS (
  SELECT
    *,
    (amount > 1) IS TRUE AS two_of_minute_counts
  FROM last_two_limited
),
-- Each row, with two_of_minute of the latest rows of those that count, itself the last, and its place.
two_of_minute_of_latest AS (
  SELECT
    COALESCE(SUM(amount) OVER latest_2_by_user_and_two_of_minute_counts, 0) AS two_of_minute_of_latest,
    COUNT(*) OVER in_order_by_user_and_two_of_minute_counts AS two_of_minute_place,
    two_of_minute_read.*
  FROM two_of_minute_read
  WINDOW
    latest_2_by_user_and_two_of_minute_counts AS (PARTITION BY `user`, two_of_minute_counts ORDER BY event_time, amount ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user_and_two_of_minute_counts AS (PARTITION BY `user`, two_of_minute_counts ORDER BY event_time, amount ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- two_of_minute of each row that counts, in an array: NULL in it is a value, too.
two_of_minute_held AS (
  SELECT
    *,
    CASE WHEN two_of_minute_counts THEN CAST(ARRAY[two_of_minute_of_latest] AS ARRAY<BIGINT>) END AS two_of_minute_held
  FROM two_of_minute_of_latest
),
-- The rows of one time in the order that counts for two_of_minute_carried: an OVER takes them as they come.
two_of_minute_latest_in_order AS (
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
    great_ones,
    counts,
    last_two,
    list_of_two,
    two_of_minute_counts,
    two_of_minute_of_latest,
    two_of_minute_place,
    two_of_minute_held
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, two_of_minute_place) AS place
    FROM two_of_minute_held
  )
  WHERE place > 0
),
-- Each row, with two_of_minute of the latest rows that there are up to its time.
two_of_minute_latest AS (
  SELECT
    LAST_VALUE(two_of_minute_held) OVER before_by_user AS two_of_minute_carried,
    two_of_minute_latest_in_order.*
  FROM two_of_minute_latest_in_order
  WINDOW
    before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
-- Each row, with two_of_minute of the whole window, and of how many rows.
two_of_minute_whole AS (
  SELECT
    COALESCE(SUM(CASE WHEN two_of_minute_counts THEN amount END) OVER within_1_minute_before_by_user, 0) AS two_of_minute_whole,
    COUNT(CASE WHEN two_of_minute_counts THEN 1 END) OVER within_1_minute_before_by_user AS two_of_minute_rows,
    two_of_minute_latest.*
  FROM two_of_minute_latest
  WINDOW
    within_1_minute_before_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 59999 PRECEDING AND 1 PRECEDING)
),
-- Each row of events, with two_of_minute of no more than the latest.
two_of_minute_limited AS (
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
    great_ones,
    counts,
    last_two,
    list_of_two,
    CASE WHEN two_of_minute_rows > 2 THEN two_of_minute_carried[1] ELSE two_of_minute_whole END AS two_of_minute
  FROM two_of_minute_whole
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
FROM two_of_minute_limited;

-- The rows of events_with_windows.
SELECT `user`, amount, `time`, `left`, `none`, before, number, last_before, great_ones, counts, last_two, two_of_minute, list_of_two
FROM events_with_windows;

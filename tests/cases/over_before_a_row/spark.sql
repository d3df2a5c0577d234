-- events_with_windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  amount BIGINT,
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
-- Each row of events, with each feature over its window, named below, the values of great_ones and counts in lists.
with_windows_in_lists AS (
  SELECT
    *,
    COALESCE(SUM(amount) OVER last_1_minute_before_by_user, 0) AS `left`,
    COALESCE(SUM(amount) OVER within_1_minute_before_by_user, 0) AS `none`,
    COUNT(amount) OVER all_before_by_user AS before,
    COUNT(amount) OVER within_1_day_before_by_user AS number,
    MAX_BY(amount, CASE WHEN amount IS NOT NULL THEN struct(event_time, amount) END) OVER all_before_by_user AS last_before,
    transform(sort_array(collect_list(CASE WHEN CASE WHEN amount > 4 THEN amount END IS NOT NULL THEN struct(struct(event_time) AS place, CASE WHEN amount > 4 THEN amount END AS value) END) OVER last_1_minute_before_by_user), one -> one.value) AS great_ones_values,
    COUNT(*) OVER last_1_minute_before_by_user AS great_ones_rows,
    transform(sort_array(collect_list(CASE WHEN amount IS NOT NULL THEN struct(struct(event_time) AS place, amount AS value) END) OVER last_1_minute_before_by_user), one -> one.value) AS counts_values
  FROM events
  WINDOW
    last_1_minute_before_by_user AS (PARTITION BY `user` ORDER BY unix_millis(event_time) RANGE BETWEEN 60000 PRECEDING AND 1 PRECEDING),
    within_1_minute_before_by_user AS (PARTITION BY `user` ORDER BY unix_millis(event_time) RANGE BETWEEN 59999 PRECEDING AND 1 PRECEDING),
    all_before_by_user AS (PARTITION BY `user` ORDER BY unix_millis(event_time) RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
    within_1_day_before_by_user AS (PARTITION BY `user` ORDER BY unix_millis(event_time) RANGE BETWEEN 86399999 PRECEDING AND 1 PRECEDING)
),
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    CASE WHEN great_ones_rows > 0 THEN great_ones_values END AS great_ones,
    CASE WHEN size(counts_values) > 0 THEN map_from_arrays(array_distinct(counts_values), transform(array_distinct(counts_values), one -> CAST(size(filter(counts_values, other -> other = one)) AS BIGINT))) END AS counts
  FROM with_windows_in_lists
),
-- Each row, with last_two and list_of_two of the latest rows, itself the last, and its place.
last_two_of_latest AS (
  SELECT
    *,
    COALESCE(SUM(amount) OVER latest_2_by_user, 0) AS last_two_of_latest,
    transform(sort_array(collect_list(CASE WHEN amount IS NOT NULL THEN struct(struct(event_time) AS place, amount AS value) END) OVER latest_2_by_user), one -> one.value) AS list_of_two_of_latest,
    COUNT(*) OVER in_order_by_user AS last_two_place
  FROM with_windows
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, amount ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, amount ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- last_two and list_of_two of each row, in an array: NULL in it is a value, too.
last_two_held AS (
  SELECT
    *,
    array(last_two_of_latest) AS last_two_held,
    array(list_of_two_of_latest) AS list_of_two_held
  FROM last_two_of_latest
),
-- Each row, with last_two and list_of_two of the latest rows that there are up to its time.
last_two_latest AS (
  SELECT
    *,
    MAX_BY(last_two_held, CASE WHEN last_two_held IS NOT NULL THEN struct(event_time, last_two_place, last_two_held) END) OVER before_by_user AS last_two_carried,
    MAX_BY(list_of_two_held, CASE WHEN list_of_two_held IS NOT NULL THEN struct(event_time, last_two_place, list_of_two_held) END) OVER before_by_user AS list_of_two_carried
  FROM last_two_held
  WINDOW
    before_by_user AS (PARTITION BY `user` ORDER BY unix_millis(event_time) RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
-- Each row, with last_two and list_of_two of the whole window, and of how many rows, the values of list_of_two_whole in lists.
last_two_whole_in_lists AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN amount IS NOT NULL THEN struct(struct(event_time) AS place, amount AS value) END) OVER all_before_by_user), one -> one.value) AS list_of_two_whole_values,
    COUNT(*) OVER all_before_by_user AS list_of_two_whole_rows,
    COUNT(*) OVER all_before_by_user AS list_of_two_rows
  FROM last_two_latest
  WINDOW
    all_before_by_user AS (PARTITION BY `user` ORDER BY unix_millis(event_time) RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
-- Each row, with last_two and list_of_two of the whole window, and of how many rows.
last_two_whole AS (
  SELECT
    *,
    CASE WHEN list_of_two_whole_rows > 0 THEN list_of_two_whole_values END AS list_of_two_whole
  FROM last_two_whole_in_lists
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
    COALESCE(element_at(last_two_carried, 1), 0) AS last_two,
    CASE WHEN list_of_two_rows > 2 THEN element_at(list_of_two_carried, 1) ELSE list_of_two_whole END AS list_of_two
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
    *,
    COALESCE(SUM(amount) OVER latest_2_by_user_and_two_of_minute_counts, 0) AS two_of_minute_of_latest,
    COUNT(*) OVER in_order_by_user_and_two_of_minute_counts AS two_of_minute_place
  FROM two_of_minute_read
  WINDOW
    latest_2_by_user_and_two_of_minute_counts AS (PARTITION BY `user`, two_of_minute_counts ORDER BY event_time, amount ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user_and_two_of_minute_counts AS (PARTITION BY `user`, two_of_minute_counts ORDER BY event_time, amount ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- two_of_minute of each row that counts, in an array: NULL in it is a value, too.
two_of_minute_held AS (
  SELECT
    *,
    CASE WHEN two_of_minute_counts THEN array(two_of_minute_of_latest) END AS two_of_minute_held
  FROM two_of_minute_of_latest
),
-- Each row, with two_of_minute of the latest rows that there are up to its time.
two_of_minute_latest AS (
  SELECT
    *,
    MAX_BY(two_of_minute_held, CASE WHEN two_of_minute_held IS NOT NULL THEN struct(event_time, two_of_minute_place, two_of_minute_held) END) OVER before_by_user AS two_of_minute_carried
  FROM two_of_minute_held
  WINDOW
    before_by_user AS (PARTITION BY `user` ORDER BY unix_millis(event_time) RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
-- Each row, with two_of_minute of the whole window, and of how many rows.
two_of_minute_whole AS (
  SELECT
    *,
    COALESCE(SUM(CASE WHEN two_of_minute_counts THEN amount END) OVER within_1_minute_before_by_user, 0) AS two_of_minute_whole,
    COUNT(CASE WHEN two_of_minute_counts THEN 1 END) OVER within_1_minute_before_by_user AS two_of_minute_rows
  FROM two_of_minute_latest
  WINDOW
    within_1_minute_before_by_user AS (PARTITION BY `user` ORDER BY unix_millis(event_time) RANGE BETWEEN 59999 PRECEDING AND 1 PRECEDING)
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
    CASE WHEN two_of_minute_rows > 2 THEN element_at(two_of_minute_carried, 1) ELSE two_of_minute_whole END AS two_of_minute
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

-- events_with_windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  kind STRING,
  amount BIGINT,
  version INT,
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
    COALESCE(SUM(amount) OVER last_1_minute_by_user, 0) AS total
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with total_of_2, total_of_2_so_far and first_of_2 of the latest rows, itself the last, and its place.
total_of_2_of_latest AS (
  SELECT
    *,
    COALESCE(SUM(amount) OVER latest_2_by_user, 0) AS total_of_2_of_latest,
    COALESCE(SUM(amount) OVER latest_2_by_user, 0) AS total_of_2_so_far_of_latest,
    MIN_BY(amount, CASE WHEN amount IS NOT NULL THEN struct(event_time, amount) END) OVER latest_2_by_user AS first_of_2_of_latest,
    COUNT(*) OVER in_order_by_user AS total_of_2_place
  FROM with_windows
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, amount ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, amount ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- total_of_2, total_of_2_so_far and first_of_2 of each row, in an array: NULL in it is a value, too.
total_of_2_held AS (
  SELECT
    *,
    array(total_of_2_of_latest) AS total_of_2_held,
    array(total_of_2_so_far_of_latest) AS total_of_2_so_far_held,
    array(first_of_2_of_latest) AS first_of_2_held
  FROM total_of_2_of_latest
),
-- Each row, with total_of_2, total_of_2_so_far and first_of_2 of the latest rows that there are up to its time.
total_of_2_latest AS (
  SELECT
    *,
    MAX_BY(total_of_2_held, CASE WHEN total_of_2_held IS NOT NULL THEN struct(event_time, total_of_2_place, total_of_2_held) END) OVER so_far_by_user AS total_of_2_carried,
    MAX_BY(total_of_2_so_far_held, CASE WHEN total_of_2_so_far_held IS NOT NULL THEN struct(event_time, total_of_2_place, total_of_2_so_far_held) END) OVER so_far_by_user AS total_of_2_so_far_carried,
    MAX_BY(first_of_2_held, CASE WHEN first_of_2_held IS NOT NULL THEN struct(event_time, total_of_2_place, first_of_2_held) END) OVER so_far_by_user AS first_of_2_carried
  FROM total_of_2_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with total_of_2, total_of_2_so_far and first_of_2 of the whole window, and of how many rows.
total_of_2_whole AS (
  SELECT
    *,
    COALESCE(SUM(amount) OVER last_1_minute_by_user, 0) AS total_of_2_whole,
    COUNT(*) OVER last_1_minute_by_user AS total_of_2_rows,
    MIN_BY(amount, CASE WHEN amount IS NOT NULL THEN struct(event_time, amount) END) OVER last_1_minute_by_user AS first_of_2_whole
  FROM total_of_2_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with total_of_2, total_of_2_so_far and first_of_2 of no more than the latest.
total_of_2_limited AS (
  SELECT
    `user`,
    kind,
    amount,
    version,
    `time`,
    event_time,
    total,
    CASE WHEN total_of_2_rows > 2 THEN element_at(total_of_2_carried, 1) ELSE total_of_2_whole END AS total_of_2,
    COALESCE(element_at(total_of_2_so_far_carried, 1), 0) AS total_of_2_so_far,
    CASE WHEN total_of_2_rows > 2 THEN element_at(first_of_2_carried, 1) ELSE first_of_2_whole END AS first_of_2
  FROM total_of_2_whole
),
-- Each row, with how many rows there are for paid_rows_of_2.
paid_rows_of_2_counted AS (
  SELECT
    *,
    COUNT(CASE WHEN kind = 'pay' THEN 1 END) OVER last_1_minute_by_user AS paid_rows_of_2_rows
  FROM total_of_2_limited
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with paid_rows_of_2: no more than the limit.
paid_rows_of_2_limited AS (
  SELECT
    `user`,
    kind,
    amount,
    version,
    `time`,
    event_time,
    total,
    total_of_2,
    total_of_2_so_far,
    first_of_2,
    CASE WHEN paid_rows_of_2_rows > 2 THEN 2 ELSE paid_rows_of_2_rows END AS paid_rows_of_2
  FROM paid_rows_of_2_counted
),
-- Each row, with what paid_of_2 and least_paid_of_2 reads of it, if it counts.
paid_of_2_read AS (
  SELECT
    *,
    amount + 0 AS paid_of_2_value,
    (kind = 'pay') IS TRUE AS paid_of_2_counts
  FROM paid_rows_of_2_limited
),
-- Each row, with paid_of_2 and least_paid_of_2 of the latest rows of those that count, itself the last, and its place.
paid_of_2_of_latest AS (
  SELECT
    *,
    COALESCE(SUM(paid_of_2_value) OVER latest_2_by_user_and_paid_of_2_counts, 0) AS paid_of_2_of_latest,
    MIN(paid_of_2_value) OVER latest_2_by_user_and_paid_of_2_counts AS least_paid_of_2_of_latest,
    COUNT(*) OVER in_order_by_user_and_paid_of_2_counts AS paid_of_2_place
  FROM paid_of_2_read
  WINDOW
    latest_2_by_user_and_paid_of_2_counts AS (PARTITION BY `user`, paid_of_2_counts ORDER BY event_time, paid_of_2_value ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user_and_paid_of_2_counts AS (PARTITION BY `user`, paid_of_2_counts ORDER BY event_time, paid_of_2_value ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- paid_of_2 and least_paid_of_2 of each row that counts, in an array: NULL in it is a value, too.
paid_of_2_held AS (
  SELECT
    *,
    CASE WHEN paid_of_2_counts THEN array(paid_of_2_of_latest) END AS paid_of_2_held,
    CASE WHEN paid_of_2_counts THEN array(least_paid_of_2_of_latest) END AS least_paid_of_2_held
  FROM paid_of_2_of_latest
),
-- Each row, with paid_of_2 and least_paid_of_2 of the latest rows that there are up to its time.
paid_of_2_latest AS (
  SELECT
    *,
    MAX_BY(paid_of_2_held, CASE WHEN paid_of_2_held IS NOT NULL THEN struct(event_time, paid_of_2_place, paid_of_2_held) END) OVER so_far_by_user AS paid_of_2_carried,
    MAX_BY(least_paid_of_2_held, CASE WHEN least_paid_of_2_held IS NOT NULL THEN struct(event_time, paid_of_2_place, least_paid_of_2_held) END) OVER so_far_by_user AS least_paid_of_2_carried
  FROM paid_of_2_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with paid_of_2 and least_paid_of_2 of the whole window, and of how many rows.
paid_of_2_whole AS (
  SELECT
    *,
    COALESCE(SUM(CASE WHEN paid_of_2_counts THEN paid_of_2_value END) OVER last_1_minute_by_user, 0) AS paid_of_2_whole,
    COUNT(CASE WHEN paid_of_2_counts THEN 1 END) OVER last_1_minute_by_user AS paid_of_2_rows,
    MIN(CASE WHEN paid_of_2_counts THEN paid_of_2_value END) OVER last_1_minute_by_user AS least_paid_of_2_whole
  FROM paid_of_2_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with paid_of_2 and least_paid_of_2 of no more than the latest.
paid_of_2_limited AS (
  SELECT
    `user`,
    kind,
    amount,
    version,
    `time`,
    event_time,
    total,
    total_of_2,
    total_of_2_so_far,
    first_of_2,
    paid_rows_of_2,
    CASE WHEN paid_of_2_rows > 2 THEN element_at(paid_of_2_carried, 1) ELSE paid_of_2_whole END AS paid_of_2,
    CASE WHEN paid_of_2_rows > 2 THEN element_at(least_paid_of_2_carried, 1) ELSE least_paid_of_2_whole END AS least_paid_of_2
  FROM paid_of_2_whole
),
-- Each row, with what paid_by_version reads of it, if it counts.
paid_by_version_read AS (
  SELECT
    *,
    (kind = 'pay') IS TRUE AS paid_by_version_counts
  FROM paid_of_2_limited
),
-- Each row, with paid_by_version of the latest rows of those that count, itself the last, and its place.
paid_by_version_of_latest AS (
  SELECT
    *,
    COALESCE(SUM(amount) OVER latest_2_by_user_and_paid_by_version_counts, 0) AS paid_by_version_of_latest,
    COUNT(*) OVER in_order_by_user_and_paid_by_version_counts AS paid_by_version_place
  FROM paid_by_version_read
  WINDOW
    latest_2_by_user_and_paid_by_version_counts AS (PARTITION BY `user`, paid_by_version_counts ORDER BY event_time, version, amount ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user_and_paid_by_version_counts AS (PARTITION BY `user`, paid_by_version_counts ORDER BY event_time, version, amount ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- paid_by_version of each row that counts, in an array: NULL in it is a value, too.
paid_by_version_held AS (
  SELECT
    *,
    CASE WHEN paid_by_version_counts THEN array(paid_by_version_of_latest) END AS paid_by_version_held
  FROM paid_by_version_of_latest
),
-- Each row, with paid_by_version of the latest rows that there are up to its time.
paid_by_version_latest AS (
  SELECT
    *,
    MAX_BY(paid_by_version_held, CASE WHEN paid_by_version_held IS NOT NULL THEN struct(event_time, paid_by_version_place, paid_by_version_held) END) OVER so_far_by_user AS paid_by_version_carried
  FROM paid_by_version_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with paid_by_version of the whole window, and of how many rows.
paid_by_version_whole AS (
  SELECT
    *,
    COALESCE(SUM(CASE WHEN paid_by_version_counts THEN amount END) OVER last_1_minute_by_user, 0) AS paid_by_version_whole,
    COUNT(CASE WHEN paid_by_version_counts THEN 1 END) OVER last_1_minute_by_user AS paid_by_version_rows
  FROM paid_by_version_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with paid_by_version of no more than the latest.
paid_by_version_limited AS (
  SELECT
    `user`,
    kind,
    amount,
    version,
    `time`,
    event_time,
    total,
    total_of_2,
    total_of_2_so_far,
    first_of_2,
    paid_rows_of_2,
    paid_of_2,
    least_paid_of_2,
    CASE WHEN paid_by_version_rows > 2 THEN element_at(paid_by_version_carried, 1) ELSE paid_by_version_whole END AS paid_by_version
  FROM paid_by_version_whole
),
-- Each row, with two_of_all of the latest rows, itself the last, and its place.
two_of_all_of_latest AS (
  SELECT
    *,
    COALESCE(SUM(amount) OVER latest_2, 0) AS two_of_all_of_latest,
    COUNT(*) OVER in_order AS two_of_all_place
  FROM paid_by_version_limited
  WINDOW
    latest_2 AS (ORDER BY event_time, amount ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order AS (ORDER BY event_time, amount ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- two_of_all of each row, in an array: NULL in it is a value, too.
two_of_all_held AS (
  SELECT
    *,
    array(two_of_all_of_latest) AS two_of_all_held
  FROM two_of_all_of_latest
),
-- Each row, with two_of_all of the latest rows that there are up to its time.
two_of_all_latest AS (
  SELECT
    *,
    MAX_BY(two_of_all_held, CASE WHEN two_of_all_held IS NOT NULL THEN struct(event_time, two_of_all_place, two_of_all_held) END) OVER so_far AS two_of_all_carried
  FROM two_of_all_held
  WINDOW
    so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with two_of_all of the whole window, and of how many rows.
two_of_all_whole AS (
  SELECT
    *,
    COALESCE(SUM(amount) OVER last_1_minute, 0) AS two_of_all_whole,
    COUNT(*) OVER last_1_minute AS two_of_all_rows
  FROM two_of_all_latest
  WINDOW
    last_1_minute AS (ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with two_of_all of no more than the latest.
two_of_all_limited AS (
  SELECT
    `user`,
    kind,
    amount,
    version,
    `time`,
    event_time,
    total,
    total_of_2,
    total_of_2_so_far,
    first_of_2,
    paid_rows_of_2,
    paid_of_2,
    least_paid_of_2,
    paid_by_version,
    CASE WHEN two_of_all_rows > 2 THEN element_at(two_of_all_carried, 1) ELSE two_of_all_whole END AS two_of_all
  FROM two_of_all_whole
)
SELECT
  `user`,
  kind,
  amount,
  version,
  `time`,
  total,
  total_of_2,
  total_of_2_so_far,
  paid_rows_of_2,
  paid_of_2,
  least_paid_of_2,
  paid_by_version,
  first_of_2,
  two_of_all,
  event_time
FROM two_of_all_limited;

-- The rows of events_with_windows.
SELECT `user`, kind, amount, version, `time`, total, total_of_2, total_of_2_so_far, paid_rows_of_2, paid_of_2, least_paid_of_2, paid_by_version, first_of_2, two_of_all
FROM events_with_windows;

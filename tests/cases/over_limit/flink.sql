-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'total, total_of_2, paid_rows_of_2, paid_of_2, least_paid_of_2, paid_by_version, first_of_2, two_of_all': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  kind STRING,
  amount BIGINT,
  version INT,
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
-- Each row of events, with total over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_minute_by_user, 0) AS total,
    events.*
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for total_of_2_of_latest, total_of_2_so_far_of_latest, first_of_2_of_latest and total_of_2_place: an OVER takes them as they come.
total_of_2_of_latest_in_order AS (
  SELECT
    `user`,
    kind,
    amount,
    version,
    `time`,
    window_time AS event_time,
    total
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY amount) AS place
    FROM TABLE(TUMBLE(TABLE last_1_minute_by_user, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with total_of_2, total_of_2_so_far and first_of_2 of the latest rows, itself the last, and its place.
total_of_2_of_latest AS (
  SELECT
    COALESCE(SUM(amount) OVER latest_2_by_user, 0) AS total_of_2_of_latest,
    COALESCE(SUM(amount) OVER latest_2_by_user, 0) AS total_of_2_so_far_of_latest,
    FIRST_VALUE(amount) OVER latest_2_by_user AS first_of_2_of_latest,
    total_of_2_of_latest_in_order.*
  FROM total_of_2_of_latest_in_order
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- total_of_2, total_of_2_so_far and first_of_2 of each row, in an array: NULL in it is a value, too.
total_of_2_held AS (
  SELECT
    *,
    CAST(ARRAY[total_of_2_of_latest] AS ARRAY<BIGINT>) AS total_of_2_held,
    CAST(ARRAY[total_of_2_so_far_of_latest] AS ARRAY<BIGINT>) AS total_of_2_so_far_held,
    CAST(ARRAY[first_of_2_of_latest] AS ARRAY<BIGINT>) AS first_of_2_held
  FROM total_of_2_of_latest
),
-- Each row, with total_of_2, total_of_2_so_far and first_of_2 of the latest rows that there are up to its time.
total_of_2_latest AS (
  SELECT
    LAST_VALUE(total_of_2_held) OVER so_far_by_user AS total_of_2_carried,
    LAST_VALUE(total_of_2_so_far_held) OVER so_far_by_user AS total_of_2_so_far_carried,
    LAST_VALUE(first_of_2_held) OVER so_far_by_user AS first_of_2_carried,
    total_of_2_held.*
  FROM total_of_2_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with the value that counts for first_of_2_whole among the rows of its key and time.
total_of_2_whole_of_one_time AS (
  SELECT
    MIN(amount) OVER same_time_by_user AS first_of_2_whole_of_its_time,
    total_of_2_latest.*
  FROM total_of_2_latest
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row, with total_of_2, total_of_2_so_far and first_of_2 of the whole window, and of how many rows.
total_of_2_whole AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_minute_by_user, 0) AS total_of_2_whole,
    COUNT(*) OVER last_1_minute_by_user AS total_of_2_rows,
    FIRST_VALUE(first_of_2_whole_of_its_time) OVER last_1_minute_by_user AS first_of_2_whole,
    total_of_2_whole_of_one_time.*
  FROM total_of_2_whole_of_one_time
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
    CASE WHEN total_of_2_rows > 2 THEN total_of_2_carried[1] ELSE total_of_2_whole END AS total_of_2,
    COALESCE(total_of_2_so_far_carried[1], 0) AS total_of_2_so_far,
    CASE WHEN total_of_2_rows > 2 THEN first_of_2_carried[1] ELSE first_of_2_whole END AS first_of_2
  FROM total_of_2_whole
),
-- Each row, with how many rows there are for paid_rows_of_2.
paid_rows_of_2_counted AS (
  SELECT
    COUNT(CASE WHEN kind = 'pay' THEN 1 END) OVER last_1_minute_by_user AS paid_rows_of_2_rows,
    total_of_2_limited.*
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
-- The rows of one time in the order that counts for paid_of_2_of_latest, least_paid_of_2_of_latest and paid_of_2_place: an OVER takes them as they come.
paid_of_2_of_latest_in_order AS (
  SELECT
    `user`,
    kind,
    amount,
    version,
    `time`,
    window_time AS event_time,
    total,
    total_of_2,
    total_of_2_so_far,
    first_of_2,
    paid_rows_of_2,
    paid_of_2_value,
    paid_of_2_counts
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user`, paid_of_2_counts ORDER BY paid_of_2_value) AS place
    FROM TABLE(TUMBLE(TABLE paid_of_2_read, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with paid_of_2 and least_paid_of_2 of the latest rows of those that count, itself the last, and its place.
paid_of_2_of_latest AS (
  SELECT
    COALESCE(SUM(paid_of_2_value) OVER latest_2_by_user_and_paid_of_2_counts, 0) AS paid_of_2_of_latest,
    MIN(paid_of_2_value) OVER latest_2_by_user_and_paid_of_2_counts AS least_paid_of_2_of_latest,
    paid_of_2_of_latest_in_order.*
  FROM paid_of_2_of_latest_in_order
  WINDOW
    latest_2_by_user_and_paid_of_2_counts AS (PARTITION BY `user`, paid_of_2_counts ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- paid_of_2 and least_paid_of_2 of each row that counts, in an array: NULL in it is a value, too.
paid_of_2_held AS (
  SELECT
    *,
    CASE WHEN paid_of_2_counts THEN CAST(ARRAY[paid_of_2_of_latest] AS ARRAY<BIGINT>) END AS paid_of_2_held,
    CASE WHEN paid_of_2_counts THEN CAST(ARRAY[least_paid_of_2_of_latest] AS ARRAY<BIGINT>) END AS least_paid_of_2_held
  FROM paid_of_2_of_latest
),
-- Each row, with paid_of_2 and least_paid_of_2 of the latest rows that there are up to its time.
paid_of_2_latest AS (
  SELECT
    LAST_VALUE(paid_of_2_held) OVER so_far_by_user AS paid_of_2_carried,
    LAST_VALUE(least_paid_of_2_held) OVER so_far_by_user AS least_paid_of_2_carried,
    paid_of_2_held.*
  FROM paid_of_2_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with paid_of_2 and least_paid_of_2 of the whole window, and of how many rows.
paid_of_2_whole AS (
  SELECT
    COALESCE(SUM(CASE WHEN paid_of_2_counts THEN paid_of_2_value END) OVER last_1_minute_by_user, 0) AS paid_of_2_whole,
    COUNT(CASE WHEN paid_of_2_counts THEN 1 END) OVER last_1_minute_by_user AS paid_of_2_rows,
    MIN(CASE WHEN paid_of_2_counts THEN paid_of_2_value END) OVER last_1_minute_by_user AS least_paid_of_2_whole,
    paid_of_2_latest.*
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
    CASE WHEN paid_of_2_rows > 2 THEN paid_of_2_carried[1] ELSE paid_of_2_whole END AS paid_of_2,
    CASE WHEN paid_of_2_rows > 2 THEN least_paid_of_2_carried[1] ELSE least_paid_of_2_whole END AS least_paid_of_2
  FROM paid_of_2_whole
),
-- Each row, with what paid_by_version reads of it, if it counts.
paid_by_version_read AS (
  SELECT
    *,
    (kind = 'pay') IS TRUE AS paid_by_version_counts
  FROM paid_of_2_limited
),
-- The rows of one time in the order that counts for paid_by_version_of_latest and paid_by_version_place: an OVER takes them as they come.
paid_by_version_of_latest_in_order AS (
  SELECT
    `user`,
    kind,
    amount,
    version,
    `time`,
    window_time AS event_time,
    total,
    total_of_2,
    total_of_2_so_far,
    first_of_2,
    paid_rows_of_2,
    paid_of_2,
    least_paid_of_2,
    paid_by_version_counts
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user`, paid_by_version_counts ORDER BY version, amount) AS place
    FROM TABLE(TUMBLE(TABLE paid_by_version_read, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with paid_by_version of the latest rows of those that count, itself the last, and its place.
paid_by_version_of_latest AS (
  SELECT
    COALESCE(SUM(amount) OVER latest_2_by_user_and_paid_by_version_counts, 0) AS paid_by_version_of_latest,
    paid_by_version_of_latest_in_order.*
  FROM paid_by_version_of_latest_in_order
  WINDOW
    latest_2_by_user_and_paid_by_version_counts AS (PARTITION BY `user`, paid_by_version_counts ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- paid_by_version of each row that counts, in an array: NULL in it is a value, too.
paid_by_version_held AS (
  SELECT
    *,
    CASE WHEN paid_by_version_counts THEN CAST(ARRAY[paid_by_version_of_latest] AS ARRAY<BIGINT>) END AS paid_by_version_held
  FROM paid_by_version_of_latest
),
-- Each row, with paid_by_version of the latest rows that there are up to its time.
paid_by_version_latest AS (
  SELECT
    LAST_VALUE(paid_by_version_held) OVER so_far_by_user AS paid_by_version_carried,
    paid_by_version_held.*
  FROM paid_by_version_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with paid_by_version of the whole window, and of how many rows.
paid_by_version_whole AS (
  SELECT
    COALESCE(SUM(CASE WHEN paid_by_version_counts THEN amount END) OVER last_1_minute_by_user, 0) AS paid_by_version_whole,
    COUNT(CASE WHEN paid_by_version_counts THEN 1 END) OVER last_1_minute_by_user AS paid_by_version_rows,
    paid_by_version_latest.*
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
    CASE WHEN paid_by_version_rows > 2 THEN paid_by_version_carried[1] ELSE paid_by_version_whole END AS paid_by_version
  FROM paid_by_version_whole
),
-- The rows of one time in the order that counts for two_of_all_of_latest and two_of_all_place: an OVER takes them as they come.
two_of_all_of_latest_in_order AS (
  SELECT
    `user`,
    kind,
    amount,
    version,
    `time`,
    window_time AS event_time,
    total,
    total_of_2,
    total_of_2_so_far,
    first_of_2,
    paid_rows_of_2,
    paid_of_2,
    least_paid_of_2,
    paid_by_version
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY amount) AS place
    FROM TABLE(TUMBLE(TABLE paid_by_version_limited, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with two_of_all of the latest rows, itself the last, and its place.
two_of_all_of_latest AS (
  SELECT
    COALESCE(SUM(amount) OVER latest_2, 0) AS two_of_all_of_latest,
    two_of_all_of_latest_in_order.*
  FROM two_of_all_of_latest_in_order
  WINDOW
    latest_2 AS (ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- two_of_all of each row, in an array: NULL in it is a value, too.
two_of_all_held AS (
  SELECT
    *,
    CAST(ARRAY[two_of_all_of_latest] AS ARRAY<BIGINT>) AS two_of_all_held
  FROM two_of_all_of_latest
),
-- Each row, with two_of_all of the latest rows that there are up to its time.
two_of_all_latest AS (
  SELECT
    LAST_VALUE(two_of_all_held) OVER so_far AS two_of_all_carried,
    two_of_all_held.*
  FROM two_of_all_held
  WINDOW
    so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with two_of_all of the whole window, and of how many rows.
two_of_all_whole AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_minute, 0) AS two_of_all_whole,
    COUNT(*) OVER last_1_minute AS two_of_all_rows,
    two_of_all_latest.*
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
    CASE WHEN two_of_all_rows > 2 THEN two_of_all_carried[1] ELSE two_of_all_whole END AS two_of_all
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

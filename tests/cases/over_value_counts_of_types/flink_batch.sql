-- events_with_counts, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  cents DECIMAL(10, 2),
  `day` DATE,
  `member` BOOLEAN,
  seen TIMESTAMP_LTZ(3),
  small INT,
  ratio FLOAT,
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

-- events_with_counts: each row of events.
CREATE TEMPORARY VIEW events_with_counts AS
WITH
-- Each row, with the values of of_each_cents in a list.
of_each_cents_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(cents) OVER last_1_minute_by_user, CAST(NULL AS DECIMAL(10, 2))) AS of_each_cents_values,
    events.*
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for of_each_cents.
of_each_cents_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS of_each_cents_row,
    of_each_cents_listed.*
  FROM of_each_cents_listed
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of of_each_cents.
of_each_cents_apart AS (
  SELECT
    of_each_cents_numbered.*,
    of_each_cents_value,
    of_each_cents_value_place
  FROM of_each_cents_numbered
  LEFT JOIN UNNEST(ARRAY_DISTINCT(of_each_cents_values)) WITH ORDINALITY AS taken_apart (of_each_cents_value, of_each_cents_value_place) ON TRUE
),
-- Each of them, with how many there are of its value of of_each_cents.
of_each_cents_counted AS (
  SELECT
    *,
    CAST(CARDINALITY(of_each_cents_values) - CARDINALITY(ARRAY_REMOVE(of_each_cents_values, of_each_cents_value)) AS BIGINT) AS of_each_cents_count
  FROM of_each_cents_apart
),
-- The values of of_each_cents and their counts in lists again.
of_each_cents_together AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(of_each_cents_value) OVER same_row_by_user_and_of_each_cents_row, CAST(NULL AS DECIMAL(10, 2))) AS of_each_cents_keys,
    ARRAY_REMOVE(ARRAY_AGG(of_each_cents_count) OVER same_row_by_user_and_of_each_cents_row, CAST(NULL AS BIGINT)) AS of_each_cents_counts,
    of_each_cents_counted.*
  FROM of_each_cents_counted
  WINDOW
    same_row_by_user_and_of_each_cents_row AS (PARTITION BY `user`, of_each_cents_row ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row once.
of_each_cents_once AS (
  SELECT *
  FROM of_each_cents_together
  WHERE of_each_cents_value_place = 1
    OR of_each_cents_value_place IS NULL
),
-- Each row of events, with of_each_cents.
of_each_cents_found AS (
  SELECT
    `user`,
    cents,
    `day`,
    `member`,
    seen,
    small,
    ratio,
    `time`,
    event_time,
    CASE WHEN of_each_cents_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(of_each_cents_keys, of_each_cents_counts) END AS of_each_cents
  FROM of_each_cents_once
),
-- Each row, with the values of of_each_day in a list.
of_each_day_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(`day`) OVER last_1_minute_by_user, CAST(NULL AS DATE)) AS of_each_day_values,
    of_each_cents_found.*
  FROM of_each_cents_found
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for of_each_day.
of_each_day_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS of_each_day_row,
    of_each_day_listed.*
  FROM of_each_day_listed
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of of_each_day.
of_each_day_apart AS (
  SELECT
    of_each_day_numbered.*,
    of_each_day_value,
    of_each_day_value_place
  FROM of_each_day_numbered
  LEFT JOIN UNNEST(ARRAY_DISTINCT(of_each_day_values)) WITH ORDINALITY AS taken_apart (of_each_day_value, of_each_day_value_place) ON TRUE
),
-- Each of them, with how many there are of its value of of_each_day.
of_each_day_counted AS (
  SELECT
    *,
    CAST(CARDINALITY(of_each_day_values) - CARDINALITY(ARRAY_REMOVE(of_each_day_values, of_each_day_value)) AS BIGINT) AS of_each_day_count
  FROM of_each_day_apart
),
-- The values of of_each_day and their counts in lists again.
of_each_day_together AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(of_each_day_value) OVER same_row_by_user_and_of_each_day_row, CAST(NULL AS DATE)) AS of_each_day_keys,
    ARRAY_REMOVE(ARRAY_AGG(of_each_day_count) OVER same_row_by_user_and_of_each_day_row, CAST(NULL AS BIGINT)) AS of_each_day_counts,
    of_each_day_counted.*
  FROM of_each_day_counted
  WINDOW
    same_row_by_user_and_of_each_day_row AS (PARTITION BY `user`, of_each_day_row ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row once.
of_each_day_once AS (
  SELECT *
  FROM of_each_day_together
  WHERE of_each_day_value_place = 1
    OR of_each_day_value_place IS NULL
),
-- Each row of events, with of_each_day.
of_each_day_found AS (
  SELECT
    `user`,
    cents,
    `day`,
    `member`,
    seen,
    small,
    ratio,
    `time`,
    event_time,
    of_each_cents,
    CASE WHEN of_each_day_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(of_each_day_keys, of_each_day_counts) END AS of_each_day
  FROM of_each_day_once
),
-- Each row, with the values of of_each_member in a list.
of_each_member_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(`member`) OVER last_1_minute_by_user, CAST(NULL AS BOOLEAN)) AS of_each_member_values,
    of_each_day_found.*
  FROM of_each_day_found
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for of_each_member.
of_each_member_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS of_each_member_row,
    of_each_member_listed.*
  FROM of_each_member_listed
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of of_each_member.
of_each_member_apart AS (
  SELECT
    of_each_member_numbered.*,
    of_each_member_value,
    of_each_member_value_place
  FROM of_each_member_numbered
  LEFT JOIN UNNEST(ARRAY_DISTINCT(of_each_member_values)) WITH ORDINALITY AS taken_apart (of_each_member_value, of_each_member_value_place) ON TRUE
),
-- Each of them, with how many there are of its value of of_each_member.
of_each_member_counted AS (
  SELECT
    *,
    CAST(CARDINALITY(of_each_member_values) - CARDINALITY(ARRAY_REMOVE(of_each_member_values, of_each_member_value)) AS BIGINT) AS of_each_member_count
  FROM of_each_member_apart
),
-- The values of of_each_member and their counts in lists again.
of_each_member_together AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(of_each_member_value) OVER same_row_by_user_and_of_each_member_row, CAST(NULL AS BOOLEAN)) AS of_each_member_keys,
    ARRAY_REMOVE(ARRAY_AGG(of_each_member_count) OVER same_row_by_user_and_of_each_member_row, CAST(NULL AS BIGINT)) AS of_each_member_counts,
    of_each_member_counted.*
  FROM of_each_member_counted
  WINDOW
    same_row_by_user_and_of_each_member_row AS (PARTITION BY `user`, of_each_member_row ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row once.
of_each_member_once AS (
  SELECT *
  FROM of_each_member_together
  WHERE of_each_member_value_place = 1
    OR of_each_member_value_place IS NULL
),
-- Each row of events, with of_each_member.
of_each_member_found AS (
  SELECT
    `user`,
    cents,
    `day`,
    `member`,
    seen,
    small,
    ratio,
    `time`,
    event_time,
    of_each_cents,
    of_each_day,
    CASE WHEN of_each_member_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(of_each_member_keys, of_each_member_counts) END AS of_each_member
  FROM of_each_member_once
),
-- Each row, with the values of of_each_seen in a list.
of_each_seen_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(seen) OVER last_1_minute_by_user, CAST(NULL AS TIMESTAMP_LTZ(3))) AS of_each_seen_values,
    of_each_member_found.*
  FROM of_each_member_found
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for of_each_seen.
of_each_seen_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS of_each_seen_row,
    of_each_seen_listed.*
  FROM of_each_seen_listed
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of of_each_seen.
of_each_seen_apart AS (
  SELECT
    of_each_seen_numbered.*,
    of_each_seen_value,
    of_each_seen_value_place
  FROM of_each_seen_numbered
  LEFT JOIN UNNEST(ARRAY_DISTINCT(of_each_seen_values)) WITH ORDINALITY AS taken_apart (of_each_seen_value, of_each_seen_value_place) ON TRUE
),
-- Each of them, with how many there are of its value of of_each_seen.
of_each_seen_counted AS (
  SELECT
    *,
    CAST(CARDINALITY(of_each_seen_values) - CARDINALITY(ARRAY_REMOVE(of_each_seen_values, of_each_seen_value)) AS BIGINT) AS of_each_seen_count
  FROM of_each_seen_apart
),
-- The values of of_each_seen and their counts in lists again.
of_each_seen_together AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(of_each_seen_value) OVER same_row_by_user_and_of_each_seen_row, CAST(NULL AS TIMESTAMP_LTZ(3))) AS of_each_seen_keys,
    ARRAY_REMOVE(ARRAY_AGG(of_each_seen_count) OVER same_row_by_user_and_of_each_seen_row, CAST(NULL AS BIGINT)) AS of_each_seen_counts,
    of_each_seen_counted.*
  FROM of_each_seen_counted
  WINDOW
    same_row_by_user_and_of_each_seen_row AS (PARTITION BY `user`, of_each_seen_row ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row once.
of_each_seen_once AS (
  SELECT *
  FROM of_each_seen_together
  WHERE of_each_seen_value_place = 1
    OR of_each_seen_value_place IS NULL
),
-- Each row of events, with of_each_seen.
of_each_seen_found AS (
  SELECT
    `user`,
    cents,
    `day`,
    `member`,
    seen,
    small,
    ratio,
    `time`,
    event_time,
    of_each_cents,
    of_each_day,
    of_each_member,
    CASE WHEN of_each_seen_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(of_each_seen_keys, of_each_seen_counts) END AS of_each_seen
  FROM of_each_seen_once
),
-- Each row, with the values of of_each_small in a list.
of_each_small_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(small) OVER last_1_minute_by_user, CAST(NULL AS INT)) AS of_each_small_values,
    of_each_seen_found.*
  FROM of_each_seen_found
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for of_each_small.
of_each_small_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS of_each_small_row,
    of_each_small_listed.*
  FROM of_each_small_listed
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of of_each_small.
of_each_small_apart AS (
  SELECT
    of_each_small_numbered.*,
    of_each_small_value,
    of_each_small_value_place
  FROM of_each_small_numbered
  LEFT JOIN UNNEST(ARRAY_DISTINCT(of_each_small_values)) WITH ORDINALITY AS taken_apart (of_each_small_value, of_each_small_value_place) ON TRUE
),
-- Each of them, with how many there are of its value of of_each_small.
of_each_small_counted AS (
  SELECT
    *,
    CAST(CARDINALITY(of_each_small_values) - CARDINALITY(ARRAY_REMOVE(of_each_small_values, of_each_small_value)) AS BIGINT) AS of_each_small_count
  FROM of_each_small_apart
),
-- The values of of_each_small and their counts in lists again.
of_each_small_together AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(of_each_small_value) OVER same_row_by_user_and_of_each_small_row, CAST(NULL AS INT)) AS of_each_small_keys,
    ARRAY_REMOVE(ARRAY_AGG(of_each_small_count) OVER same_row_by_user_and_of_each_small_row, CAST(NULL AS BIGINT)) AS of_each_small_counts,
    of_each_small_counted.*
  FROM of_each_small_counted
  WINDOW
    same_row_by_user_and_of_each_small_row AS (PARTITION BY `user`, of_each_small_row ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row once.
of_each_small_once AS (
  SELECT *
  FROM of_each_small_together
  WHERE of_each_small_value_place = 1
    OR of_each_small_value_place IS NULL
),
-- Each row of events, with of_each_small.
of_each_small_found AS (
  SELECT
    `user`,
    cents,
    `day`,
    `member`,
    seen,
    small,
    ratio,
    `time`,
    event_time,
    of_each_cents,
    of_each_day,
    of_each_member,
    of_each_seen,
    CASE WHEN of_each_small_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(of_each_small_keys, of_each_small_counts) END AS of_each_small
  FROM of_each_small_once
),
-- Each row, with the values of of_each_ratio in a list.
of_each_ratio_listed AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CASE WHEN ratio = 0 THEN ABS(ratio) ELSE ratio END) OVER last_1_minute_by_user, CAST(NULL AS FLOAT)) AS of_each_ratio_values,
    of_each_small_found.*
  FROM of_each_small_found
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The same rows, each with a number of its own, for of_each_ratio.
of_each_ratio_numbered AS (
  SELECT
    COUNT(*) OVER rows_so_far_by_user AS of_each_ratio_row,
    of_each_ratio_listed.*
  FROM of_each_ratio_listed
  WINDOW
    rows_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row once for each value in its list of of_each_ratio.
of_each_ratio_apart AS (
  SELECT
    of_each_ratio_numbered.*,
    of_each_ratio_value,
    of_each_ratio_value_place
  FROM of_each_ratio_numbered
  LEFT JOIN UNNEST(ARRAY_DISTINCT(of_each_ratio_values)) WITH ORDINALITY AS taken_apart (of_each_ratio_value, of_each_ratio_value_place) ON TRUE
),
-- Each of them, with how many there are of its value of of_each_ratio.
of_each_ratio_counted AS (
  SELECT
    *,
    CAST(CARDINALITY(of_each_ratio_values) - CARDINALITY(ARRAY_REMOVE(of_each_ratio_values, of_each_ratio_value)) AS BIGINT) AS of_each_ratio_count
  FROM of_each_ratio_apart
),
-- The values of of_each_ratio and their counts in lists again.
of_each_ratio_together AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(of_each_ratio_value) OVER same_row_by_user_and_of_each_ratio_row, CAST(NULL AS FLOAT)) AS of_each_ratio_keys,
    ARRAY_REMOVE(ARRAY_AGG(of_each_ratio_count) OVER same_row_by_user_and_of_each_ratio_row, CAST(NULL AS BIGINT)) AS of_each_ratio_counts,
    of_each_ratio_counted.*
  FROM of_each_ratio_counted
  WINDOW
    same_row_by_user_and_of_each_ratio_row AS (PARTITION BY `user`, of_each_ratio_row ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row once.
of_each_ratio_once AS (
  SELECT *
  FROM of_each_ratio_together
  WHERE of_each_ratio_value_place = 1
    OR of_each_ratio_value_place IS NULL
),
-- Each row of events, with of_each_ratio.
of_each_ratio_found AS (
  SELECT
    `user`,
    cents,
    `day`,
    `member`,
    seen,
    small,
    ratio,
    `time`,
    event_time,
    of_each_cents,
    of_each_day,
    of_each_member,
    of_each_seen,
    of_each_small,
    CASE WHEN of_each_ratio_value_place IS NOT NULL THEN MAP_FROM_ARRAYS(of_each_ratio_keys, of_each_ratio_counts) END AS of_each_ratio
  FROM of_each_ratio_once
)
SELECT
  `user`,
  `time`,
  of_each_cents,
  of_each_day,
  of_each_member,
  of_each_seen,
  of_each_small,
  of_each_ratio,
  event_time
FROM of_each_ratio_found;

-- The rows of events_with_counts.
SELECT `user`, `time`, of_each_cents, of_each_day, of_each_member, of_each_seen, of_each_small, of_each_ratio
FROM events_with_counts;

-- events_with_counts, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  cents DECIMAL(10, 2),
  `day` DATE,
  `member` BOOLEAN,
  seen TIMESTAMP,
  small INT,
  ratio FLOAT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST',
  'timeZone' 'UTC'
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

-- events_with_counts: each row of events.
CREATE OR REPLACE TEMPORARY VIEW events_with_counts AS
WITH
-- Each row of events, with of_each_cents, of_each_day, of_each_member, of_each_seen, of_each_small and of_each_ratio over the rows with its user from 1 minute before its time up to it, both included, the values of of_each_cents, of_each_day, of_each_member, of_each_seen, of_each_small and of_each_ratio in lists.
with_windows_in_lists AS (
  SELECT
    *,
    transform(sort_array(collect_list(CASE WHEN cents IS NOT NULL THEN struct(struct(event_time) AS place, cents AS value) END) OVER last_1_minute_by_user), one -> one.value) AS of_each_cents_values,
    transform(sort_array(collect_list(CASE WHEN `day` IS NOT NULL THEN struct(struct(event_time) AS place, `day` AS value) END) OVER last_1_minute_by_user), one -> one.value) AS of_each_day_values,
    transform(sort_array(collect_list(CASE WHEN `member` IS NOT NULL THEN struct(struct(event_time) AS place, `member` AS value) END) OVER last_1_minute_by_user), one -> one.value) AS of_each_member_values,
    transform(sort_array(collect_list(CASE WHEN seen IS NOT NULL THEN struct(struct(event_time) AS place, seen AS value) END) OVER last_1_minute_by_user), one -> one.value) AS of_each_seen_values,
    transform(sort_array(collect_list(CASE WHEN small IS NOT NULL THEN struct(struct(event_time) AS place, small AS value) END) OVER last_1_minute_by_user), one -> one.value) AS of_each_small_values,
    transform(sort_array(collect_list(CASE WHEN CASE WHEN ratio = 0 THEN ABS(ratio) ELSE ratio END IS NOT NULL THEN struct(struct(event_time) AS place, CASE WHEN ratio = 0 THEN ABS(ratio) ELSE ratio END AS value) END) OVER last_1_minute_by_user), one -> one.value) AS of_each_ratio_values
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with of_each_cents, of_each_day, of_each_member, of_each_seen, of_each_small and of_each_ratio over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    CASE WHEN size(of_each_cents_values) > 0 THEN map_from_arrays(array_distinct(of_each_cents_values), transform(array_distinct(of_each_cents_values), one -> CAST(size(filter(of_each_cents_values, other -> other = one)) AS BIGINT))) END AS of_each_cents,
    CASE WHEN size(of_each_day_values) > 0 THEN map_from_arrays(array_distinct(of_each_day_values), transform(array_distinct(of_each_day_values), one -> CAST(size(filter(of_each_day_values, other -> other = one)) AS BIGINT))) END AS of_each_day,
    CASE WHEN size(of_each_member_values) > 0 THEN map_from_arrays(array_distinct(of_each_member_values), transform(array_distinct(of_each_member_values), one -> CAST(size(filter(of_each_member_values, other -> other = one)) AS BIGINT))) END AS of_each_member,
    CASE WHEN size(of_each_seen_values) > 0 THEN map_from_arrays(array_distinct(of_each_seen_values), transform(array_distinct(of_each_seen_values), one -> CAST(size(filter(of_each_seen_values, other -> other = one)) AS BIGINT))) END AS of_each_seen,
    CASE WHEN size(of_each_small_values) > 0 THEN map_from_arrays(array_distinct(of_each_small_values), transform(array_distinct(of_each_small_values), one -> CAST(size(filter(of_each_small_values, other -> other = one)) AS BIGINT))) END AS of_each_small,
    CASE WHEN size(of_each_ratio_values) > 0 THEN map_from_arrays(array_distinct(of_each_ratio_values), transform(array_distinct(of_each_ratio_values), one -> CAST(size(filter(of_each_ratio_values, other -> other = one)) AS BIGINT))) END AS of_each_ratio
  FROM with_windows_in_lists
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
FROM with_windows;

-- The rows of events_with_counts.
SELECT `user`, `time`, of_each_cents, of_each_day, of_each_member, of_each_seen, of_each_small, of_each_ratio
FROM events_with_counts;

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
    coalesce(date_trunc('MILLISECOND', try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss.SSSSSS')), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
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
    COALESCE(SUM(amount) OVER last_1_minute_by_user, 0) AS `both`,
    COALESCE(SUM(amount) OVER within_1_minute_by_user, 0) AS `right`,
    COUNT(*) OVER within_1_day_by_user AS a_day,
    COALESCE(SUM(amount) OVER all_so_far_by_user, 0) AS all_so_far,
    COUNT(*) OVER within_1_millisecond_by_user AS `row_number`
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW),
    within_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '59.999' SECOND PRECEDING AND CURRENT ROW),
    within_1_day_by_user AS (PARTITION BY `user` ORDER BY unix_millis(event_time) RANGE BETWEEN 86399999 PRECEDING AND CURRENT ROW),
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
    within_1_millisecond_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0.000' SECOND PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  amount,
  `time`,
  `both`,
  `right`,
  a_day,
  all_so_far,
  `row_number`,
  event_time
FROM with_windows;

-- The rows of events_with_windows.
SELECT `user`, amount, `time`, `both`, `right`, a_day, all_so_far, `row_number`
FROM events_with_windows;

-- events_with_windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  amount DOUBLE,
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
-- Each row of events, with mean over the rows with its user from 5 minutes before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    AVG(amount) OVER last_5_minutes_by_user AS mean
  FROM events
  WINDOW
    last_5_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with surprise computed from it.
with_expressions AS (
  SELECT
    *,
    amount - mean AS surprise
  FROM with_windows
),
-- Each row of events, with greatest_surprise over the rows with its user from 10 minutes before its time up to it, both included.
with_windows_2 AS (
  SELECT
    *,
    MAX(surprise) OVER last_10_minutes_by_user AS greatest_surprise
  FROM with_expressions
  WINDOW
    last_10_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '10' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with surprises_of_all over all rows from 10 minutes before its time up to it, both included.
with_windows_3 AS (
  SELECT
    *,
    COUNT(CASE WHEN greatest_surprise > 0.0E0 THEN 1 END) OVER last_10_minutes AS surprises_of_all
  FROM with_windows_2
  WINDOW
    last_10_minutes AS (ORDER BY event_time RANGE BETWEEN INTERVAL '10' MINUTE PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  amount,
  `time`,
  mean,
  surprise,
  greatest_surprise,
  surprises_of_all,
  event_time
FROM with_windows_3;

-- The rows of events_with_windows.
SELECT `user`, amount, `time`, mean, surprise, greatest_surprise, surprises_of_all
FROM events_with_windows;

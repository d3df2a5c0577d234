-- best_minutes, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

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

-- minutes: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW minutes AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '1 minute', '1 minute').end AS window_end
  FROM events
),
-- total per user, over windows of 1 minute of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount), 0) AS total
  FROM windows_of_rows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    unix_millis(event_time) AS window_time
  FROM windows
)
SELECT
  `user`,
  window_time,
  total,
  event_time
FROM with_time;

-- best_minutes: each row of minutes.
CREATE OR REPLACE TEMPORARY VIEW best_minutes AS
WITH
-- Each row of minutes, with best and minutes_seen over the rows with its user from 2 minutes before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    MAX(total) OVER last_2_minutes_by_user AS best,
    COUNT(*) OVER last_2_minutes_by_user AS minutes_seen
  FROM minutes
  WINDOW
    last_2_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '2' MINUTE PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  window_time,
  total,
  best,
  minutes_seen,
  event_time
FROM with_windows;

-- The rows of best_minutes.
SELECT `user`, window_time, total, best, minutes_seen
FROM best_minutes;

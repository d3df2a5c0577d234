-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = America/New_York;

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
    coalesce(try_to_timestamp(CASE WHEN `time` RLIKE '^.{19} (Z|[+-](?:0\\d|1[0-7]):?[0-5]\\d)\\z' THEN `time` END, 'yyyy-MM-dd HH:mm:ss [XXX][XX]'), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- windows: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW windows AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_2_of_rows AS (
  SELECT
    *,
    window(event_time, '2 hours', '1 hour').end AS window_end
  FROM events
),
-- last_hour and last_two_hours per user, over windows of 1 hour and 2 hours of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE event_time >= window_end - INTERVAL '1' HOUR), 0) AS last_hour,
    COALESCE(SUM(amount), 0) AS last_two_hours
  FROM windows_2_of_rows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
  FROM windows_2
)
SELECT
  `user`,
  window_time,
  last_hour,
  last_two_hours,
  event_time
FROM with_time;

-- The rows of windows.
SELECT `user`, window_time, last_hour, last_two_hours
FROM windows;

-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  amount BIGINT,
  `at` BIGINT
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
    coalesce(CASE WHEN `at` BETWEEN -62135596800000 AND 253402300799999 THEN timestamp_millis(`at`) END, raise_error(concat('source events, column at: cannot use the timestamp ', coalesce(CAST(`at` AS STRING), 'NULL')))) AS event_time
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
    window(event_time, '10 seconds', '5 seconds').end AS window_end
  FROM events
),
-- total per user, over windows of 10 seconds of events that end every 5 seconds; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount), 0) AS total
  FROM windows_2_of_rows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    unix_millis(event_time) AS window_time
  FROM windows_2
)
SELECT
  `user`,
  window_time,
  total,
  event_time
FROM with_time;

-- The rows of windows.
SELECT `user`, window_time, total
FROM windows;

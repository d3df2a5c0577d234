-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

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

-- windows: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW windows AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_2_of_rows AS (
  SELECT
    *,
    window(event_time, '4 minutes', '1 minute').end AS window_end
  FROM events
),
-- total, times and greatest per user, over windows of 1 minute and 3 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows_2 AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE event_time >= window_end - INTERVAL '3' MINUTE), 0) AS total,
    COUNT(*) FILTER (WHERE event_time >= window_end - INTERVAL '1' MINUTE) AS times,
    MAX(amount) FILTER (WHERE event_time >= window_end - INTERVAL '3' MINUTE) AS greatest
  FROM windows_2_of_rows
  GROUP BY `user`, window_end
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    date_format(event_time, 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows_2
)
SELECT
  `user`,
  until,
  total,
  times,
  greatest,
  event_time
FROM with_time;

-- The rows of windows.
SELECT `user`, until, total, times, greatest
FROM windows;

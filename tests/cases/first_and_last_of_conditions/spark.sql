-- sessions, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  page STRING,
  `time` TIMESTAMP
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
    coalesce(date_trunc('MILLISECOND', `time`), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- sessions: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW sessions AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '1 hour', '1 hour').end AS window_end
  FROM events
),
-- began_at_home, ended_at_home and ended_outside per user, over windows of 1 hour of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    MIN_BY(page LIKE 'home%', CASE WHEN (page LIKE 'home%') IS NOT NULL THEN struct(event_time, page LIKE 'home%') END) AS began_at_home,
    MAX_BY(page LIKE 'home%', CASE WHEN (page LIKE 'home%') IS NOT NULL THEN struct(event_time, page LIKE 'home%') END) AS ended_at_home,
    MAX_BY(NOT page = 'home', CASE WHEN (NOT page = 'home') IS NOT NULL THEN struct(event_time, NOT page = 'home') END) AS ended_outside
  FROM windows_of_rows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
  FROM windows
)
SELECT
  `user`,
  window_time,
  began_at_home,
  ended_at_home,
  ended_outside,
  event_time
FROM with_time;

-- The rows of sessions.
SELECT `user`, window_time, began_at_home, ended_at_home, ended_outside
FROM sessions;

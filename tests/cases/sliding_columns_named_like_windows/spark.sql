-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  window_end STRING,
  window_start BIGINT,
  window_time BIGINT,
  `window` BIGINT,
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

-- windows: each window_end and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW windows AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_2_of_rows AS (
  SELECT
    *,
    window(event_time, '2 minutes', '1 minute').end AS window_end_
  FROM events
),
-- total and first per window_end, over windows of 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    window_end,
    window_end_ - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(window_start * 2) FILTER (WHERE `window` > 0), 0) AS total,
    MIN_BY(window_start, CASE WHEN window_start IS NOT NULL THEN struct(event_time, window_start) END) AS `first`
  FROM windows_2_of_rows
  GROUP BY window_end, window_end_
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
  FROM windows_2
)
SELECT
  window_end,
  window_time,
  total,
  `first`,
  event_time
FROM with_time;

-- The rows of windows.
SELECT window_end, window_time, total, `first`
FROM windows;

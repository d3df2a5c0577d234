-- hours, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = America/New_York;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  amount BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST'
);

-- events: each stored row whose event time can be read, with that instant.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    (try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss')) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- hours: each step and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW hours AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '1 hour', '1 hour').end AS window_end
  FROM events
),
-- total, over windows of 1 hour of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount), 0) AS total
  FROM windows_of_rows
  GROUP BY window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    date_format(event_time, 'yyyy-MM-dd HH:mm:ss') AS window_time
  FROM windows
)
SELECT
  window_time,
  total,
  event_time
FROM with_time;

-- The rows of hours.
SELECT window_time, total
FROM hours;

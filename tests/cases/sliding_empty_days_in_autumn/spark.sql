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
    events.*,
    CAST(window_end_day AS TIMESTAMP) AS window_end
  FROM events
  LATERAL VIEW explode(sequence(CAST(event_time AS DATE) + 1, CAST(event_time AS DATE) + 1 + 2, INTERVAL 1 DAY)) AS window_end_day
),
-- today and two_days per user, over windows of 1 day and 2 days of events that end every 1 day; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows_2 AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 1), 0) AS today,
    COUNT(amount) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 2) AS two_days
  FROM windows_2_of_rows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
  FROM windows_2
),
-- Each row, with the values of the row before it with the same user.
changed_or_not AS (
  SELECT
    LAG(event_time) OVER in_order AS previous_event_time,
    LAG(today) OVER in_order AS previous_today,
    LAG(two_days) OVER in_order AS previous_two_days,
    with_time.*
  FROM with_time
  WINDOW in_order AS (PARTITION BY `user` ORDER BY event_time)
),
-- Of these, the rows that differ in today and two_days from the row before of the same user.
changed AS (
  SELECT *
  FROM changed_or_not
  WHERE previous_event_time IS NULL
    OR today IS DISTINCT FROM previous_today
    OR two_days IS DISTINCT FROM previous_two_days
)
SELECT
  `user`,
  window_time,
  today,
  two_days,
  event_time
FROM changed;

-- The rows of windows.
SELECT `user`, window_time, today, two_days
FROM windows;

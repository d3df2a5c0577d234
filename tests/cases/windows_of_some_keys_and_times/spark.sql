-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = America/New_York;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  shop INT,
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

-- windows: each user and shop and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW windows AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_2_of_rows AS (
  SELECT
    *,
    window(event_time, '1 hour', '15 minutes').end AS window_end
  FROM events
),
-- bought per user and shop, over windows of 1 hour of events that end every 15 minutes; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    shop,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount), 0) AS bought
  FROM windows_2_of_rows
  GROUP BY `user`, shop, window_end
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
  shop,
  window_time,
  bought,
  event_time
FROM with_time;

-- windows_selected: the rows of windows with one of the keys that were asked for, from 2022-03-13 06:59:59.999 UTC on and before 2022-03-13 07:29:59.999 UTC.
CREATE OR REPLACE TEMPORARY VIEW windows_selected AS
SELECT *
FROM windows
WHERE `user` = 'ann' AND shop = 7 AND event_time >= TIMESTAMP '2022-03-13 06:59:59.999 UTC' AND event_time < TIMESTAMP '2022-03-13 07:29:59.999 UTC';

-- The rows of windows_selected.
SELECT `user`, shop, window_time, bought
FROM windows_selected;

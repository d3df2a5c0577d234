-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  code BINARY,
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
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    MIN(code) OVER last_1_minute_by_user AS least,
    MAX(code) OVER last_1_minute_by_user AS greatest,
    MAX(code) OVER all_so_far_by_user AS greatest_so_far,
    MAX(CASE WHEN code > CAST('b' AS BINARY) THEN code END) OVER last_1_minute_by_user AS greatest_of_b
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW),
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with least_of_2 of the latest rows, itself the last, and its place.
least_of_2_of_latest AS (
  SELECT
    *,
    MIN(code) OVER latest_2_by_user AS least_of_2_of_latest,
    COUNT(*) OVER in_order_by_user AS least_of_2_place
  FROM with_windows
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, code ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, code ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- least_of_2 of each row, in an array: NULL in it is a value, too.
least_of_2_held AS (
  SELECT
    *,
    array(least_of_2_of_latest) AS least_of_2_held
  FROM least_of_2_of_latest
),
-- Each row, with least_of_2 of the latest rows that there are up to its time.
least_of_2_latest AS (
  SELECT
    *,
    MAX_BY(least_of_2_held, CASE WHEN least_of_2_held IS NOT NULL THEN struct(event_time, least_of_2_place, least_of_2_held) END) OVER so_far_by_user AS least_of_2_carried
  FROM least_of_2_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with least_of_2 of the whole window, and of how many rows.
least_of_2_whole AS (
  SELECT
    *,
    MIN(code) OVER last_1_minute_by_user AS least_of_2_whole,
    COUNT(*) OVER last_1_minute_by_user AS least_of_2_rows
  FROM least_of_2_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with least_of_2 of no more than the latest.
least_of_2_limited AS (
  SELECT
    `user`,
    code,
    `time`,
    event_time,
    least,
    greatest,
    greatest_so_far,
    greatest_of_b,
    CASE WHEN least_of_2_rows > 2 THEN element_at(least_of_2_carried, 1) ELSE least_of_2_whole END AS least_of_2
  FROM least_of_2_whole
)
SELECT
  `user`,
  code,
  `time`,
  least,
  greatest,
  greatest_so_far,
  least_of_2,
  greatest_of_b,
  event_time
FROM least_of_2_limited;

-- windows: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW windows AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_2_of_rows AS (
  SELECT
    *,
    window(event_time, '3 minutes', '1 minute').end AS window_end
  FROM events
),
-- least_of_windows and greatest_of_windows per user, over windows of 1 minute and 3 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    MIN(code) FILTER (WHERE event_time >= window_end - INTERVAL '1' MINUTE) AS least_of_windows,
    MAX(code) AS greatest_of_windows
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
  least_of_windows,
  greatest_of_windows,
  event_time
FROM with_time;

-- features: each row of events_with_windows.
CREATE OR REPLACE TEMPORARY VIEW features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_windows_timeline AS (
  SELECT
    `user`,
    code,
    `time`,
    least,
    greatest,
    greatest_so_far,
    least_of_2,
    greatest_of_b,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<least_of_windows: BINARY, greatest_of_windows: BINARY, event_time: TIMESTAMP>) AS version
  FROM events_with_windows
  UNION ALL
  SELECT
    `user`,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    event_time,
    0,
    struct(least_of_windows, greatest_of_windows, event_time)
  FROM windows
  WHERE `user` IS NOT NULL
),
-- The same rows, each with the latest version at or before it.
with_windows_carried AS (
  SELECT
    `user`,
    code,
    `time`,
    least,
    greatest,
    greatest_so_far,
    least_of_2,
    greatest_of_b,
    event_time,
    side,
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
  FROM with_windows_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events_with_windows, with least_lately and greatest_lately of windows by user, from the window that is current at its time (0 or NULL where none is).
with_windows AS (
  SELECT
    `user`,
    code,
    `time`,
    least,
    greatest,
    greatest_so_far,
    least_of_2,
    greatest_of_b,
    event_time,
    CASE WHEN event_time < version.event_time + INTERVAL '1' MINUTE THEN version.least_of_windows END AS least_lately,
    CASE WHEN event_time < version.event_time + INTERVAL '1' MINUTE THEN version.greatest_of_windows END AS greatest_lately
  FROM with_windows_carried
  WHERE side = 1
)
SELECT
  `user`,
  code,
  `time`,
  least,
  greatest,
  greatest_so_far,
  least_of_2,
  greatest_of_b,
  least_lately,
  greatest_lately,
  event_time
FROM with_windows;

-- The rows of features.
SELECT `user`, code, `time`, least, greatest, greatest_so_far, least_of_2, greatest_of_b, least_lately, greatest_lately
FROM features;

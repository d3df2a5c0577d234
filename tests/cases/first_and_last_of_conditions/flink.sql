-- sessions, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  page STRING,
  `time` TIMESTAMP_LTZ(3),
  event_time AS CASE
    WHEN `time` IS NOT NULL AND CAST(`time` AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(CAST(`time` AS STRING), 'NULL') AS BOOLEAN)
    THEN CAST(`time` AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- sessions: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW sessions AS
WITH
-- Each row, with the value that counts for began_at_home, ended_at_home, ended_outside among the rows of its key and time.
windows_of_one_time AS (
  SELECT
    MIN(page LIKE 'home%') OVER same_time_by_user AS began_at_home_of_its_time,
    MAX(page LIKE 'home%') OVER same_time_by_user AS ended_at_home_of_its_time,
    MAX(NOT page = 'home') OVER same_time_by_user AS ended_outside_of_its_time,
    events.*
  FROM events
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The windows, with began_at_home, ended_at_home, ended_outside still behind the time of its row.
windows_stamped AS (
  SELECT
    `user`,
    window_time AS event_time,
    MIN(DATE_FORMAT(TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND, 'yyyyMMddHHmmssSSS') || LOWER(CAST(began_at_home_of_its_time AS STRING))) AS began_at_home,
    MAX(DATE_FORMAT(TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND, 'yyyyMMddHHmmssSSS') || LOWER(CAST(ended_at_home_of_its_time AS STRING))) AS ended_at_home,
    MAX(DATE_FORMAT(TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND, 'yyyyMMddHHmmssSSS') || LOWER(CAST(ended_outside_of_its_time AS STRING))) AS ended_outside
  FROM TABLE(HOP(TABLE windows_of_one_time, DESCRIPTOR(event_time), INTERVAL '1' HOUR, INTERVAL '1' HOUR))
  GROUP BY `user`, window_start, window_end, window_time
),
-- began_at_home, ended_at_home and ended_outside per user, over windows of 1 hour of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    event_time,
    CAST(SUBSTRING(began_at_home, 18) AS BOOLEAN) AS began_at_home,
    CAST(SUBSTRING(ended_at_home, 18) AS BOOLEAN) AS ended_at_home,
    CAST(SUBSTRING(ended_outside, 18) AS BOOLEAN) AS ended_outside
  FROM windows_stamped
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(event_time AS TIMESTAMP_LTZ(3)) AS window_time
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

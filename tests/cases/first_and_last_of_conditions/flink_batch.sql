-- sessions, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  page STRING,
  `time` TIMESTAMP_LTZ(3)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN `time` IS NOT NULL
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(CAST(`time` AS STRING), 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(`time` AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM CAST(`time` AS TIMESTAMP_LTZ(3)))
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

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
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_stamped AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 3600000) + 3600000, 3600000) + 1 * 3600000 AS window_end
  FROM windows_of_one_time
),
-- The windows, with began_at_home, ended_at_home, ended_outside still behind the time of its row.
windows_stamped AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    MIN(LPAD(CAST(event_time + 62135596800000 AS STRING), 15, '0') || LOWER(CAST(began_at_home_of_its_time AS STRING))) AS began_at_home,
    MAX(LPAD(CAST(event_time + 62135596800000 AS STRING), 15, '0') || LOWER(CAST(ended_at_home_of_its_time AS STRING))) AS ended_at_home,
    MAX(LPAD(CAST(event_time + 62135596800000 AS STRING), 15, '0') || LOWER(CAST(ended_outside_of_its_time AS STRING))) AS ended_outside
  FROM rows_of_windows_stamped
  GROUP BY `user`, window_end
),
-- began_at_home, ended_at_home and ended_outside per user, over windows of 1 hour of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    event_time,
    CAST(SUBSTRING(began_at_home, 16) AS BOOLEAN) AS began_at_home,
    CAST(SUBSTRING(ended_at_home, 16) AS BOOLEAN) AS ended_at_home,
    CAST(SUBSTRING(ended_outside, 16) AS BOOLEAN) AS ended_outside
  FROM windows_stamped
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
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

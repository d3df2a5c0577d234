-- windows, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  amount BIGINT,
  `time` STRING
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
      WHEN REGEXP(`time`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = SUBSTRING(`time`, 1, 19)
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (TO_TIMESTAMP_LTZ(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss', REGEXP_EXTRACT(`time`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- windows: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_2_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2 AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 3600000) + 3600000, 3600000) + window_number * 3600000 AS window_end
  FROM rows_of_windows_2_numbered
),
-- last_hour and last_two_hours per user, over windows of 1 hour and 2 hours of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE event_time >= window_end - 3600000), 0) AS last_hour,
    COALESCE(SUM(amount), 0) AS last_two_hours
  FROM rows_of_windows_2
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows_2
)
SELECT
  `user`,
  window_time,
  last_hour,
  last_two_hours,
  event_time
FROM with_time;

-- The rows of windows.
SELECT `user`, window_time, last_hour, last_two_hours
FROM windows;

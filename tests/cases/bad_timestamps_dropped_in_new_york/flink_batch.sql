-- hours, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  amount BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events: each stored row whose event time can be read, with that instant.
CREATE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- hours: each step and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW hours AS
WITH
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 3600000) + 3600000, 3600000) + 1 * 3600000 AS window_end
  FROM events
),
-- total, over windows of 1 hour of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    window_end - 1 AS event_time,
    COALESCE(SUM(amount), 0) AS total
  FROM rows_of_windows
  GROUP BY window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss') AS window_time
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

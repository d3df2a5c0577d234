-- best_minutes, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- best_minutes, feature 'best, minutes_seen': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  amount BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- minutes: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW minutes AS
WITH
-- total per user, over windows of 1 minute of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(amount), 0) AS total
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '1' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) AS window_time
  FROM windows
)
SELECT
  `user`,
  window_time,
  total,
  event_time
FROM with_time;

-- best_minutes: each row of minutes.
CREATE TEMPORARY VIEW best_minutes AS
WITH
-- Each row of minutes, with best and minutes_seen over the rows with its user from 2 minutes before its time up to it, both included.
last_2_minutes_by_user AS (
  SELECT
    MAX(total) OVER last_2_minutes_by_user AS best,
    COUNT(*) OVER last_2_minutes_by_user AS minutes_seen,
    minutes.*
  FROM minutes
  WINDOW
    last_2_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '2' MINUTE PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  window_time,
  total,
  best,
  minutes_seen,
  event_time
FROM last_2_minutes_by_user;

-- The rows of best_minutes.
SELECT `user`, window_time, total, best, minutes_seen
FROM best_minutes;

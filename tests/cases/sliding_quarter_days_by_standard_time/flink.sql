-- windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  amount BIGINT,
  `time` STRING,
  event_time AS TIMESTAMP '1970-01-01 00:00:00.000' + (CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- windows: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- total per user, over windows of 12 hours of events that end every 6 hours; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(amount), 0) AS total
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '6' HOUR, INTERVAL '12' HOUR, INTERVAL '5' HOUR))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(CAST(event_time AS STRING), 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC'), 'yyyy-MM-dd HH:mm:ss.SSSSSS') AS until
  FROM windows_2
)
SELECT
  `user`,
  until,
  total,
  event_time
FROM with_time;

-- The rows of windows.
SELECT `user`, until, total
FROM windows;

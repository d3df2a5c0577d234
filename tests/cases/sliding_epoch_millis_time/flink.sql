-- windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

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
  `at` BIGINT,
  event_time AS CASE
    WHEN `at` BETWEEN -62135596800000 AND 253402300799999
      OR CAST('source events, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
    THEN TO_TIMESTAMP_LTZ(`at`, 3)
  END,
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
-- total per user, over windows of 10 seconds of events that end every 5 seconds; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(amount), 0) AS total
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '5' SECOND, INTERVAL '10' SECOND))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) AS window_time
  FROM windows_2
)
SELECT
  `user`,
  window_time,
  total,
  event_time
FROM with_time;

-- The rows of windows.
SELECT `user`, window_time, total
FROM windows;

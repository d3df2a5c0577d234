-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'total_last_minute': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

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

-- events_with_windows: each row of events.
CREATE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row of events, with total_so_far and rows_so_far over all rows up to its time.
all_so_far AS (
  SELECT
    COALESCE(SUM(amount) OVER all_so_far, 0) AS total_so_far,
    COUNT(*) OVER all_so_far AS rows_so_far,
    events.*
  FROM events
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with total_last_minute over all rows from 1 minute before its time up to it, both included.
last_1_minute AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_minute, 0) AS total_last_minute,
    all_so_far.*
  FROM all_so_far
  WINDOW
    last_1_minute AS (ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with own_total_so_far over the rows with its user up to its time.
all_so_far_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER all_so_far_by_user, 0) AS own_total_so_far,
    last_1_minute.*
  FROM last_1_minute
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  `time`,
  total_so_far,
  rows_so_far,
  total_last_minute,
  own_total_so_far,
  event_time
FROM all_so_far_by_user;

-- The rows of events_with_windows.
SELECT `user`, `time`, total_so_far, rows_so_far, total_last_minute, own_total_so_far
FROM events_with_windows;

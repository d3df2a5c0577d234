-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'total': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

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
-- Each row, with first_of_its_time and last_of_its_time over the rows with its user at its time.
same_time_by_user_of_one_time AS (
  SELECT
    MIN(amount) OVER same_time_by_user AS first_of_its_time,
    MAX(amount) OVER same_time_by_user AS last_of_its_time,
    events.*
  FROM events
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row of events, with total over the rows with its user from 5 minutes before its time up to it, both included.
last_5_minutes_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER last_5_minutes_by_user, 0) AS total,
    same_time_by_user_of_one_time.*
  FROM same_time_by_user_of_one_time
  WINDOW
    last_5_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with first and last over the rows with its user up to its time.
all_so_far_by_user AS (
  SELECT
    FIRST_VALUE(first_of_its_time) OVER all_so_far_by_user AS `first`,
    LAST_VALUE(last_of_its_time) OVER all_so_far_by_user AS last,
    last_5_minutes_by_user.*
  FROM last_5_minutes_by_user
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  amount,
  `time`,
  total,
  `first`,
  last,
  event_time
FROM all_so_far_by_user;

-- The rows of events_with_windows.
SELECT `user`, amount, `time`, total, `first`, last
FROM events_with_windows;

-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'paid, payments, greatest, rows': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  kind STRING,
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
-- Each row of events, with paid, payments, greatest and rows over the rows with its user from 10 minutes before its time up to it, both included.
last_10_minutes_by_user AS (
  SELECT
    COALESCE(SUM(CASE WHEN kind = 'pay' THEN amount END) OVER last_10_minutes_by_user, 0) AS paid,
    COUNT(CASE WHEN kind = 'pay' THEN 1 END) OVER last_10_minutes_by_user AS payments,
    MAX(CASE WHEN kind = 'pay' AND amount < 100 THEN amount END) OVER last_10_minutes_by_user AS greatest,
    COUNT(*) OVER last_10_minutes_by_user AS `rows`,
    events.*
  FROM events
  WINDOW
    last_10_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '10' MINUTE PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  kind,
  amount,
  `time`,
  paid,
  payments,
  greatest,
  `rows`,
  event_time
FROM last_10_minutes_by_user;

-- The rows of events_with_windows.
SELECT `user`, kind, amount, `time`, paid, payments, greatest, `rows`
FROM events_with_windows;

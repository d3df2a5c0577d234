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
  kind STRING,
  amount DOUBLE,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
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

-- windows: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- paid, payments, greatest and all_rows per user, over windows of 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE kind = 'pay'), 0) AS paid,
    COUNT(*) FILTER (WHERE kind = 'pay') AS payments,
    MAX(amount) FILTER (WHERE kind = 'pay') AS greatest,
    COUNT(*) AS all_rows
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(event_time, 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows_2
)
SELECT
  `user`,
  until,
  paid,
  payments,
  greatest,
  all_rows,
  event_time
FROM with_time;

-- The rows of windows.
SELECT `user`, until, paid, payments, greatest, all_rows
FROM windows;

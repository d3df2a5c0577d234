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
-- total per user, over windows of 1 minute of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(amount), 0) AS total
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '1' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM FLOOR(TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND TO SECOND)) AS until
  FROM windows_2
),
-- Each user and window, stamped with its last millisecond, with is_great computed from it.
with_expressions AS (
  SELECT
    *,
    total >= 3 AS is_great
  FROM with_time
),
-- Of these, the rows for which the view's filter_expr is true.
kept AS (
  SELECT *
  FROM with_expressions
  WHERE is_great AND until > 1641031259
)
SELECT
  `user`,
  until,
  total,
  is_great,
  event_time
FROM kept;

-- The rows of windows.
SELECT `user`, until, total, is_great
FROM windows;

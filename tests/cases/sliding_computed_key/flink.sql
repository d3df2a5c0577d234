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
  shop INT,
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

-- windows: each who and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- Each row of events, with who computed from it.
with_expressions AS (
  SELECT
    *,
    LOWER(`user`) || '@' || CAST(shop AS STRING) AS who
  FROM events
),
-- total per who, over windows of 1 hour of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    who,
    window_time AS event_time,
    COALESCE(SUM(amount), 0) AS total
  FROM TABLE(HOP(TABLE with_expressions, DESCRIPTOR(event_time), INTERVAL '1' HOUR, INTERVAL '1' HOUR))
  GROUP BY who, window_start, window_end, window_time
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(event_time, 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows_2
)
SELECT
  who,
  until,
  total,
  event_time
FROM with_time;

-- The rows of windows.
SELECT who, until, total
FROM windows;

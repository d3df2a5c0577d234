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

-- windows: each step and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- total and mean, over windows of 5 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows_2 AS (
  SELECT
    window_time AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '5' MINUTE), 0) AS total,
    AVG(amount) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '5' MINUTE) AS mean
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '6' MINUTE))
  GROUP BY window_start, window_end, window_time
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(event_time, 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows_2
),
-- Each row, with the values of the row before it.
changed_or_not AS (
  SELECT
    LAG(event_time) OVER in_order AS previous_event_time,
    LAG(total) OVER in_order AS previous_total,
    LAG(mean) OVER in_order AS previous_mean,
    with_time.*
  FROM with_time
  WINDOW in_order AS (ORDER BY event_time)
),
-- Of these, the rows that differ in total and mean from the row before.
changed AS (
  SELECT *
  FROM changed_or_not
  WHERE previous_event_time IS NULL
    OR (total IS DISTINCT FROM previous_total AND (ABS(total - previous_total) <= 1E-9 * LEAST(ABS(total), ABS(previous_total))) IS NOT TRUE)
    OR (mean IS DISTINCT FROM previous_mean AND (ABS(mean - previous_mean) <= 1E-9 * LEAST(ABS(mean), ABS(previous_mean))) IS NOT TRUE)
)
SELECT
  until,
  total,
  mean,
  event_time
FROM changed;

-- The rows of windows.
SELECT until, total, mean
FROM windows;

-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'total, times': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

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
    WHEN REGEXP(`time`, '^.{19}\.(\d{1,6})\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = SUBSTRING(`time`, 1, 19) AND TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{19}\.(\d{1,6})\z', 1) || '00', 1, 3) AS INT), CAST(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{19}\.(\d{1,6})\z', 1) || '00', 1, 3) AS INT), CAST(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)))
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
-- Each row of events, with total and times over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_minute_by_user, 0) AS total,
    COUNT(*) OVER last_1_minute_by_user AS times,
    events.*
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  amount,
  `time`,
  total,
  times,
  event_time
FROM last_1_minute_by_user;

-- The rows of events_with_windows.
SELECT `user`, amount, `time`, total, times
FROM events_with_windows;

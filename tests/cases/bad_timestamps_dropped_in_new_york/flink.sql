-- hours, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  amount BIGINT,
  `time` STRING,
  event_time AS TIMESTAMP '1970-01-01 00:00:00.000' + (CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
    ELSE TO_TIMESTAMP_LTZ(-62135596800000, 3)
  END - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events: the stored rows whose event time can be read.
CREATE TEMPORARY VIEW events AS
SELECT *
FROM events_stored
WHERE event_time > TIMESTAMP '0001-01-02 00:00:00.000';

-- hours: each step and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW hours AS
WITH
-- total, over windows of 1 hour of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    window_time AS event_time,
    COALESCE(SUM(amount), 0) AS total
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' HOUR, INTERVAL '1' HOUR))
  GROUP BY window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(CAST(event_time AS STRING), 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC'), 'yyyy-MM-dd HH:mm:ss') AS window_time
  FROM windows
)
SELECT
  window_time,
  total,
  event_time
FROM with_time;

-- The rows of hours.
SELECT window_time, total
FROM hours;

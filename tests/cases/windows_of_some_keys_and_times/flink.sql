-- windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  shop INT,
  amount BIGINT,
  `time` STRING,
  event_time AS TIMESTAMP '1970-01-01 00:00:00.000' + (CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- windows: each user and shop and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- bought per user and shop, over windows of 1 hour of events that end every 15 minutes; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    shop,
    window_time AS event_time,
    COALESCE(SUM(amount), 0) AS bought
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '15' MINUTE, INTERVAL '1' HOUR))
  GROUP BY `user`, shop, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(TO_TIMESTAMP_LTZ(CAST(event_time AS STRING), 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC') AS TIMESTAMP_LTZ(3)) AS window_time
  FROM windows_2
)
SELECT
  `user`,
  shop,
  window_time,
  bought,
  event_time
FROM with_time;

-- windows_selected: the rows of windows with one of the keys that were asked for, from 2022-03-13 06:59:59.999 UTC on and before 2022-03-13 07:29:59.999 UTC.
CREATE TEMPORARY VIEW windows_selected AS
SELECT *
FROM windows
WHERE `user` = 'ann' AND shop = 7 AND event_time >= TIMESTAMP '2022-03-13 06:59:59.999' AND event_time < TIMESTAMP '2022-03-13 07:29:59.999';

-- The rows of windows_selected.
SELECT `user`, shop, window_time, bought
FROM windows_selected;

-- windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  window_end STRING,
  window_start BIGINT,
  window_time BIGINT,
  `window` BIGINT,
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

-- windows: each window_end and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- The columns that the windows need, beside those that they will have.
windows_2_input AS (
  SELECT
    event_time,
    window_end AS window_end_of_row,
    window_start AS window_start_of_row,
    `window`
  FROM events
),
-- Each row, with the value that counts for first among the rows of its key and time.
windows_2_renamed_of_one_time AS (
  SELECT
    MIN(window_start_of_row) OVER same_time_by_window_end_of_row AS first_of_its_time,
    windows_2_input.*
  FROM windows_2_input
  WINDOW
    same_time_by_window_end_of_row AS (PARTITION BY window_end_of_row ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The windows, with first still behind the time of its row.
windows_2_renamed_stamped AS (
  SELECT
    window_end_of_row,
    window_time AS event_time,
    COALESCE(SUM(window_start_of_row * 2) FILTER (WHERE `window` > 0), 0) AS total,
    MIN(DATE_FORMAT(TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND, 'yyyyMMddHHmmssSSS') || CAST(first_of_its_time AS STRING)) AS `first`
  FROM TABLE(HOP(TABLE windows_2_renamed_of_one_time, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE))
  GROUP BY window_end_of_row, window_start, window_end, window_time
),
-- The windows, their keys renamed.
windows_2_renamed AS (
  SELECT
    window_end_of_row,
    event_time,
    total,
    CAST(SUBSTRING(`first`, 18) AS BIGINT) AS `first`
  FROM windows_2_renamed_stamped
),
-- total and first per window_end, over windows of 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    window_end_of_row AS window_end,
    event_time,
    total,
    `first`
  FROM windows_2_renamed
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(event_time AS TIMESTAMP_LTZ(3)) AS window_time
  FROM windows_2
)
SELECT
  window_end,
  window_time,
  total,
  `first`,
  event_time
FROM with_time;

-- The rows of windows.
SELECT window_end, window_time, total, `first`
FROM windows;

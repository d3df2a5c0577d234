-- windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- visits: json files.
CREATE TEMPORARY TABLE visits (
  `user` STRING,
  pages BIGINT,
  `day` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`day`, 'yyyy-MM-dd'), 'yyyy-MM-dd') = `day`
      OR CAST('source visits, column day: cannot use the timestamp ' || COALESCE(`day`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`day`, 'yyyy-MM-dd') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'visits.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- windows: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- three_years and a_decade per user, over windows of 1095 days and 3650 days of visits that end every 365 days; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(pages) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - (INTERVAL '999' DAY(3) * 1 + INTERVAL '96' DAY)), 0) AS three_years,
    COALESCE(SUM(pages), 0) AS a_decade
  FROM TABLE(HOP(TABLE visits, DESCRIPTOR(event_time), INTERVAL '365' DAY(3), INTERVAL '3650' DAY(4)))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(event_time, 'yyyy-MM-dd HH:mm:ss.SSSSSS') AS window_time
  FROM windows_2
)
SELECT
  `user`,
  window_time,
  three_years,
  a_decade,
  event_time
FROM with_time;

-- The rows of windows.
SELECT `user`, window_time, three_years, a_decade
FROM windows;

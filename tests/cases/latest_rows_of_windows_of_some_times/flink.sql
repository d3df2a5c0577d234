-- windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases: json files.
CREATE TEMPORARY TABLE purchases (
  `user` STRING,
  cost BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
      OR CAST('source purchases, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchases.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- windows: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- Each row once for each window that holds it.
rows_of_windows_2 AS (
  SELECT *
  FROM TABLE(HOP(TABLE purchases, DESCRIPTOR(event_time), INTERVAL '1' HOUR, INTERVAL '2' HOUR))
),
-- The same, with last_two_counts: whether the row counts for last_two.
windows_2_with_last_two_matching AS (
  SELECT
    *,
    (CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '1' HOUR) IS TRUE AS last_two_counts
  FROM rows_of_windows_2
),
-- Of these, the 2 latest of each window, from the latest.
windows_2_with_last_two_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_start, window_end, last_two_counts ORDER BY event_time DESC, cost DESC) AS last_two_age
    FROM windows_2_with_last_two_matching
  )
  WHERE last_two_age <= 2
),
-- last_two of each window, from these rows.
windows_2_with_last_two AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(cost) FILTER (WHERE last_two_counts), 0) AS last_two
  FROM windows_2_with_last_two_ranked
  GROUP BY `user`, window_start, window_end, window_time
),
-- all, which any order of the rows gives.
windows_2_with_all AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(cost), 0) AS `all`
  FROM TABLE(HOP(TABLE purchases, DESCRIPTOR(event_time), INTERVAL '1' HOUR, INTERVAL '2' HOUR))
  GROUP BY `user`, window_start, window_end, window_time
),
-- last_two and all per user, over windows of 1 hour and 2 hours of purchases that end every 1 hour; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    l.`user`,
    l.event_time,
    l.last_two,
    r.`all`
  FROM windows_2_with_last_two AS l
  JOIN windows_2_with_all AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(event_time AS TIMESTAMP_LTZ(3)) AS window_time
  FROM windows_2
)
SELECT
  `user`,
  window_time,
  last_two,
  `all`,
  event_time
FROM with_time;

-- windows_selected: the rows of windows from 2022-01-01 09:00:00.000 UTC on and before 2022-01-01 11:00:00.000 UTC.
CREATE TEMPORARY VIEW windows_selected AS
SELECT *
FROM windows
WHERE CAST(event_time AS TIMESTAMP_LTZ(3)) >= TO_TIMESTAMP_LTZ('2022-01-01 09:00:00.000', 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC') AND CAST(event_time AS TIMESTAMP_LTZ(3)) < TO_TIMESTAMP_LTZ('2022-01-01 11:00:00.000', 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC');

-- The rows of windows_selected.
SELECT `user`, window_time, last_two, `all`
FROM windows_selected;

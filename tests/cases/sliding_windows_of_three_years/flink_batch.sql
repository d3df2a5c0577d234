-- windows, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- visits_stored: json files.
CREATE TEMPORARY TABLE visits_stored (
  `user` STRING,
  pages BIGINT,
  `day` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'visits.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- visits: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW visits AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`day`, 'yyyy-MM-dd'), 'yyyy-MM-dd') = `day`
        OR CAST('source visits, column day: cannot use the timestamp ' || COALESCE(`day`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`day`, 'yyyy-MM-dd') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM visits_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- windows: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- Each row 10 times: once for each window that holds it, from the first on.
rows_of_windows_2_numbered AS (
  SELECT
    visits.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM visits
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 9), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2 AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TIMESTAMPADD(DAY, window_number * 365 - MOD(MOD(TIMESTAMPDIFF(DAY, DATE '1970-01-01', CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)), 365) + 365, 365), CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) AS TIMESTAMP(3)) AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 AS window_end
  FROM rows_of_windows_2_numbered
),
-- three_years and a_decade per user, over windows of 1095 days and 3650 days of visits that end every 365 days; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(pages) FILTER (WHERE CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -1095, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE))), 0) AS three_years,
    COALESCE(SUM(pages), 0) AS a_decade
  FROM rows_of_windows_2
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss.SSSSSS') AS window_time
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

-- windows, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases_stored: json files.
CREATE TEMPORARY TABLE purchases_stored (
  `user` STRING,
  cost BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchases.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- purchases: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW purchases AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source purchases, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM purchases_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- windows: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_2_numbered AS (
  SELECT
    purchases.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM purchases
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_ended AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 3600000) + 3600000, 3600000) + window_number * 3600000 AS window_end
  FROM rows_of_windows_2_numbered
),
-- Each row once for each window that holds it.
rows_of_windows_2 AS (
  SELECT
    *,
    window_end - 7200000 AS window_start,
    window_end - 1 AS window_time
  FROM rows_of_windows_2_ended
),
-- The same, with last_two_counts: whether the row counts for last_two.
windows_2_with_last_two_matching AS (
  SELECT
    *,
    (event_time >= window_end - 3600000) IS TRUE AS last_two_counts
  FROM rows_of_windows_2
),
-- Of these, the 2 latest of each window, from the latest.
windows_2_with_last_two_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY last_two_counts DESC, event_time DESC, cost DESC) AS last_two_age
    FROM windows_2_with_last_two_matching
  )
  WHERE last_two_age <= 2
),
-- last_two of each window, from these rows.
windows_2_with_last_two AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(cost) FILTER (WHERE last_two_counts), 0) AS last_two
  FROM windows_2_with_last_two_ranked
  GROUP BY `user`, window_end
),
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_2_with_all_numbered AS (
  SELECT
    purchases.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM purchases
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_with_all AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 3600000) + 3600000, 3600000) + window_number * 3600000 AS window_end
  FROM rows_of_windows_2_with_all_numbered
),
-- all, which any order of the rows gives.
windows_2_with_all AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(cost), 0) AS `all`
  FROM rows_of_windows_2_with_all
  GROUP BY `user`, window_end
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
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
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
WHERE event_time >= 1641027600000 AND event_time < 1641034800000;

-- The rows of windows_selected.
SELECT `user`, window_time, last_two, `all`
FROM windows_selected;

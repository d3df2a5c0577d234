-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- visits_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW visits_stored (
  `user` STRING,
  pages BIGINT,
  `day` STRING
) USING json OPTIONS (
  'path' 'visits.jsonl',
  'mode' 'FAILFAST'
);

-- visits: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW visits AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`day`, 'yyyy-MM-dd'), raise_error(concat('source visits, column day: cannot use the timestamp ', coalesce(CAST(`day` AS STRING), 'NULL')))) AS event_time
  FROM visits_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- windows: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW windows AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_2_of_rows AS (
  SELECT
    visits.*,
    CAST(window_end_day AS TIMESTAMP) AS window_end
  FROM visits
  LATERAL VIEW explode(sequence(CAST(event_time AS DATE) + (365 - pmod(unix_date(CAST(event_time AS DATE)), 365)), CAST(event_time AS DATE) + (365 - pmod(unix_date(CAST(event_time AS DATE)), 365)) + 3285, INTERVAL 365 DAY)) AS window_end_day
),
-- three_years and a_decade per user, over windows of 1095 days and 3650 days of visits that end every 365 days; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(pages) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 1095), 0) AS three_years,
    COALESCE(SUM(pages), 0) AS a_decade
  FROM windows_2_of_rows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    date_format(event_time, 'yyyy-MM-dd HH:mm:ss.SSSSSS') AS window_time
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

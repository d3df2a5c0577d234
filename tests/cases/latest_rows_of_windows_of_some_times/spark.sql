-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- purchases_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW purchases_stored (
  `user` STRING,
  cost BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'purchases.jsonl',
  'mode' 'FAILFAST'
);

-- purchases: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW purchases AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source purchases, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM purchases_stored
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
    *,
    window(event_time, '2 hours', '1 hour').end AS window_end
  FROM purchases
),
-- Each of these, with its age among the rows of its window that count: the latest has 1.
windows_2_by_age AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end, (event_time >= window_end - INTERVAL '1' HOUR) IS TRUE ORDER BY event_time DESC, cost DESC) AS age_for_last_two
  FROM windows_2_of_rows
),
-- last_two and all per user, over windows of 1 hour and 2 hours of purchases that end every 1 hour; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(cost) FILTER (WHERE event_time >= window_end - INTERVAL '1' HOUR AND age_for_last_two <= 2), 0) AS last_two,
    COALESCE(SUM(cost), 0) AS `all`
  FROM windows_2_by_age
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
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
CREATE OR REPLACE TEMPORARY VIEW windows_selected AS
SELECT *
FROM windows
WHERE event_time >= TIMESTAMP '2022-01-01 09:00:00.000 UTC' AND event_time < TIMESTAMP '2022-01-01 11:00:00.000 UTC';

-- The rows of windows_selected.
SELECT `user`, window_time, last_two, `all`
FROM windows_selected;

-- deviations, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- orders_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW orders_stored (
  `user` STRING,
  price DOUBLE,
  `time` STRING
) USING json OPTIONS (
  'path' 'orders.jsonl',
  'mode' 'FAILFAST'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source orders, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM orders_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- deviations: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW deviations AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '2 minutes', '1 minute').end AS window_end
  FROM orders
),
-- Each of these, with its age among the rows of its window that count: the latest has 1.
windows_by_age AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, COALESCE(price, 0) DESC) AS age_for_of_latest
  FROM windows_of_rows
),
-- variance, deviation, of_dear, of_latest, of_all, average, least and last per user, over windows of 1 minute and 2 minutes of orders that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    VAR_SAMP(COALESCE(price, 0)) AS variance,
    STDDEV_SAMP(COALESCE(price, 0)) FILTER (WHERE event_time >= window_end - INTERVAL '1' MINUTE) AS deviation,
    VAR_SAMP(COALESCE(price, 0)) FILTER (WHERE price > 5) AS of_dear,
    VAR_SAMP(COALESCE(price, 0)) FILTER (WHERE age_for_of_latest <= 2) AS of_latest,
    VAR_POP(COALESCE(price, 0)) FILTER (WHERE price > 5) AS of_all,
    AVG(COALESCE(price, 0)) FILTER (WHERE price > 5) AS average,
    MIN(COALESCE(price, 0)) FILTER (WHERE price > 5) AS least,
    MAX_BY(COALESCE(price, 0), CASE WHEN COALESCE(price, 0) IS NOT NULL THEN struct(event_time, COALESCE(price, 0)) END) FILTER (WHERE price > 5) AS last
  FROM windows_by_age
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
  FROM windows
)
SELECT
  `user`,
  window_time,
  variance,
  deviation,
  of_dear,
  of_latest,
  of_all,
  average,
  least,
  last,
  event_time
FROM with_time;

-- The rows of deviations.
SELECT `user`, window_time, variance, deviation, of_dear, of_latest, of_all, average, least, last
FROM deviations;

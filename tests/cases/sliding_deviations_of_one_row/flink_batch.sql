-- deviations, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders_stored: json files.
CREATE TEMPORARY TABLE orders_stored (
  `user` STRING,
  price DOUBLE,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source orders, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM orders_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- deviations: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW deviations AS
WITH
-- Each row, with the value that counts for last among the rows of its key and time.
windows_of_one_time AS (
  SELECT
    MAX(CASE WHEN price > 5 THEN COALESCE(price, 0) END) OVER same_time_by_user AS last_of_its_time,
    orders.*
  FROM orders
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_stamped_with_variance_and_more_numbered AS (
  SELECT
    windows_of_one_time.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM windows_of_one_time
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_stamped_with_variance_and_more AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_stamped_with_variance_and_more_numbered
),
-- variance, deviation, of_dear, of_all, average, least, last, which any order of the rows gives.
windows_stamped_with_variance_and_more AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(COALESCE(price, 0)) > 1 THEN VAR_SAMP(COALESCE(price, 0)) END AS variance,
    CASE WHEN COUNT(COALESCE(price, 0)) FILTER (WHERE event_time >= window_end - 60000) > 1 THEN STDDEV_SAMP(COALESCE(price, 0)) FILTER (WHERE event_time >= window_end - 60000) END AS deviation,
    CASE WHEN COUNT(COALESCE(price, 0)) FILTER (WHERE price > 5) > 1 THEN VAR_SAMP(COALESCE(price, 0)) FILTER (WHERE price > 5) END AS of_dear,
    VAR_POP(COALESCE(price, 0)) FILTER (WHERE price > 5) AS of_all,
    AVG(COALESCE(price, 0)) FILTER (WHERE price > 5) AS average,
    MIN(COALESCE(price, 0)) FILTER (WHERE price > 5) AS least,
    MAX(LPAD(CAST(event_time + 62135596800000 AS STRING), 15, '0') || CAST(last_of_its_time AS STRING)) AS last
  FROM rows_of_windows_stamped_with_variance_and_more
  GROUP BY `user`, window_end
),
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_stamped_numbered AS (
  SELECT
    windows_of_one_time.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM windows_of_one_time
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_stamped_ended AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_stamped_numbered
),
-- Each row once for each window that holds it.
rows_of_windows_stamped AS (
  SELECT
    *,
    window_end - 120000 AS window_start,
    window_end - 1 AS window_time
  FROM rows_of_windows_stamped_ended
),
-- Of these, the 2 latest of each window, from the latest.
windows_stamped_with_of_latest_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, COALESCE(price, 0) DESC) AS of_latest_age
    FROM rows_of_windows_stamped
  )
  WHERE of_latest_age <= 2
),
-- of_latest of each window, from these rows.
windows_stamped_with_of_latest AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(COALESCE(price, 0)) > 1 THEN VAR_SAMP(COALESCE(price, 0)) END AS of_latest
  FROM windows_stamped_with_of_latest_ranked
  GROUP BY `user`, window_end
),
-- The windows, with last still behind the time of its row.
windows_stamped AS (
  SELECT
    l.`user`,
    l.event_time,
    l.variance,
    l.deviation,
    l.of_dear,
    r.of_latest,
    l.of_all,
    l.average,
    l.least,
    l.last
  FROM windows_stamped_with_variance_and_more AS l
  JOIN windows_stamped_with_of_latest AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- variance, deviation, of_dear, of_latest, of_all, average, least and last per user, over windows of 1 minute and 2 minutes of orders that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    event_time,
    variance,
    deviation,
    of_dear,
    of_latest,
    of_all,
    average,
    least,
    CAST(SUBSTRING(last, 16) AS DOUBLE) AS last
  FROM windows_stamped
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
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

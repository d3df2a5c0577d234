-- deviations, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders: json files.
CREATE TEMPORARY TABLE orders (
  `user` STRING,
  price DOUBLE,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source orders, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

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
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- variance, deviation, of_dear, of_all, average, least, last, which any order of the rows gives.
windows_stamped_with_variance_and_more AS (
  SELECT
    `user`,
    window_time AS event_time,
    CASE WHEN COUNT(COALESCE(price, 0)) > 1 THEN VAR_SAMP(COALESCE(price, 0)) END AS variance,
    CASE WHEN COUNT(COALESCE(price, 0)) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '1' MINUTE) > 1 THEN STDDEV_SAMP(COALESCE(price, 0)) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '1' MINUTE) END AS deviation,
    CASE WHEN COUNT(COALESCE(price, 0)) FILTER (WHERE price > 5) > 1 THEN VAR_SAMP(COALESCE(price, 0)) FILTER (WHERE price > 5) END AS of_dear,
    VAR_POP(COALESCE(price, 0)) FILTER (WHERE price > 5) AS of_all,
    AVG(COALESCE(price, 0)) FILTER (WHERE price > 5) AS average,
    MIN(COALESCE(price, 0)) FILTER (WHERE price > 5) AS least,
    MAX(DATE_FORMAT(TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND, 'yyyyMMddHHmmssSSS') || CAST(last_of_its_time AS STRING)) AS last
  FROM TABLE(HOP(TABLE windows_of_one_time, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- Each row once for each window that holds it.
rows_of_windows_stamped AS (
  SELECT *
  FROM TABLE(HOP(TABLE windows_of_one_time, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE))
),
-- Of these, the 2 latest of each window, from the latest.
windows_stamped_with_of_latest_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_start, window_end ORDER BY event_time DESC, COALESCE(price, 0) DESC) AS of_latest_age
    FROM rows_of_windows_stamped
  )
  WHERE of_latest_age <= 2
),
-- of_latest of each window, from these rows.
windows_stamped_with_of_latest AS (
  SELECT
    `user`,
    window_time AS event_time,
    CASE WHEN COUNT(COALESCE(price, 0)) > 1 THEN VAR_SAMP(COALESCE(price, 0)) END AS of_latest
  FROM windows_stamped_with_of_latest_ranked
  GROUP BY `user`, window_start, window_end, window_time
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
    CAST(SUBSTRING(last, 18) AS DOUBLE) AS last
  FROM windows_stamped
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(event_time AS TIMESTAMP_LTZ(3)) AS window_time
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

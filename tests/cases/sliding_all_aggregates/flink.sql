-- windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  amount INT,
  city STRING,
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

-- windows: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- Each row, with the value that counts for first, last, first_city, last_city among the rows of its key and time.
windows_2_of_one_time AS (
  SELECT
    MIN(amount) OVER same_time_by_user AS first_of_its_time,
    MAX(amount) OVER same_time_by_user AS last_of_its_time,
    MIN(city) OVER same_time_by_user AS first_city_of_its_time,
    MAX(city) OVER same_time_by_user AS last_city_of_its_time,
    events.*
  FROM events
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The windows, with first, last, first_city, last_city still behind the time of its row.
windows_2_stamped AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(CAST(amount AS BIGINT)), 0) AS total,
    COUNT(amount) AS known,
    AVG(CAST(amount AS DOUBLE)) AS mean,
    MIN(amount) AS least,
    MAX(amount) AS greatest,
    MIN(DATE_FORMAT(TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND, 'yyyyMMddHHmmssSSS') || CAST(first_of_its_time AS STRING)) AS `first`,
    MAX(DATE_FORMAT(TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND, 'yyyyMMddHHmmssSSS') || CAST(last_of_its_time AS STRING)) AS last,
    MIN(DATE_FORMAT(TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND, 'yyyyMMddHHmmssSSS') || first_city_of_its_time) AS first_city,
    MAX(DATE_FORMAT(TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND, 'yyyyMMddHHmmssSSS') || last_city_of_its_time) AS last_city,
    MAX(city) AS greatest_city
  FROM TABLE(HOP(TABLE windows_2_of_one_time, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- total, known, mean, least, greatest, first, last, first_city, last_city and greatest_city per user, over windows of 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    event_time,
    total,
    known,
    mean,
    least,
    greatest,
    greatest_city,
    CAST(SUBSTRING(`first`, 18) AS INT) AS `first`,
    CAST(SUBSTRING(last, 18) AS INT) AS last,
    SUBSTRING(first_city, 18) AS first_city,
    SUBSTRING(last_city, 18) AS last_city
  FROM windows_2_stamped
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(event_time, 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows_2
)
SELECT
  `user`,
  until,
  total,
  known,
  mean,
  least,
  greatest,
  `first`,
  last,
  first_city,
  last_city,
  greatest_city,
  event_time
FROM with_time;

-- The rows of windows.
SELECT `user`, until, total, known, mean, least, greatest, `first`, last, first_city, last_city, greatest_city
FROM windows;

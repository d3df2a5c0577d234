-- windows, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  amount INT,
  city STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

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
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_2_stamped_numbered AS (
  SELECT
    windows_2_of_one_time.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM windows_2_of_one_time
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_stamped AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_2_stamped_numbered
),
-- The windows, with first, last, first_city, last_city still behind the time of its row.
windows_2_stamped AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(CAST(amount AS BIGINT)), 0) AS total,
    COUNT(amount) AS known,
    AVG(CAST(amount AS DOUBLE)) AS mean,
    MIN(amount) AS least,
    MAX(amount) AS greatest,
    MIN(LPAD(CAST(event_time + 62135596800000 AS STRING), 15, '0') || CAST(first_of_its_time AS STRING)) AS `first`,
    MAX(LPAD(CAST(event_time + 62135596800000 AS STRING), 15, '0') || CAST(last_of_its_time AS STRING)) AS last,
    MIN(LPAD(CAST(event_time + 62135596800000 AS STRING), 15, '0') || first_city_of_its_time) AS first_city,
    MAX(LPAD(CAST(event_time + 62135596800000 AS STRING), 15, '0') || last_city_of_its_time) AS last_city,
    MAX(city) AS greatest_city
  FROM rows_of_windows_2_stamped
  GROUP BY `user`, window_end
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
    CAST(SUBSTRING(`first`, 16) AS INT) AS `first`,
    CAST(SUBSTRING(last, 16) AS INT) AS last,
    SUBSTRING(first_city, 16) AS first_city,
    SUBSTRING(last_city, 16) AS last_city
  FROM windows_2_stamped
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss') AS until
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

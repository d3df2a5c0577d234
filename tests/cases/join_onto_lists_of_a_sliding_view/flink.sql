-- visits_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- visits: json files.
CREATE TEMPORARY TABLE visits (
  id INT,
  `user` STRING,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source visits, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'visits.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  city STRING,
  amount BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '0 00:01:00.001' DAY(3) TO SECOND(3)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- windows_current: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows_current AS
WITH
-- Each row once for each window that holds it.
rows_of_windows_2 AS (
  SELECT *
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '3' MINUTE))
),
-- Of these, the 1 latest of each window, from the latest.
windows_2_with_latest_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_start, window_end ORDER BY event_time DESC, amount DESC) AS latest_age
    FROM rows_of_windows_2
  )
  WHERE latest_age <= 1
),
-- latest of each window, from these rows.
windows_2_with_latest AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(amount), 0) AS latest
  FROM windows_2_with_latest_ranked
  GROUP BY `user`, window_start, window_end, window_time
),
-- different, spread, which any order of the rows gives.
windows_2_with_different_and_more AS (
  SELECT
    `user`,
    window_time AS event_time,
    COUNT(DISTINCT city) AS different,
    VAR_POP(CAST(amount AS DOUBLE)) AS spread
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '3' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same windows, with spread.
windows_2_and_spread AS (
  SELECT
    l.`user`,
    l.event_time,
    l.latest,
    r.different,
    r.spread
  FROM windows_2_with_latest AS l
  JOIN windows_2_with_different_and_more AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- Of these, all of each window, from the latest.
windows_2_with_cities_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_start, window_end ORDER BY event_time DESC, city DESC) AS cities_age
    FROM rows_of_windows_2
  )
  WHERE cities_age <= 1000000000000
),
-- cities of each window, from these rows.
windows_2_with_cities AS (
  SELECT
    `user`,
    window_time AS event_time,
    CASE WHEN COUNT(city) FILTER (WHERE city IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(city) FILTER (WHERE city IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS cities
  FROM windows_2_with_cities_ranked
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same windows, with cities.
windows_2_and_cities AS (
  SELECT
    l.`user`,
    l.event_time,
    l.latest,
    l.different,
    r.cities,
    l.spread
  FROM windows_2_and_spread AS l
  JOIN windows_2_with_cities AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with how_often_value: what the row counts for, NULL if it does not count.
windows_2_with_how_often_values AS (
  SELECT
    *,
    CASE WHEN CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' MINUTE THEN city END AS how_often_value
  FROM rows_of_windows_2
),
-- How often each value is in each window.
windows_2_with_how_often_counted AS (
  SELECT
    `user`,
    window_start,
    window_end,
    window_time,
    how_often_value,
    COUNT(*) AS how_often_times
  FROM windows_2_with_how_often_values
  GROUP BY `user`, window_start, window_end, window_time, how_often_value
),
-- how_often of each window, from these rows.
windows_2_with_how_often AS (
  SELECT
    `user`,
    window_time AS event_time,
    MAP_FROM_ARRAYS(
      ARRAY_AGG(how_often_value) FILTER (WHERE how_often_value IS NOT NULL),
      ARRAY_AGG(how_often_times) FILTER (WHERE how_often_value IS NOT NULL)
    ) AS how_often
  FROM windows_2_with_how_often_counted
  GROUP BY `user`, window_start, window_end, window_time
),
-- latest, different, cities, how_often and spread per user, over windows of 2 minutes and 3 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    l.`user`,
    l.event_time,
    l.latest,
    l.different,
    l.cities,
    r.how_often,
    l.spread
  FROM windows_2_and_cities AS l
  JOIN windows_2_with_how_often AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
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
  latest,
  different,
  cities,
  how_often,
  spread,
  event_time
FROM with_time;

-- windows_current_by_user: the versions of windows_current, each valid from its event time on.
CREATE TEMPORARY VIEW windows_current_by_user AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    `user`,
    latest,
    different,
    cities,
    how_often,
    spread,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM windows_current
  WINDOW same_time AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    `user`,
    latest,
    different,
    cities,
    how_often,
    spread,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  `user`,
  latest,
  different,
  cities,
  how_often,
  spread,
  event_time
FROM numbered
WHERE age = 1 AND `user` IS NOT NULL;

-- visits_with_windows: each row of visits.
CREATE TEMPORARY VIEW visits_with_windows AS
WITH
-- Each row of visits, with latest, different, cities, how_often and spread of windows by user, from the window that is current at its time (0 or NULL where none is).
with_windows AS (
  SELECT
    l.*,
    COALESCE(r.latest, 0) AS latest,
    COALESCE(r.different, 0) AS different,
    r.cities,
    r.how_often,
    r.spread
  FROM visits AS l
  LEFT JOIN windows_current_by_user FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.`user` = r.`user`
    AND l.event_time < r.event_time + INTERVAL '1' MINUTE
)
SELECT
  id,
  `user`,
  `time`,
  latest,
  different,
  cities,
  how_often,
  spread,
  event_time
FROM with_windows;

-- The rows of visits_with_windows.
SELECT id, `user`, `time`, latest, different, cities, how_often, spread
FROM visits_with_windows;

-- visits_with_windows, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- visits_stored: json files.
CREATE TEMPORARY TABLE visits_stored (
  id INT,
  `user` STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'visits.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  city STRING,
  amount BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
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
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source visits, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM visits_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

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

-- windows_current: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows_current AS
WITH
-- Each row 3 times: once for each window that holds it, from the first on.
rows_of_windows_2_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 2), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_ended AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_2_numbered
),
-- Each row once for each window that holds it.
rows_of_windows_2 AS (
  SELECT
    *,
    window_end - 180000 AS window_start,
    window_end - 1 AS window_time
  FROM rows_of_windows_2_ended
),
-- Of these, the 1 latest of each window, from the latest.
windows_2_with_latest_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, amount DESC) AS latest_age
    FROM rows_of_windows_2
  )
  WHERE latest_age <= 1
),
-- latest of each window, from these rows.
windows_2_with_latest AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount), 0) AS latest
  FROM windows_2_with_latest_ranked
  GROUP BY `user`, window_end
),
-- Each row 3 times: once for each window that holds it, from the first on.
rows_of_windows_2_with_different_and_more_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 2), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_with_different_and_more AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_2_with_different_and_more_numbered
),
-- different, spread, which any order of the rows gives.
windows_2_with_different_and_more AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COUNT(DISTINCT city) AS different,
    VAR_POP(CAST(amount AS DOUBLE)) AS spread
  FROM rows_of_windows_2_with_different_and_more
  GROUP BY `user`, window_end
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
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, city DESC) AS cities_age
    FROM rows_of_windows_2
  )
  WHERE cities_age <= 1000000000000
),
-- cities of each window, from these rows.
windows_2_with_cities AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(city) FILTER (WHERE city IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(city) FILTER (WHERE city IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS cities
  FROM windows_2_with_cities_ranked
  GROUP BY `user`, window_end
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
    CASE WHEN event_time >= window_end - 120000 THEN city END AS how_often_value
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
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss') AS until
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

-- visits_with_windows: each row of visits.
CREATE TEMPORARY VIEW visits_with_windows AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_windows_timeline AS (
  SELECT
    id,
    `user`,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<latest BIGINT, different BIGINT, cities ARRAY<STRING>, how_often MAP<STRING, BIGINT>, spread DOUBLE, event_time BIGINT>) AS version
  FROM visits
  UNION ALL
  SELECT
    CAST(NULL AS INT),
    `user`,
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(latest, different, cities, how_often, spread, event_time) AS ROW<latest BIGINT, different BIGINT, cities ARRAY<STRING>, how_often MAP<STRING, BIGINT>, spread DOUBLE, event_time BIGINT>)
  FROM windows_current
  WHERE `user` IS NOT NULL
),
-- The same rows, each with the latest version at or before it.
with_windows_carried AS (
  SELECT
    id,
    `user`,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_windows_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of visits, with latest, different, cities, how_often and spread of windows by user, from the window that is current at its time (0 or NULL where none is).
with_windows AS (
  SELECT
    id,
    `user`,
    `time`,
    event_time,
    COALESCE(CASE WHEN event_time < version.event_time + 60000 THEN version.latest END, 0) AS latest,
    COALESCE(CASE WHEN event_time < version.event_time + 60000 THEN version.different END, 0) AS different,
    CASE WHEN event_time < version.event_time + 60000 THEN version.cities END AS cities,
    CASE WHEN event_time < version.event_time + 60000 THEN version.how_often END AS how_often,
    CASE WHEN event_time < version.event_time + 60000 THEN version.spread END AS spread
  FROM with_windows_carried
  WHERE side = 1
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

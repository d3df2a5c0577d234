-- visits_with_windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- visits_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW visits_stored (
  id INT,
  `user` STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'visits.jsonl',
  'mode' 'FAILFAST'
);

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  city STRING,
  amount BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST'
);

-- visits: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW visits AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source visits, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM visits_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- windows_current: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW windows_current AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_2_of_rows AS (
  SELECT
    *,
    window(event_time, '3 minutes', '1 minute').end AS window_end
  FROM events
),
-- Each of these, with its age among the rows of its window that count: the latest has 1.
windows_2_by_age AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, amount DESC) AS age_for_latest
  FROM windows_2_of_rows
),
-- The same, with how_often_value.
windows_2_values AS (
  SELECT
    *,
    CASE WHEN event_time >= window_end - INTERVAL '2' MINUTE THEN city END AS how_often_value
  FROM windows_2_by_age
),
-- The same, with how many rows of the window have the same how_often_value.
windows_2_times AS (
  SELECT
    *,
    COUNT(*) OVER (PARTITION BY `user`, window_end, how_often_value) AS how_often_times
  FROM windows_2_values
),
-- latest, different, cities, how_often and spread per user, over windows of 2 minutes and 3 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE age_for_latest <= 1), 0) AS latest,
    CAST(size(collect_set(city)) AS BIGINT) AS different,
    transform(sort_array(collect_list(CASE WHEN city IS NOT NULL THEN struct(struct(event_time) AS place, city AS value) END)), one -> one.value) AS cities,
    map_from_entries(nullif(collect_set(struct(how_often_value, how_often_times)) FILTER (WHERE how_often_value IS NOT NULL), array())) AS how_often,
    VAR_POP(CAST(amount AS DOUBLE)) AS spread
  FROM windows_2_times
  GROUP BY `user`, window_end
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    date_format(event_time, 'yyyy-MM-dd HH:mm:ss') AS until
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
CREATE OR REPLACE TEMPORARY VIEW visits_with_windows AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_windows_timeline AS (
  SELECT
    id,
    `user`,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<latest: BIGINT, different: BIGINT, cities: ARRAY<STRING>, how_often: MAP<STRING, BIGINT>, spread: DOUBLE, event_time: TIMESTAMP>) AS version
  FROM visits
  UNION ALL
  SELECT
    NULL,
    `user`,
    NULL,
    event_time,
    0,
    struct(latest, different, cities, how_often, spread, event_time)
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
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
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
    COALESCE(CASE WHEN event_time < version.event_time + INTERVAL '1' MINUTE THEN version.latest END, 0) AS latest,
    COALESCE(CASE WHEN event_time < version.event_time + INTERVAL '1' MINUTE THEN version.different END, 0) AS different,
    CASE WHEN event_time < version.event_time + INTERVAL '1' MINUTE THEN version.cities END AS cities,
    CASE WHEN event_time < version.event_time + INTERVAL '1' MINUTE THEN version.how_often END AS how_often,
    CASE WHEN event_time < version.event_time + INTERVAL '1' MINUTE THEN version.spread END AS spread
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

-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

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

-- moves_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW moves_stored (
  `user` STRING,
  city STRING,
  `day` STRING
) USING json OPTIONS (
  'path' 'moves.jsonl',
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

-- moves: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW moves AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`day`, 'yyyy-MM-dd'), raise_error(concat('source moves, column day: cannot use the timestamp ', coalesce(CAST(`day` AS STRING), 'NULL')))) AS event_time
  FROM moves_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of visits.
CREATE OR REPLACE TEMPORARY VIEW features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_moves_timeline AS (
  SELECT
    `user`,
    pages,
    `day`,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<city: STRING, event_time: TIMESTAMP>) AS version
  FROM visits
  UNION ALL
  SELECT
    `user`,
    NULL,
    NULL,
    event_time,
    0,
    struct(city, event_time)
  FROM moves
  WHERE `user` IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by city.
with_moves_carried AS (
  SELECT
    `user`,
    pages,
    `day`,
    event_time,
    side,
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
  FROM with_moves_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side, version.city ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of visits, with city of moves by user, from the latest row at or before its time, at most 1461 days old (NULL where there is none).
with_moves AS (
  SELECT
    `user`,
    pages,
    `day`,
    event_time,
    CASE WHEN version.event_time >= timestamp_millis(unix_millis(event_time) - 126230400000) THEN version.city END AS city
  FROM with_moves_carried
  WHERE side = 1
),
-- Each row of visits, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(pages) OVER last_1096_days_by_user, 0) AS three_years,
    COALESCE(SUM(pages) OVER last_36525_days_by_user, 0) AS a_century
  FROM with_moves
  WINDOW
    last_1096_days_by_user AS (PARTITION BY `user` ORDER BY unix_millis(event_time) RANGE BETWEEN 94694400000 PRECEDING AND CURRENT ROW),
    last_36525_days_by_user AS (PARTITION BY `user` ORDER BY unix_millis(event_time) RANGE BETWEEN 3155760000000 PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  pages,
  `day`,
  city,
  three_years,
  a_century,
  event_time
FROM with_windows;

-- The rows of features.
SELECT `user`, pages, `day`, city, three_years, a_century
FROM features;

-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- visits_stored: json files.
CREATE TEMPORARY TABLE visits_stored (
  `user` STRING,
  pages BIGINT,
  `day` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'visits.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- moves_stored: json files.
CREATE TEMPORARY TABLE moves_stored (
  `user` STRING,
  city STRING,
  `day` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'moves.jsonl',
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
      WHEN DATE_FORMAT(TO_TIMESTAMP(`day`, 'yyyy-MM-dd'), 'yyyy-MM-dd') = `day`
        OR CAST('source visits, column day: cannot use the timestamp ' || COALESCE(`day`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`day`, 'yyyy-MM-dd') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM visits_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- moves: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW moves AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`day`, 'yyyy-MM-dd'), 'yyyy-MM-dd') = `day`
        OR CAST('source moves, column day: cannot use the timestamp ' || COALESCE(`day`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`day`, 'yyyy-MM-dd') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM moves_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of visits.
CREATE TEMPORARY VIEW features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_moves_timeline AS (
  SELECT
    `user`,
    pages,
    `day`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<city STRING, event_time BIGINT>) AS version
  FROM visits
  UNION ALL
  SELECT
    `user`,
    CAST(NULL AS BIGINT),
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(city, event_time) AS ROW<city STRING, event_time BIGINT>)
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
    LAST_VALUE(version) OVER so_far AS version
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
    CASE WHEN version.event_time >= event_time - 126230400000 THEN version.city END AS city
  FROM with_moves_carried
  WHERE side = 1
),
-- Each row of visits, with each feature over its window, named below.
with_windows AS (
  SELECT
    COALESCE(SUM(pages) OVER last_1096_days_by_user, 0) AS three_years,
    COALESCE(SUM(pages) OVER last_36525_days_by_user, 0) AS a_century,
    with_moves.*
  FROM with_moves
  WINDOW
    last_1096_days_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 94694400000 PRECEDING AND CURRENT ROW),
    last_36525_days_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 3155760000000 PRECEDING AND CURRENT ROW)
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

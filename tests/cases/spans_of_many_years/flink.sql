-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- visits: json files.
CREATE TEMPORARY TABLE visits (
  `user` STRING,
  pages BIGINT,
  `day` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`day`, 'yyyy-MM-dd'), 'yyyy-MM-dd') = `day` AND CAST(TO_TIMESTAMP(`day`, 'yyyy-MM-dd') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source visits, column day: cannot use the timestamp ' || COALESCE(`day`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`day`, 'yyyy-MM-dd') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - (INTERVAL '999' DAY(3) * 3 + INTERVAL '3 00:00:00.001' DAY(3) TO SECOND(3))
) WITH (
  'connector' = 'filesystem',
  'path' = 'visits.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- moves: json files.
CREATE TEMPORARY TABLE moves (
  `user` STRING,
  city STRING,
  `day` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`day`, 'yyyy-MM-dd'), 'yyyy-MM-dd') = `day` AND CAST(TO_TIMESTAMP(`day`, 'yyyy-MM-dd') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source moves, column day: cannot use the timestamp ' || COALESCE(`day`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`day`, 'yyyy-MM-dd') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - (INTERVAL '999' DAY(3) * 1 + INTERVAL '1 00:00:00.001' DAY(3) TO SECOND(3))
) WITH (
  'connector' = 'filesystem',
  'path' = 'moves.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- moves_by_user: the versions of moves, each valid from its event time on.
CREATE TEMPORARY VIEW moves_by_user AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    `user`,
    city,
    event_time,
    MAX(city) OVER same_time AS greatest_city
  FROM moves
  WINDOW same_time AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the greatest city counts.
numbered AS (
  SELECT
    `user`,
    city,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE city IS NOT DISTINCT FROM greatest_city
)
SELECT
  `user`,
  city,
  event_time
FROM numbered
WHERE age = 1 AND `user` IS NOT NULL;

-- features: each row of visits.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of visits, with city of moves by user, from the latest row at or before its time, at most 1461 days old (NULL where there is none).
with_moves AS (
  SELECT
    l.*,
    r.city
  FROM visits AS l
  LEFT JOIN moves_by_user FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.`user` = r.`user`
    AND r.event_time >= l.event_time - (INTERVAL '999' DAY(3) * 1 + INTERVAL '462' DAY(3))
),
-- Each row of visits, with three_years over the rows with its user from 1096 days before its time up to it, both included.
last_1096_days_by_user AS (
  SELECT
    COALESCE(SUM(pages) OVER last_1096_days_by_user, 0) AS three_years,
    with_moves.*
  FROM with_moves
  WINDOW
    last_1096_days_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN (INTERVAL '999' DAY(3) * 1 + INTERVAL '97' DAY) PRECEDING AND CURRENT ROW)
),
-- Each row of visits, with a_century over the rows with its user from 36525 days before its time up to it, both included.
last_36525_days_by_user AS (
  SELECT
    COALESCE(SUM(pages) OVER last_36525_days_by_user, 0) AS a_century,
    last_1096_days_by_user.*
  FROM last_1096_days_by_user
  WINDOW
    last_36525_days_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN (INTERVAL '999' DAY(3) * 36 + INTERVAL '561' DAY(3)) PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  pages,
  `day`,
  city,
  three_years,
  a_century,
  event_time
FROM last_36525_days_by_user;

-- The rows of features.
SELECT `user`, pages, `day`, city, three_years, a_century
FROM features;

-- trades_with_levels, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- trades_stored: json files.
CREATE TEMPORARY TABLE trades_stored (
  buyer STRING,
  seller STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'trades.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- users_stored: json files.
CREATE TEMPORARY TABLE users_stored (
  user_id STRING,
  level INT,
  city STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'users.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- trades: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW trades AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source trades, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM trades_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- users: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW users AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source users, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM users_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- trades_with_levels: each row of trades.
CREATE TEMPORARY VIEW trades_with_levels AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by buyer on one timeline.
with_users_timeline AS (
  SELECT
    buyer,
    seller,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<level INT>) AS version
  FROM trades
  UNION ALL
  SELECT
    user_id,
    CAST(NULL AS STRING),
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(level) AS ROW<level INT>)
  FROM users
  WHERE user_id IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by level.
with_users_carried AS (
  SELECT
    buyer,
    seller,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_users_timeline
  WINDOW so_far AS (PARTITION BY buyer ORDER BY event_time, side, version.level ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of trades, with buyer_level of users by buyer, from the latest row at or before its time (NULL where there is none).
with_users AS (
  SELECT
    buyer,
    seller,
    `time`,
    event_time,
    version.level AS buyer_level
  FROM with_users_carried
  WHERE side = 1
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by seller on one timeline.
with_users_2_timeline AS (
  SELECT
    buyer,
    seller,
    `time`,
    event_time,
    buyer_level,
    1 AS side,
    CAST(NULL AS ROW<level INT>) AS version
  FROM with_users
  UNION ALL
  SELECT
    CAST(NULL AS STRING),
    user_id,
    CAST(NULL AS STRING),
    event_time,
    CAST(NULL AS INT),
    0,
    CAST(ROW(level) AS ROW<level INT>)
  FROM users
  WHERE user_id IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by level.
with_users_2_carried AS (
  SELECT
    buyer,
    seller,
    `time`,
    event_time,
    buyer_level,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_users_2_timeline
  WINDOW so_far AS (PARTITION BY seller ORDER BY event_time, side, version.level ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of trades, with seller_level of users by seller, from the latest row at or before its time (NULL where there is none).
with_users_2 AS (
  SELECT
    buyer,
    seller,
    `time`,
    event_time,
    buyer_level,
    version.level AS seller_level
  FROM with_users_2_carried
  WHERE side = 1
)
SELECT
  buyer,
  seller,
  `time`,
  buyer_level,
  seller_level,
  event_time
FROM with_users_2;

-- The rows of trades_with_levels.
SELECT buyer, seller, `time`, buyer_level, seller_level
FROM trades_with_levels;

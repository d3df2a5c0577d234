-- trades_with_levels, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- trades_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW trades_stored (
  buyer STRING,
  seller STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'trades.jsonl',
  'mode' 'FAILFAST'
);

-- users_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW users_stored (
  user_id STRING,
  level INT,
  city STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'users.jsonl',
  'mode' 'FAILFAST'
);

-- trades: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW trades AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source trades, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM trades_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- users: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW users AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source users, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM users_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- trades_with_levels: each row of trades.
CREATE OR REPLACE TEMPORARY VIEW trades_with_levels AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by buyer on one timeline.
with_users_timeline AS (
  SELECT
    buyer,
    seller,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<level: INT>) AS version
  FROM trades
  UNION ALL
  SELECT
    user_id,
    NULL,
    NULL,
    event_time,
    0,
    struct(level)
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
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
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
    CAST(NULL AS STRUCT<level: INT>) AS version
  FROM with_users
  UNION ALL
  SELECT
    NULL,
    user_id,
    NULL,
    event_time,
    NULL,
    0,
    struct(level)
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
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
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

-- trades_with_levels, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- trades: json files.
CREATE TEMPORARY TABLE trades (
  buyer STRING,
  seller STRING,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source trades, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'trades.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- users: json files.
CREATE TEMPORARY TABLE users (
  user_id STRING,
  level INT,
  city STRING,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source users, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'users.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- users_by_user_id: the versions of users, each valid from its event time on.
CREATE TEMPORARY VIEW users_by_user_id AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    user_id,
    level,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM users
  WINDOW same_time AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    user_id,
    level,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  user_id,
  level,
  event_time
FROM numbered
WHERE age = 1 AND user_id IS NOT NULL;

-- trades_with_levels: each row of trades.
CREATE TEMPORARY VIEW trades_with_levels AS
WITH
-- Each row of trades, with buyer_level of users by buyer, from the latest row at or before its time (NULL where there is none).
with_users AS (
  SELECT
    l.*,
    r.level AS buyer_level
  FROM trades AS l
  LEFT JOIN users_by_user_id FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.buyer = r.user_id
),
-- Each row of trades, with seller_level of users by seller, from the latest row at or before its time (NULL where there is none).
with_users_2 AS (
  SELECT
    l.*,
    r.level AS seller_level
  FROM with_users AS l
  LEFT JOIN users_by_user_id FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.seller = r.user_id
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

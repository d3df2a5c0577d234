-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  flag BOOLEAN,
  `day` DATE,
  small INT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- users: json files.
CREATE TEMPORARY TABLE users (
  `user` STRING,
  born DATE,
  is_member BOOLEAN,
  `at` BIGINT,
  event_time AS CASE
    WHEN `at` BETWEEN -62135596800 AND 253402300799 AND TO_TIMESTAMP_LTZ(`at`, 0) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source users, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
    THEN TO_TIMESTAMP_LTZ(`at`, 0)
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'users.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- users_by_user: the versions of users, each valid from its event time on.
CREATE TEMPORARY VIEW users_by_user AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    `user`,
    born,
    is_member,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM users
  WINDOW same_time AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    `user`,
    born,
    is_member,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  `user`,
  born,
  is_member,
  event_time
FROM numbered
WHERE age = 1 AND `user` IS NOT NULL;

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of events, with born and is_member of users by user, from the latest row at or before its time (NULL where there is none).
with_users AS (
  SELECT
    l.*,
    r.born,
    r.is_member
  FROM events AS l
  LEFT JOIN users_by_user FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.`user` = r.`user`
),
-- Each row, with last_day_of_its_time and last_flag_of_its_time over the rows with its user at its time.
same_time_by_user_of_one_time AS (
  SELECT
    MAX(`day`) OVER same_time_by_user AS last_day_of_its_time,
    MAX(flag) OVER same_time_by_user AS last_flag_of_its_time,
    with_users.*
  FROM with_users
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row of events, with last_day, first_day and last_flag over the rows with its user up to its time.
all_so_far_by_user AS (
  SELECT
    LAST_VALUE(last_day_of_its_time) OVER all_so_far_by_user AS last_day,
    MIN(`day`) OVER all_so_far_by_user AS first_day,
    LAST_VALUE(last_flag_of_its_time) OVER all_so_far_by_user AS last_flag,
    same_time_by_user_of_one_time.*
  FROM same_time_by_user_of_one_time
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with days over the rows with its day and flag up to its time.
all_so_far_by_day_and_flag AS (
  SELECT
    COUNT(*) OVER all_so_far_by_day_and_flag AS days,
    all_so_far_by_user.*
  FROM all_so_far_by_user
  WINDOW
    all_so_far_by_day_and_flag AS (PARTITION BY `day`, flag ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  flag,
  `day`,
  small,
  `time`,
  born,
  is_member,
  last_day,
  first_day,
  last_flag,
  days,
  event_time
FROM all_so_far_by_day_and_flag;

-- The rows of features.
SELECT `user`, flag, `day`, small, `time`, born, is_member, last_day, first_day, last_flag, days
FROM features;

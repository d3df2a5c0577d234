-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  flag BOOLEAN,
  `day` DATE,
  small INT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- users_stored: json files.
CREATE TEMPORARY TABLE users_stored (
  `user` STRING,
  born DATE,
  is_member BOOLEAN,
  `at` BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = 'users.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

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

-- users: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW users AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN `at` BETWEEN -62135596800 AND 253402300799
        OR CAST('source users, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
      THEN CAST(`at` AS BIGINT) * 1000
    END AS event_time
  FROM users_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_users_timeline AS (
  SELECT
    `user`,
    flag,
    `day`,
    small,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<born DATE, is_member BOOLEAN>) AS version
  FROM events
  UNION ALL
  SELECT
    `user`,
    CAST(NULL AS BOOLEAN),
    CAST(NULL AS DATE),
    CAST(NULL AS INT),
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(born, is_member) AS ROW<born DATE, is_member BOOLEAN>)
  FROM users
  WHERE `user` IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by born, then is_member.
with_users_carried AS (
  SELECT
    `user`,
    flag,
    `day`,
    small,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_users_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side, version.born, version.is_member ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with born and is_member of users by user, from the latest row at or before its time (NULL where there is none).
with_users AS (
  SELECT
    `user`,
    flag,
    `day`,
    small,
    `time`,
    event_time,
    version.born,
    version.is_member
  FROM with_users_carried
  WHERE side = 1
),
-- Each row, with the value that counts for last_day, last_flag among the rows of its key and time.
with_windows_of_one_time AS (
  SELECT
    MAX(`day`) OVER same_time_by_user AS last_day_of_its_time,
    MAX(flag) OVER same_time_by_user AS last_flag_of_its_time,
    with_users.*
  FROM with_users
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    LAST_VALUE(last_day_of_its_time) OVER all_so_far_by_user AS last_day,
    MIN(`day`) OVER all_so_far_by_user AS first_day,
    LAST_VALUE(last_flag_of_its_time) OVER all_so_far_by_user AS last_flag,
    COUNT(*) OVER all_so_far_by_day_and_flag AS days,
    with_windows_of_one_time.*
  FROM with_windows_of_one_time
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
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
FROM with_windows;

-- The rows of features.
SELECT `user`, flag, `day`, small, `time`, born, is_member, last_day, first_day, last_flag, days
FROM features;

-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  flag BOOLEAN,
  `day` DATE,
  small INT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST'
);

-- users_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW users_stored (
  `user` STRING,
  born DATE,
  is_member BOOLEAN,
  `at` BIGINT
) USING json OPTIONS (
  'path' 'users.jsonl',
  'mode' 'FAILFAST'
);

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

-- users: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW users AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(CASE WHEN `at` BETWEEN -62135596800 AND 253402300799 THEN timestamp_seconds(`at`) END, raise_error(concat('source users, column at: cannot use the timestamp ', coalesce(CAST(`at` AS STRING), 'NULL')))) AS event_time
  FROM users_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of events.
CREATE OR REPLACE TEMPORARY VIEW features AS
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
    CAST(NULL AS STRUCT<born: DATE, is_member: BOOLEAN>) AS version
  FROM events
  UNION ALL
  SELECT
    `user`,
    NULL,
    NULL,
    NULL,
    NULL,
    event_time,
    0,
    struct(born, is_member)
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
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
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
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    MAX_BY(`day`, CASE WHEN `day` IS NOT NULL THEN struct(event_time, `day`) END) OVER all_so_far_by_user AS last_day,
    MIN(`day`) OVER all_so_far_by_user AS first_day,
    MAX_BY(flag, CASE WHEN flag IS NOT NULL THEN struct(event_time, flag) END) OVER all_so_far_by_user AS last_flag,
    COUNT(*) OVER all_so_far_by_day_and_flag AS days
  FROM with_users
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

-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = America/New_York;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  amount BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST'
);

-- instants_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW instants_stored (
  `user` STRING,
  instant STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'instants.jsonl',
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

-- instants: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW instants AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(CASE WHEN `time` RLIKE '^.{19} (Z|[+-](?:0\\d|1[0-7]):?[0-5]\\d)\\z' THEN `time` END, 'yyyy-MM-dd HH:mm:ss [XXX][XX]'), raise_error(concat('source instants, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM instants_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of events.
CREATE OR REPLACE TEMPORARY VIEW features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_instants_timeline AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<instant: STRING>) AS version
  FROM events
  UNION ALL
  SELECT
    `user`,
    NULL,
    NULL,
    event_time,
    0,
    struct(instant)
  FROM instants
  WHERE `user` IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by instant.
with_instants_carried AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
  FROM with_instants_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side, version.instant ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with instant of instants by user, from the latest row at or before its time (NULL where there is none).
with_instants AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    version.instant
  FROM with_instants_carried
  WHERE side = 1
),
-- Each row of events, with total over the rows with its user from 1 hour before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(amount) OVER last_1_hour_by_user, 0) AS total
  FROM with_instants
  WINDOW
    last_1_hour_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  amount,
  `time`,
  instant,
  total,
  event_time
FROM with_windows;

-- The rows of features.
SELECT `user`, amount, `time`, instant, total
FROM features;

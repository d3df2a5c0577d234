-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  amount BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- instants_stored: json files.
CREATE TEMPORARY TABLE instants_stored (
  `user` STRING,
  instant STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'instants.jsonl',
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

-- instants: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW instants AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN REGEXP(`time`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = SUBSTRING(`time`, 1, 19)
        OR CAST('source instants, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (TO_TIMESTAMP_LTZ(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss', REGEXP_EXTRACT(`time`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM instants_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_instants_timeline AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<instant STRING>) AS version
  FROM events
  UNION ALL
  SELECT
    `user`,
    CAST(NULL AS BIGINT),
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(instant) AS ROW<instant STRING>)
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
    LAST_VALUE(version) OVER so_far AS version
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
    COALESCE(SUM(amount) OVER last_1_hour_by_user, 0) AS total,
    with_instants.*
  FROM with_instants
  WINDOW
    last_1_hour_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 3600000 PRECEDING AND CURRENT ROW)
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

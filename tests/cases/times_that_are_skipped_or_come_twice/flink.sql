-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- features, feature 'total': the rows of events and instants come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  amount BIGINT,
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

-- instants: json files.
CREATE TEMPORARY TABLE instants (
  `user` STRING,
  instant STRING,
  `time` STRING,
  event_time AS CASE
    WHEN REGEXP(`time`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = SUBSTRING(`time`, 1, 19) AND TO_TIMESTAMP_LTZ(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss', REGEXP_EXTRACT(`time`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source instants, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN TO_TIMESTAMP_LTZ(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss', REGEXP_EXTRACT(`time`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'instants.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- instants_by_user: the versions of instants, each valid from its event time on.
CREATE TEMPORARY VIEW instants_by_user AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    `user`,
    instant,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM instants
  WINDOW same_time AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    `user`,
    instant,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  `user`,
  instant,
  event_time
FROM numbered
WHERE age = 1 AND `user` IS NOT NULL;

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of events, with instant of instants by user, from the latest row at or before its time (NULL where there is none).
with_instants AS (
  SELECT
    l.*,
    r.instant
  FROM events AS l
  LEFT JOIN instants_by_user FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.`user` = r.`user`
),
-- Each row of events, with total over the rows with its user from 1 hour before its time up to it, both included.
last_1_hour_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_hour_by_user, 0) AS total,
    with_instants.*
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
FROM last_1_hour_by_user;

-- The rows of features.
SELECT `user`, amount, `time`, instant, total
FROM features;

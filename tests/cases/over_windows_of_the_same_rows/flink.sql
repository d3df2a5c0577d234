-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- features, feature 'total, most, rows': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  cost BIGINT,
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

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of events, with total over the rows with its user from less than 1 hour before its time up to it.
within_1_hour_by_user AS (
  SELECT
    COALESCE(SUM(cost) OVER within_1_hour_by_user, 0) AS total,
    events.*
  FROM events
  WINDOW
    within_1_hour_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0 00:59:59.999' DAY(3) TO SECOND(3) PRECEDING AND CURRENT ROW)
),
-- Each row of events, with most over the rows with its user from 3599999 milliseconds before its time up to it, both included.
last_3599999_milliseconds_by_user AS (
  SELECT
    MAX(cost) OVER last_3599999_milliseconds_by_user AS most,
    within_1_hour_by_user.*
  FROM within_1_hour_by_user
  WINDOW
    last_3599999_milliseconds_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0 00:59:59.999' DAY(3) TO SECOND(3) PRECEDING AND CURRENT ROW)
),
-- Each row of events, with rows over the rows with its user from 1 hour before its time up to it, both included.
last_1_hour_by_user AS (
  SELECT
    COUNT(*) OVER last_1_hour_by_user AS `rows`,
    last_3599999_milliseconds_by_user.*
  FROM last_3599999_milliseconds_by_user
  WINDOW
    last_1_hour_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  cost,
  `time`,
  total,
  most,
  `rows`,
  event_time
FROM last_1_hour_by_user;

-- The rows of features.
SELECT `user`, cost, `time`, total, most, `rows`
FROM features;

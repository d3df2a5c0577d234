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
  cost BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
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

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    COALESCE(SUM(cost) OVER within_1_hour_by_user, 0) AS total,
    MAX(cost) OVER within_1_hour_by_user AS most,
    COUNT(*) OVER last_1_hour_by_user AS `rows`,
    events.*
  FROM events
  WINDOW
    within_1_hour_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 3599999 PRECEDING AND CURRENT ROW),
    last_1_hour_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 3600000 PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  cost,
  `time`,
  total,
  most,
  `rows`,
  event_time
FROM with_windows;

-- The rows of features.
SELECT `user`, cost, `time`, total, most, `rows`
FROM features;

-- events_with_windows, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

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

-- events_with_windows: each row of events.
CREATE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row, with the value that counts for first, last among the rows of its key and time.
with_windows_of_one_time AS (
  SELECT
    MIN(amount) OVER same_time_by_user AS first_of_its_time,
    MAX(amount) OVER same_time_by_user AS last_of_its_time,
    events.*
  FROM events
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row of events, with total, known, rows, mean, least, greatest, first and last over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_minute_by_user, 0) AS total,
    COUNT(amount) OVER last_1_minute_by_user AS known,
    COUNT(*) OVER last_1_minute_by_user AS `rows`,
    AVG(CAST(amount AS DOUBLE)) OVER last_1_minute_by_user AS mean,
    MIN(amount) OVER last_1_minute_by_user AS least,
    MAX(amount) OVER last_1_minute_by_user AS greatest,
    FIRST_VALUE(first_of_its_time) OVER last_1_minute_by_user AS `first`,
    LAST_VALUE(last_of_its_time) OVER last_1_minute_by_user AS last,
    with_windows_of_one_time.*
  FROM with_windows_of_one_time
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  amount,
  `time`,
  total,
  known,
  `rows`,
  mean,
  least,
  greatest,
  `first`,
  last,
  event_time
FROM with_windows;

-- The rows of events_with_windows.
SELECT `user`, amount, `time`, total, known, `rows`, mean, least, greatest, `first`, last
FROM events_with_windows;

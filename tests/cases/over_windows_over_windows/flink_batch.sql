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
  amount DOUBLE,
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
-- Each row of events, with mean over the rows with its user from 5 minutes before its time up to it, both included.
with_windows AS (
  SELECT
    AVG(amount) OVER last_5_minutes_by_user AS mean,
    events.*
  FROM events
  WINDOW
    last_5_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 300000 PRECEDING AND CURRENT ROW)
),
-- Each row of events, with surprise computed from it.
with_expressions AS (
  SELECT
    *,
    amount - mean AS surprise
  FROM with_windows
),
-- Each row of events, with greatest_surprise over the rows with its user from 10 minutes before its time up to it, both included.
with_windows_2 AS (
  SELECT
    MAX(surprise) OVER last_10_minutes_by_user AS greatest_surprise,
    with_expressions.*
  FROM with_expressions
  WINDOW
    last_10_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 600000 PRECEDING AND CURRENT ROW)
),
-- Each row of events, with surprises_of_all over all rows from 10 minutes before its time up to it, both included.
with_windows_3 AS (
  SELECT
    COUNT(CASE WHEN greatest_surprise > 0.0E0 THEN 1 END) OVER last_10_minutes AS surprises_of_all,
    with_windows_2.*
  FROM with_windows_2
  WINDOW
    last_10_minutes AS (ORDER BY event_time RANGE BETWEEN 600000 PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  amount,
  `time`,
  mean,
  surprise,
  greatest_surprise,
  surprises_of_all,
  event_time
FROM with_windows_3;

-- The rows of events_with_windows.
SELECT `user`, amount, `time`, mean, surprise, greatest_surprise, surprises_of_all
FROM events_with_windows;

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
  kind STRING,
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
-- Each row of events, with paid, payments, greatest and rows over the rows with its user from 10 minutes before its time up to it, both included.
with_windows AS (
  SELECT
    COALESCE(SUM(CASE WHEN kind = 'pay' THEN amount END) OVER last_10_minutes_by_user, 0) AS paid,
    COUNT(CASE WHEN kind = 'pay' THEN 1 END) OVER last_10_minutes_by_user AS payments,
    MAX(CASE WHEN kind = 'pay' AND amount < 100 THEN amount END) OVER last_10_minutes_by_user AS greatest,
    COUNT(*) OVER last_10_minutes_by_user AS `rows`,
    events.*
  FROM events
  WINDOW
    last_10_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 600000 PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  kind,
  amount,
  `time`,
  paid,
  payments,
  greatest,
  `rows`,
  event_time
FROM with_windows;

-- The rows of events_with_windows.
SELECT `user`, kind, amount, `time`, paid, payments, greatest, `rows`
FROM events_with_windows;

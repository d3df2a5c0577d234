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
      WHEN REGEXP(`time`, '^.{19}\.(\d{1,6})\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = SUBSTRING(`time`, 1, 19)
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{19}\.(\d{1,6})\z', 1) || '00', 1, 3) AS INT), CAST(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{19}\.(\d{1,6})\z', 1) || '00', 1, 3) AS INT), CAST(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))))
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- events_with_windows: each row of events.
CREATE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    COALESCE(SUM(amount) OVER last_10_seconds_by_user, 0) AS last_10s,
    COALESCE(SUM(amount) OVER last_1_millisecond_by_user, 0) AS last_1ms,
    COALESCE(SUM(amount) OVER last_0_milliseconds_by_user, 0) AS now,
    events.*
  FROM events
  WINDOW
    last_10_seconds_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 10000 PRECEDING AND CURRENT ROW),
    last_1_millisecond_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 1 PRECEDING AND CURRENT ROW),
    last_0_milliseconds_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  amount,
  `time`,
  last_10s,
  last_1ms,
  now,
  event_time
FROM with_windows;

-- The rows of events_with_windows.
SELECT `user`, amount, `time`, last_10s, last_1ms, now
FROM events_with_windows;

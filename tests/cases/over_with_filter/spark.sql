-- events_with_windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  kind STRING,
  amount BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
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

-- events_with_windows: each row of events.
CREATE OR REPLACE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row of events, with paid, payments, greatest and rows over the rows with its user from 10 minutes before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(CASE WHEN kind = 'pay' THEN amount END) OVER last_10_minutes_by_user, 0) AS paid,
    COUNT(CASE WHEN kind = 'pay' THEN 1 END) OVER last_10_minutes_by_user AS payments,
    MAX(CASE WHEN kind = 'pay' AND amount < 100 THEN amount END) OVER last_10_minutes_by_user AS greatest,
    COUNT(*) OVER last_10_minutes_by_user AS `rows`
  FROM events
  WINDOW
    last_10_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '10' MINUTE PRECEDING AND CURRENT ROW)
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

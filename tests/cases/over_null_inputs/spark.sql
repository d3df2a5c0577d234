-- events_with_windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

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
-- Each row of events, with total, known, rows, mean, least, greatest, first and last over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(amount) OVER last_1_minute_by_user, 0) AS total,
    COUNT(amount) OVER last_1_minute_by_user AS known,
    COUNT(*) OVER last_1_minute_by_user AS `rows`,
    AVG(CAST(amount AS DOUBLE)) OVER last_1_minute_by_user AS mean,
    MIN(amount) OVER last_1_minute_by_user AS least,
    MAX(amount) OVER last_1_minute_by_user AS greatest,
    MIN_BY(amount, CASE WHEN amount IS NOT NULL THEN struct(event_time, amount) END) OVER last_1_minute_by_user AS `first`,
    MAX_BY(amount, CASE WHEN amount IS NOT NULL THEN struct(event_time, amount) END) OVER last_1_minute_by_user AS last
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
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

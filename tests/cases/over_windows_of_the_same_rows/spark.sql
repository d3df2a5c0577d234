-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  cost BIGINT,
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

-- features: each row of events.
CREATE OR REPLACE TEMPORARY VIEW features AS
WITH
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(cost) OVER within_1_hour_by_user, 0) AS total,
    MAX(cost) OVER last_3599999_milliseconds_by_user AS most,
    COUNT(*) OVER last_1_hour_by_user AS `rows`
  FROM events
  WINDOW
    within_1_hour_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '3599.999' SECOND PRECEDING AND CURRENT ROW),
    last_3599999_milliseconds_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '3599.999' SECOND PRECEDING AND CURRENT ROW),
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
FROM with_windows;

-- The rows of features.
SELECT `user`, cost, `time`, total, most, `rows`
FROM features;

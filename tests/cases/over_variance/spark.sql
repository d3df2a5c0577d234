-- events_with_windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  price DOUBLE,
  `count` INT,
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
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    VAR_POP(price) OVER last_1_minute_by_user AS variance,
    VAR_SAMP(CASE WHEN price > 1 THEN price END) OVER last_1_minute_by_user AS of_sample,
    STDDEV_POP(CAST(`count` AS DOUBLE)) OVER last_1_minute_by_user AS deviation,
    VAR_POP(price) OVER all_so_far_by_user AS variance_so_far,
    STDDEV_SAMP(CASE WHEN price > 1 THEN CAST(`count` AS DOUBLE) END) OVER all_so_far_by_user AS deviation_so_far
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW),
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  price,
  `count`,
  `time`,
  variance,
  of_sample,
  deviation,
  variance_so_far,
  deviation_so_far,
  event_time
FROM with_windows;

-- The rows of events_with_windows.
SELECT `user`, price, `count`, `time`, variance, of_sample, deviation, variance_so_far, deviation_so_far
FROM events_with_windows;

-- events_with_windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  city STRING,
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
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    MIN_BY(amount, CASE WHEN amount IS NOT NULL THEN struct(event_time, amount) END) OVER last_1_minute_by_user AS `first`,
    MAX_BY(amount, CASE WHEN amount IS NOT NULL THEN struct(event_time, amount) END) OVER last_1_minute_by_user AS last,
    MAX_BY(city, CASE WHEN city IS NOT NULL THEN struct(event_time, city) END) OVER all_so_far_by_user AS last_city,
    MIN_BY(CASE WHEN amount >= 3 THEN amount END, CASE WHEN CASE WHEN amount >= 3 THEN amount END IS NOT NULL THEN struct(event_time, CASE WHEN amount >= 3 THEN amount END) END) OVER all_so_far_by_user AS first_big
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW),
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  city,
  amount,
  `time`,
  `first`,
  last,
  last_city,
  first_big,
  event_time
FROM with_windows;

-- The rows of events_with_windows.
SELECT `user`, city, amount, `time`, `first`, last, last_city, first_big
FROM events_with_windows;

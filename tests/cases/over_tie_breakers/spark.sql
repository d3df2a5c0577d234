-- events_with_windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  amount BIGINT,
  code BINARY,
  `at` TIMESTAMP,
  tags ARRAY<BIGINT>,
  place STRUCT<y: BIGINT, x: STRING>,
  share MAP<STRING, BIGINT>,
  version INT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST',
  'timeZone' 'UTC'
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
-- Each row of events, with first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place and last_share over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    MIN_BY(amount, CASE WHEN amount IS NOT NULL THEN struct(event_time, version, amount) END) OVER last_1_minute_by_user AS first_amount,
    MAX_BY(amount, CASE WHEN amount IS NOT NULL THEN struct(event_time, code, amount) END) OVER last_1_minute_by_user AS last_by_code,
    MIN_BY(code, CASE WHEN code IS NOT NULL THEN struct(event_time, code) END) OVER last_1_minute_by_user AS first_code,
    MAX_BY(code, CASE WHEN code IS NOT NULL THEN struct(event_time, version, code) END) OVER last_1_minute_by_user AS last_code,
    MAX_BY(`at`, CASE WHEN `at` IS NOT NULL THEN struct(event_time, version, `at`) END) OVER last_1_minute_by_user AS last_at,
    MAX_BY(tags, CASE WHEN tags IS NOT NULL THEN struct(event_time, version, tags) END) OVER last_1_minute_by_user AS last_tags,
    MAX_BY(place, CASE WHEN place IS NOT NULL THEN struct(event_time, version, place) END) OVER last_1_minute_by_user AS last_place,
    MAX_BY(share, CASE WHEN share IS NOT NULL THEN struct(event_time, version) END) OVER last_1_minute_by_user AS last_share
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  `time`,
  first_amount,
  last_by_code,
  first_code,
  last_code,
  last_at,
  last_tags,
  last_place,
  last_share,
  event_time
FROM with_windows;

-- The rows of events_with_windows.
SELECT `user`, `time`, first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place, last_share
FROM events_with_windows;

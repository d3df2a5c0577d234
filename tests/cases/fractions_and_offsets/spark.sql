-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `row` BIGINT,
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
    coalesce(date_trunc('MILLISECOND', try_to_timestamp(CASE WHEN `time` RLIKE '^.{10}T.{8}\\.(\\d{1,6})(Z|[+-](?:0\\d|1[0-7]):?[0-5]\\d)\\z' THEN `time` END, 'yyyy-MM-dd\'T\'HH:mm:ss.SSSSSS[XXX][XX]')), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
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
    COUNT(*) OVER all_so_far AS so_far,
    COUNT(*) OVER last_0_milliseconds AS same_time,
    COALESCE(SUM(`row`) OVER last_1_second, 0) AS last_second
  FROM events
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
    last_0_milliseconds AS (ORDER BY event_time RANGE BETWEEN INTERVAL '0.000' SECOND PRECEDING AND CURRENT ROW),
    last_1_second AS (ORDER BY event_time RANGE BETWEEN INTERVAL '1' SECOND PRECEDING AND CURRENT ROW)
)
SELECT
  `row`,
  `time`,
  so_far,
  same_time,
  last_second,
  event_time
FROM with_windows;

-- The rows of features.
SELECT `row`, `time`, so_far, same_time, last_second
FROM features;

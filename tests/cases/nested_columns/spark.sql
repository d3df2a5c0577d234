-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  tags ARRAY<STRING>,
  counts MAP<STRING, BIGINT>,
  home STRUCT<city: STRING, zip: INT>,
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
-- Each row of events, with rows over the rows with its user up to its time.
with_windows AS (
  SELECT
    *,
    COUNT(*) OVER all_so_far_by_user AS `rows`
  FROM events
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  tags,
  counts,
  home,
  `time`,
  `rows`,
  event_time
FROM with_windows;

-- The rows of features.
SELECT `user`, tags, counts, home, `time`, `rows`
FROM features;

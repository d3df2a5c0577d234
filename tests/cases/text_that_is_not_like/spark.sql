-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  word STRING,
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
-- Each row of events, with not_like, not_before and not_not computed from it.
with_expressions AS (
  SELECT
    *,
    word NOT LIKE 'a%' AS not_like,
    word NOT LIKE 'a%' AS not_before,
    NOT word NOT LIKE 'a%' AS not_not
  FROM events
),
-- Of these, the rows for which the view's filter_expr is true.
kept AS (
  SELECT *
  FROM with_expressions
  WHERE word IS NULL
    OR word NOT LIKE '%x%'
)
SELECT
  word,
  `time`,
  not_like,
  not_before,
  not_not,
  event_time
FROM kept;

-- The rows of features.
SELECT word, `time`, not_like, not_before, not_not
FROM features;

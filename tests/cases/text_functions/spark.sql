-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  word STRING,
  other STRING,
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
-- Each row of events, with lower, upper, joined, concat, starts, one_between, has_dot, like_other and less computed from it.
with_expressions AS (
  SELECT
    *,
    LOWER(word) AS `lower`,
    UPPER(word) AS `upper`,
    word || '-' || other AS joined,
    CONCAT(word, other) AS concat,
    word LIKE 'a%' AS starts,
    word LIKE 'a_c' AS one_between,
    word LIKE '%.%' AS has_dot,
    word LIKE replace(other, '\\', '\\\\') AS like_other,
    word < other AS less
  FROM events
)
SELECT
  word,
  other,
  `time`,
  `lower`,
  `upper`,
  joined,
  concat,
  starts,
  one_between,
  has_dot,
  like_other,
  less,
  event_time
FROM with_expressions;

-- The rows of features.
SELECT word, other, `time`, `lower`, `upper`, joined, concat, starts, one_between, has_dot, like_other, less
FROM features;

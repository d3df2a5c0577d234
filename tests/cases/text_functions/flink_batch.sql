-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  word STRING,
  other STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
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
    REGEXP(word, '(?s)\Aa.c\z') AS one_between,
    word LIKE '%.%' AS has_dot,
    REGEXP(word, '(?s)\A\Q' || REPLACE(REPLACE(REPLACE(other, '\E', '\E\\E\Q'), '_', '\E.\Q'), '%', '\E.*\Q') || '\E\z') AS like_other,
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

-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  word STRING,
  other STRING,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

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

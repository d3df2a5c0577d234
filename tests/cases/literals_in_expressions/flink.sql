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
-- Each row of events, with quote, double_quote, lines, backslash, no_comment, percent, emoji, is_quote, is_line and built computed from it.
with_expressions AS (
  SELECT
    *,
    word || ' isn''t ''it''' AS quote,
    'say "' || word || '"' AS double_quote,
    'first
second
	third ' || word AS lines,
    'C:\new\' || word AS backslash,
    '-- /* ' || word || ' */; DROP TABLE x' AS no_comment,
    '{{ 100% }} ${x} {# #} ' || word AS `percent`,
    CONCAT('🎉', word, 'é') AS emoji,
    word = '''' AS is_quote,
    word = 'a
b' AS is_line,
    CONCAT(word, 'it''s \ "so"') AS built
  FROM events
)
SELECT
  word,
  `time`,
  quote,
  double_quote,
  lines,
  backslash,
  no_comment,
  `percent`,
  emoji,
  is_quote,
  is_line,
  built,
  event_time
FROM with_expressions;

-- The rows of features.
SELECT word, `time`, quote, double_quote, lines, backslash, no_comment, `percent`, emoji, is_quote, is_line, built
FROM features;

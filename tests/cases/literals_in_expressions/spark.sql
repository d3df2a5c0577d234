-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- A dollar and a brace are no variable.
SET spark.sql.variable.substitute = false;

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
-- Each row of events, with quote, double_quote, lines, backslash, no_comment, percent, emoji, is_quote, is_line and built computed from it.
with_expressions AS (
  SELECT
    *,
    word || ' isn\'t \'it\'' AS quote,
    'say "' || word || '"' AS double_quote,
    'first\nsecond\r\n	third ' || word AS lines,
    'C:\\new\\' || word AS backslash,
    '-- /* ' || word || ' */; DROP TABLE x' AS no_comment,
    '{{ 100% }} \u0024{x} {# #} ' || word AS `percent`,
    CONCAT('🎉', word, 'é') AS emoji,
    word = '\'' AS is_quote,
    word = 'a\nb' AS is_line,
    CONCAT(word, 'it\'s \\ "so"') AS built
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

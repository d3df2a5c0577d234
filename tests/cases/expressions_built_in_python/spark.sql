-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  a BIGINT,
  b BIGINT,
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
-- Each row of events, with sum, product, quotient, rest, opposite, is_between, is_one, text and known computed from it.
with_expressions AS (
  SELECT
    *,
    1 + a - b AS `sum`,
    a * -2 AS product,
    10.0E0 / NULLIF(CAST(a AS DOUBLE), 0) AS quotient,
    MOD(b, NULLIF(a, 0)) AS rest,
    -(a - b) AS opposite,
    a BETWEEN 2 AND b AND word <> 'x' AS is_between,
    word IN ('x', 'y') OR NOT a >= 2 AS is_one,
    CAST(a AS STRING) AS text,
    COALESCE(word, CAST(NULL AS STRING), 'none') AS known
  FROM events
)
SELECT
  a,
  b,
  word,
  `time`,
  `sum`,
  product,
  quotient,
  rest,
  opposite,
  is_between,
  is_one,
  text,
  known,
  event_time
FROM with_expressions;

-- The rows of features.
SELECT a, b, word, `time`, `sum`, product, quotient, rest, opposite, is_between, is_one, text, known
FROM features;

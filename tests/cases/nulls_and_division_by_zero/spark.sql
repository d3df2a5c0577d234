-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  a BIGINT,
  b BIGINT,
  x DOUBLE,
  y DOUBLE,
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
-- Each row of events, with sum, quotient, whole, rest, double_quotient, mixed, saved, guarded and text computed from it.
with_expressions AS (
  SELECT
    *,
    a + b AS `sum`,
    CAST(a AS DOUBLE) / NULLIF(CAST(b AS DOUBLE), 0) AS quotient,
    a DIV NULLIF(b, 0) AS whole,
    MOD(a, NULLIF(b, 0)) AS rest,
    x / NULLIF(y, 0) AS double_quotient,
    CAST(a AS DOUBLE) / NULLIF(y, 0) AS mixed,
    COALESCE(CAST(a AS DOUBLE) / NULLIF(CAST(b AS DOUBLE), 0), x / NULLIF(y, 0), -1.0E0) AS saved,
    CAST(a AS DOUBLE) / NULLIF(CAST(NULLIF(b, 5) AS DOUBLE), 0) AS guarded,
    CAST(a AS STRING) || '/' || CAST(b AS STRING) AS text
  FROM events
)
SELECT
  a,
  b,
  x,
  y,
  `time`,
  `sum`,
  quotient,
  whole,
  rest,
  double_quotient,
  mixed,
  saved,
  guarded,
  text,
  event_time
FROM with_expressions;

-- The rows of features.
SELECT a, b, x, y, `time`, `sum`, quotient, whole, rest, double_quotient, mixed, saved, guarded, text
FROM features;

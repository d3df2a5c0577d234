-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  n BIGINT,
  text STRING,
  p BOOLEAN,
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
-- Each row of events, with n_text, n_double, p_text, text_int, text_bigint, text_double, fixed and in_time computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(n AS STRING) AS n_text,
    CAST(n AS DOUBLE) / 4.0E0 AS n_double,
    CAST(p AS STRING) AS p_text,
    TRY_CAST(CASE WHEN text RLIKE '^ *[+-]?[0-9]+ *\\z' THEN text END AS INT) AS text_int,
    TRY_CAST(CASE WHEN text RLIKE '^ *[+-]?[0-9]+ *\\z' THEN text END AS BIGINT) AS text_bigint,
    TRY_CAST(CASE WHEN text RLIKE '^ *[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})? *\\z' THEN text END AS DOUBLE) AS text_double,
    CAST('-12' AS INT) + CAST('1.5' AS DOUBLE) AS fixed,
    CAST(CASE WHEN CASE WHEN text = '12' THEN text ELSE '0' END RLIKE '^ *[+-]?[0-9]+ *\\z' THEN CASE WHEN text = '12' THEN text ELSE '0' END ELSE concat('no INT: ', CASE WHEN text = '12' THEN text ELSE '0' END) END AS INT) AS in_time
  FROM events
)
SELECT
  n,
  text,
  p,
  `time`,
  n_text,
  n_double,
  p_text,
  text_int,
  text_bigint,
  text_double,
  fixed,
  in_time,
  event_time
FROM with_expressions;

-- The rows of features.
SELECT n, text, p, `time`, n_text, n_double, p_text, text_int, text_bigint, text_double, fixed, in_time
FROM features;

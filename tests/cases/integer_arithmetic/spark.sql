-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  a INT,
  b INT,
  c BIGINT,
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
-- Each row of events, with sum, difference, product, big, opposite, quotient, whole, rest and size computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(a AS BIGINT) + CAST(b AS BIGINT) AS `sum`,
    CAST(a AS BIGINT) - CAST(b AS BIGINT) AS difference,
    CAST(a AS BIGINT) * CAST(b AS BIGINT) AS product,
    c * 2 + CAST(a AS BIGINT) AS big,
    -CAST(a AS BIGINT) AS opposite,
    CAST(a AS DOUBLE) / NULLIF(CAST(b AS DOUBLE), 0) AS quotient,
    CAST(a AS BIGINT) DIV NULLIF(CAST(b AS BIGINT), 0) AS whole,
    MOD(CAST(a AS BIGINT), NULLIF(CAST(b AS BIGINT), 0)) AS rest,
    ABS(a) AS size
  FROM events
),
-- Each row of events, with total and mean over all rows up to its time.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(CAST(a AS BIGINT)) OVER all_so_far, 0) AS total,
    AVG(CAST(b AS DOUBLE)) OVER all_so_far AS mean
  FROM with_expressions
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  a,
  b,
  c,
  `time`,
  `sum`,
  difference,
  product,
  big,
  opposite,
  quotient,
  whole,
  rest,
  size,
  total,
  mean,
  event_time
FROM with_windows;

-- The rows of features.
SELECT a, b, c, `time`, `sum`, difference, product, big, opposite, quotient, whole, rest, size, total, mean
FROM features;

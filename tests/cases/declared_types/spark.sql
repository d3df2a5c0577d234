-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  pieces INT,
  price DECIMAL(6, 2),
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
-- Each row of events, with pieces_64, pieces_double, price_double, exact_pieces, price_wide and nothing computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(pieces AS BIGINT) AS pieces_64,
    CAST(pieces AS DOUBLE) AS pieces_double,
    CAST(price AS DOUBLE) AS price_double,
    CAST(pieces AS DECIMAL(12, 2)) AS exact_pieces,
    CAST(price AS DECIMAL(20, 4)) AS price_wide,
    CAST(NULL AS BIGINT) AS nothing
  FROM events
),
-- Each row of events, with total over all rows up to its time.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(CASE WHEN `user` = 'ann' THEN CAST(pieces AS BIGINT) END) OVER all_so_far, 0) AS total
  FROM with_expressions
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- total in the declared type.
with_types AS (
  SELECT
    `user`,
    pieces,
    price,
    `time`,
    event_time,
    pieces_64,
    pieces_double,
    price_double,
    exact_pieces,
    price_wide,
    nothing,
    CAST(total AS DOUBLE) AS total
  FROM with_windows
),
-- Each row of events, with half computed from it.
with_expressions_2 AS (
  SELECT
    *,
    total / 2.0E0 AS half
  FROM with_types
)
SELECT
  `user`,
  pieces,
  price,
  `time`,
  pieces_64,
  pieces_double,
  price_double,
  exact_pieces,
  price_wide,
  total,
  half,
  nothing,
  event_time
FROM with_expressions_2;

-- The rows of features.
SELECT `user`, pieces, price, `time`, pieces_64, pieces_double, price_double, exact_pieces, price_wide, total, half, nothing
FROM features;

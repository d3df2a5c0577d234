-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  price DECIMAL(10, 2),
  tax DECIMAL(4, 3),
  pieces INT,
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
-- Each row of events, with total, with_tax, with_fee, shares, each and is_dear computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(price * CAST(pieces AS DECIMAL(10, 0)) AS DECIMAL(21, 2)) AS total,
    CAST(price + CAST(price * tax AS DECIMAL(15, 5)) AS DECIMAL(16, 5)) AS with_tax,
    CAST(price + 0.05 AS DECIMAL(11, 2)) AS with_fee,
    CAST(price / NULLIF(tax, 0) AS DECIMAL(18, 7)) AS shares,
    CAST(price AS DOUBLE) / NULLIF(CAST(pieces AS DOUBLE), 0) AS `each`,
    price > 1.1E0 AS is_dear
  FROM events
),
-- Each row of events, with sum, mean, greatest and nothing over all rows up to its time.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(price) OVER all_so_far, 0) AS `sum`,
    AVG(CAST(price AS DOUBLE)) OVER all_so_far AS mean,
    MAX(price) OVER all_so_far AS greatest,
    COALESCE(SUM(CASE WHEN pieces > 100 THEN price END) OVER all_so_far, 0) AS nothing
  FROM with_expressions
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  price,
  tax,
  pieces,
  `time`,
  total,
  with_tax,
  with_fee,
  shares,
  `each`,
  is_dear,
  `sum`,
  mean,
  greatest,
  nothing,
  event_time
FROM with_windows;

-- The rows of features.
SELECT price, tax, pieces, `time`, total, with_tax, with_fee, shares, `each`, is_dear, `sum`, mean, greatest, nothing
FROM features;

-- orders_with_rate, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- orders_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW orders_stored (
  id INT,
  `time` STRING
) USING json OPTIONS (
  'path' 'orders.jsonl',
  'mode' 'FAILFAST'
);

-- rates_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW rates_stored (
  currency STRING,
  rate DOUBLE,
  `time` STRING
) USING json OPTIONS (
  'path' 'rates.jsonl',
  'mode' 'FAILFAST'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source orders, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM orders_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- rates: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW rates AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source rates, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM rates_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- orders_with_rate: each row of orders.
CREATE OR REPLACE TEMPORARY VIEW orders_with_rate AS
WITH
-- Each row of orders, with currency computed from it.
with_expressions AS (
  SELECT
    *,
    'EUR' AS currency
  FROM orders
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by currency on one timeline.
with_rates_timeline AS (
  SELECT
    id,
    `time`,
    event_time,
    currency,
    1 AS side,
    CAST(NULL AS STRUCT<rate: DOUBLE>) AS version
  FROM with_expressions
  UNION ALL
  SELECT
    NULL,
    NULL,
    event_time,
    currency,
    0,
    struct(rate)
  FROM rates
  WHERE currency IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by rate.
with_rates_carried AS (
  SELECT
    id,
    `time`,
    event_time,
    currency,
    side,
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
  FROM with_rates_timeline
  WINDOW so_far AS (PARTITION BY currency ORDER BY event_time, side, version.rate ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of orders, with rate of rates by currency, from the latest row at or before its time (NULL where there is none).
with_rates AS (
  SELECT
    id,
    `time`,
    event_time,
    currency,
    version.rate
  FROM with_rates_carried
  WHERE side = 1
)
SELECT
  id,
  `time`,
  currency,
  rate,
  event_time
FROM with_rates;

-- The rows of orders_with_rate.
SELECT id, `time`, currency, rate
FROM orders_with_rate;

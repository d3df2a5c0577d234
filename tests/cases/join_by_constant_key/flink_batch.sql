-- orders_with_rate, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders_stored: json files.
CREATE TEMPORARY TABLE orders_stored (
  id INT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- rates_stored: json files.
CREATE TEMPORARY TABLE rates_stored (
  currency STRING,
  rate DOUBLE,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'rates.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source orders, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM orders_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- rates: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW rates AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source rates, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM rates_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- orders_with_rate: each row of orders.
CREATE TEMPORARY VIEW orders_with_rate AS
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
    CAST(NULL AS ROW<rate DOUBLE>) AS version
  FROM with_expressions
  UNION ALL
  SELECT
    CAST(NULL AS INT),
    CAST(NULL AS STRING),
    event_time,
    currency,
    0,
    CAST(ROW(rate) AS ROW<rate DOUBLE>)
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
    LAST_VALUE(version) OVER so_far AS version
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

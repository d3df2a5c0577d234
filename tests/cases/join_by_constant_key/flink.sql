-- orders_with_rate, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders: json files.
CREATE TEMPORARY TABLE orders (
  id INT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source orders, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- rates: json files.
CREATE TEMPORARY TABLE rates (
  currency STRING,
  rate DOUBLE,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source rates, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'rates.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- rates_by_currency: the versions of rates, each valid from its event time on.
CREATE TEMPORARY VIEW rates_by_currency AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    currency,
    rate,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM rates
  WINDOW same_time AS (PARTITION BY currency ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    currency,
    rate,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY currency ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  currency,
  rate,
  event_time
FROM numbered
WHERE age = 1 AND currency IS NOT NULL;

-- orders_with_rate: each row of orders.
CREATE TEMPORARY VIEW orders_with_rate AS
WITH
-- Each row of orders, with currency computed from it.
with_expressions AS (
  SELECT
    *,
    CASE WHEN event_time IS NOT NULL THEN 'EUR' END AS currency
  FROM orders
),
-- Each row of orders, with rate of rates by currency, from the latest row at or before its time (NULL where there is none).
with_rates AS (
  SELECT
    l.*,
    r.rate
  FROM with_expressions AS l
  LEFT JOIN rates_by_currency FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.currency = r.currency
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

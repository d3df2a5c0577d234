-- sales with features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- It calls functions of Python. sqlfeat registers them when it runs it; in another session register them before:
--   sales_with_features__item(STRING) RETURNS STRING: lower, for item of sales with features.
--   sales_with_features__root_of_total(DOUBLE) RETURNS DOUBLE: root, for root_of_total of sales with features.
--   sales_with_features__greeting(STRING) RETURNS STRING: greeting, for greeting of sales with features.
--   sales_with_features__is_large(BIGINT, DOUBLE) RETURNS BOOLEAN: <lambda>, for is_large of sales with features.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- sales_stored: json files.
CREATE TEMPORARY TABLE sales_stored (
  `user` STRING,
  item STRING,
  amount BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'sales.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- prices_stored: json files.
CREATE TEMPORARY TABLE prices_stored (
  item STRING,
  price DOUBLE,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'prices.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- sales: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW sales AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source sales, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM sales_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- prices: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW prices AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source prices, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM prices_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- sales with features: each row of sales.
CREATE TEMPORARY VIEW `sales with features` AS
WITH
-- Each row of sales, with item and greeting computed from it.
with_expressions AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    sales_with_features__item(item) AS item,
    sales_with_features__greeting(`user`) AS greeting
  FROM sales
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item on one timeline.
with_prices_timeline AS (
  SELECT
    `user`,
    item,
    amount,
    `time`,
    event_time,
    greeting,
    1 AS side,
    CAST(NULL AS ROW<price DOUBLE>) AS version
  FROM with_expressions
  UNION ALL
  SELECT
    CAST(NULL AS STRING),
    item,
    CAST(NULL AS BIGINT),
    CAST(NULL AS STRING),
    event_time,
    CAST(NULL AS STRING),
    0,
    CAST(ROW(price) AS ROW<price DOUBLE>)
  FROM prices
  WHERE item IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by price.
with_prices_carried AS (
  SELECT
    `user`,
    item,
    amount,
    `time`,
    event_time,
    greeting,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_prices_timeline
  WINDOW so_far AS (PARTITION BY item ORDER BY event_time, side, version.price ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of sales, with price of prices by item, from the latest row at or before its time (NULL where there is none).
with_prices AS (
  SELECT
    `user`,
    item,
    amount,
    `time`,
    event_time,
    greeting,
    version.price
  FROM with_prices_carried
  WHERE side = 1
),
-- Each row of sales, with paid computed from it.
with_expressions_2 AS (
  SELECT
    *,
    amount * price AS paid
  FROM with_prices
),
-- Each row of sales, with total over the rows with its item from 1 hour before its time up to it, both included.
with_windows AS (
  SELECT
    COALESCE(SUM(paid) OVER last_1_hour_by_item, 0) AS total,
    with_expressions_2.*
  FROM with_expressions_2
  WINDOW
    last_1_hour_by_item AS (PARTITION BY item ORDER BY event_time RANGE BETWEEN 3600000 PRECEDING AND CURRENT ROW)
),
-- Each row of sales, with root_of_total and is_large computed from it.
with_expressions_3 AS (
  SELECT
    *,
    sales_with_features__root_of_total(total) AS root_of_total,
    sales_with_features__is_large(amount, total) AS is_large
  FROM with_windows
),
-- Each row of sales, with large_so_far over all rows up to its time.
with_windows_2 AS (
  SELECT
    COUNT(CASE WHEN is_large THEN 1 END) OVER all_so_far AS large_so_far,
    with_expressions_3.*
  FROM with_expressions_3
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Of these, the rows for which the view's filter_expr is true.
kept AS (
  SELECT *
  FROM with_windows_2
  WHERE greeting LIKE 'Hello%'
)
SELECT
  `user`,
  item,
  amount,
  `time`,
  price,
  paid,
  total,
  root_of_total,
  greeting,
  is_large,
  large_so_far,
  event_time
FROM kept;

-- The rows of sales with features.
SELECT `user`, item, amount, `time`, price, paid, total, root_of_total, greeting, is_large, large_so_far
FROM `sales with features`;

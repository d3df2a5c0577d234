-- sales with features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- sales with features, feature 'total': the rows of sales and prices come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- It calls functions of Python. sqlfeat registers them when it runs it; in another session register them before:
--   sales_with_features__item(STRING) RETURNS STRING: lower, for item of sales with features.
--   sales_with_features__root_of_total(DOUBLE) RETURNS DOUBLE: root, for root_of_total of sales with features.
--   sales_with_features__greeting(STRING) RETURNS STRING: greeting, for greeting of sales with features.
--   sales_with_features__is_large(BIGINT, DOUBLE) RETURNS BOOLEAN: <lambda>, for is_large of sales with features.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- sales: json files.
CREATE TEMPORARY TABLE sales (
  `user` STRING,
  item STRING,
  amount BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source sales, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'sales.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- prices: json files.
CREATE TEMPORARY TABLE prices (
  item STRING,
  price DOUBLE,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source prices, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'prices.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- prices_by_item: the versions of prices, each valid from its event time on.
CREATE TEMPORARY VIEW prices_by_item AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    item,
    price,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM prices
  WINDOW same_time AS (PARTITION BY item ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    item,
    price,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY item ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  item,
  price,
  event_time
FROM numbered
WHERE age = 1 AND item IS NOT NULL;

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
-- Each row of sales, with price of prices by item, from the latest row at or before its time (NULL where there is none).
with_prices AS (
  SELECT
    l.*,
    r.price
  FROM with_expressions AS l
  LEFT JOIN prices_by_item FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item = r.item
),
-- Each row of sales, with paid computed from it.
with_expressions_2 AS (
  SELECT
    *,
    amount * price AS paid
  FROM with_prices
),
-- Each row, with those numbers of total that DECIMALs hold, of which nothing is left behind when their row leaves a window.
total_near AS (
  SELECT
    *,
    CASE WHEN paid = 0 OR ABS(paid) BETWEEN 1E-19 AND 1E28 THEN paid END AS total_near
  FROM with_expressions_2
),
-- Each row of sales, with total_whole, total_fraction and total_beyond over the rows with its item from 1 hour before its time up to it, both included.
last_1_hour_by_item AS (
  SELECT
    COALESCE(SUM(CAST(total_near AS DECIMAL(38, 0))) OVER last_1_hour_by_item, 0) AS total_whole,
    COALESCE(SUM(CAST(total_near - CAST(total_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER last_1_hour_by_item, 0) AS total_fraction,
    COALESCE(SUM(CASE WHEN total_near IS NULL THEN paid END) OVER last_1_hour_by_item, 0) AS total_beyond,
    total_near.*
  FROM total_near
  WINDOW
    last_1_hour_by_item AS (PARTITION BY item ORDER BY event_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)
),
-- Each row of sales, with total: digits before the point, digits behind it, and the numbers that DECIMALs do not hold.
total_added AS (
  SELECT
    `user`,
    item,
    amount,
    `time`,
    event_time,
    greeting,
    price,
    paid,
    CAST(total_whole AS DOUBLE) + CAST(total_fraction AS DOUBLE) + total_beyond AS total
  FROM last_1_hour_by_item
),
-- Each row of sales, with root_of_total and is_large computed from it.
with_expressions_3 AS (
  SELECT
    *,
    sales_with_features__root_of_total(total) AS root_of_total,
    sales_with_features__is_large(amount, total) AS is_large
  FROM total_added
),
-- Each row of sales, with large_so_far over all rows up to its time.
all_so_far_2 AS (
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
  FROM all_so_far_2
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

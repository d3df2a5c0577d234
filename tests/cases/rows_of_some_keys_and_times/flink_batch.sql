-- sales_with_features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'Europe/Paris';

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
  price BIGINT,
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

-- sales_with_features: each row of sales.
CREATE TEMPORARY VIEW sales_with_features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item on one timeline.
with_prices_timeline AS (
  SELECT
    `user`,
    item,
    amount,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<price BIGINT>) AS version
  FROM sales
  UNION ALL
  SELECT
    CAST(NULL AS STRING),
    item,
    CAST(NULL AS BIGINT),
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(price) AS ROW<price BIGINT>)
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
    version.price
  FROM with_prices_carried
  WHERE side = 1
),
-- Each row of sales, with each feature over its window, named below.
with_windows AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_day_by_user, 0) AS bought,
    COALESCE(SUM(amount) OVER last_1_day_by_item, 0) AS sold,
    with_prices.*
  FROM with_prices
  WINDOW
    last_1_day_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 86400000 PRECEDING AND CURRENT ROW),
    last_1_day_by_item AS (PARTITION BY item ORDER BY event_time RANGE BETWEEN 86400000 PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  item,
  amount,
  `time`,
  price,
  bought,
  sold,
  event_time
FROM with_windows;

-- sales_with_features_selected: the rows of sales_with_features with one of the keys that were asked for, from 2022-03-26 23:00:00.000 UTC on and before 2022-03-27 22:00:00.000 UTC.
CREATE TEMPORARY VIEW sales_with_features_selected AS
SELECT *
FROM sales_with_features
WHERE `user` IN ('ann', 'bob''s', 'nobody') AND event_time >= 1648335600000 AND event_time < 1648418400000;

-- The rows of sales_with_features_selected.
SELECT `user`, item, amount, `time`, price, bought, sold
FROM sales_with_features_selected;

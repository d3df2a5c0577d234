-- purchases_with_price, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases: json files.
CREATE TEMPORARY TABLE purchases (
  user_id STRING,
  item_id STRING,
  number BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source purchases, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchases.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- purchases_a_millisecond_later: json files.
CREATE TEMPORARY TABLE purchases_a_millisecond_later (
  user_id STRING,
  item_id STRING,
  number BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source purchases, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END + INTERVAL '0.001' SECOND,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchases.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- purchases_a_millisecond_later_by_user_id: the versions of purchases_a_millisecond_later, each valid from its event time on.
CREATE TEMPORARY VIEW purchases_a_millisecond_later_by_user_id AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    user_id,
    item_id,
    event_time,
    number,
    MAX(number) OVER same_time AS greatest_number
  FROM purchases_a_millisecond_later
  WINDOW same_time AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the greatest number counts.
numbered AS (
  SELECT
    user_id,
    item_id,
    event_time,
    number,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE number IS NOT DISTINCT FROM greatest_number
)
SELECT
  user_id,
  item_id,
  event_time
FROM numbered
WHERE age = 1 AND user_id IS NOT NULL;

-- purchases_with_price: each row of purchases.
CREATE TEMPORARY VIEW purchases_with_price AS
WITH
-- Each row of purchases, with previous_item of purchases by user_id, from the latest row before its time (NULL where there is none).
with_purchases AS (
  SELECT
    l.*,
    r.item_id AS previous_item
  FROM purchases AS l
  LEFT JOIN purchases_a_millisecond_later_by_user_id FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.user_id = r.user_id
)
SELECT
  user_id,
  item_id,
  number,
  `time`,
  previous_item,
  event_time
FROM with_purchases;

-- The rows of purchases_with_price.
SELECT user_id, item_id, number, `time`, previous_item
FROM purchases_with_price;

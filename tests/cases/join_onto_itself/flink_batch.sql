-- purchases_with_price, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases_stored: json files.
CREATE TEMPORARY TABLE purchases_stored (
  user_id STRING,
  item_id STRING,
  number BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchases.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- purchases: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW purchases AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source purchases, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM purchases_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- purchases_with_price: each row of purchases.
CREATE TEMPORARY VIEW purchases_with_price AS
WITH
-- The rows to be joined (side 0) and the versions that they may match (side 1), by user_id on one timeline.
with_purchases_timeline AS (
  SELECT
    user_id,
    item_id,
    number,
    `time`,
    event_time,
    0 AS side,
    CAST(NULL AS ROW<number BIGINT, item_id STRING>) AS version
  FROM purchases
  UNION ALL
  SELECT
    user_id,
    CAST(NULL AS STRING),
    CAST(NULL AS BIGINT),
    CAST(NULL AS STRING),
    event_time,
    1,
    CAST(ROW(number, item_id) AS ROW<number BIGINT, item_id STRING>)
  FROM purchases
  WHERE user_id IS NOT NULL
),
-- The same rows, each with the latest version before it; of versions of one time, the greatest by number, then item_id.
with_purchases_carried AS (
  SELECT
    user_id,
    item_id,
    number,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_purchases_timeline
  WINDOW so_far AS (PARTITION BY user_id ORDER BY event_time, side, version.number, version.item_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with previous_item of purchases by user_id, from the latest row before its time (NULL where there is none).
with_purchases AS (
  SELECT
    user_id,
    item_id,
    number,
    `time`,
    event_time,
    version.item_id AS previous_item
  FROM with_purchases_carried
  WHERE side = 0
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

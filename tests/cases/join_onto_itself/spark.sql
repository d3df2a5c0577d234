-- purchases_with_price, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- purchases_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW purchases_stored (
  user_id STRING,
  item_id STRING,
  number BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'purchases.jsonl',
  'mode' 'FAILFAST'
);

-- purchases: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW purchases AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source purchases, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM purchases_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- purchases_with_price: each row of purchases.
CREATE OR REPLACE TEMPORARY VIEW purchases_with_price AS
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
    CAST(NULL AS STRUCT<number: BIGINT, item_id: STRING>) AS version
  FROM purchases
  UNION ALL
  SELECT
    user_id,
    NULL,
    NULL,
    NULL,
    event_time,
    1,
    struct(number, item_id)
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
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
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

-- purchases_with_price, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases_stored: json files.
CREATE TEMPORARY TABLE purchases_stored (
  item_id STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchases.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- prices_stored: json files.
CREATE TEMPORARY TABLE prices_stored (
  item_id STRING,
  price DOUBLE,
  shops MAP<STRING, BIGINT>,
  version BIGINT,
  known_at TIMESTAMP_LTZ(3),
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'prices.jsonl',
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

-- purchases_with_price: each row of purchases.
CREATE TEMPORARY VIEW purchases_with_price AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item_id on one timeline.
with_prices_timeline AS (
  SELECT
    item_id,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<version BIGINT, price DOUBLE, shops MAP<STRING, BIGINT>, event_time BIGINT>) AS version
  FROM purchases
  UNION ALL
  SELECT
    item_id,
    CAST(NULL AS STRING),
    GREATEST(event_time, EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (known_at - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM TIMESTAMP '1970-01-01 00:00:00.000' + (known_at - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND)),
    0,
    CAST(ROW(version, price, shops, event_time) AS ROW<version BIGINT, price DOUBLE, shops MAP<STRING, BIGINT>, event_time BIGINT>)
  FROM prices
  WHERE item_id IS NOT NULL AND known_at IS NOT NULL
),
-- The same rows, each version with its number: the newest of its keys has 1.
with_prices_carried_numbered AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY item_id, side ORDER BY version.event_time DESC, version.version DESC, version.price DESC) AS version_number
  FROM with_prices_timeline
),
-- The same rows, each with the number of the newest version of its item_id so far.
with_prices_carried_newest AS (
  SELECT
    MIN(CASE WHEN version IS NOT NULL THEN version_number END) OVER so_far_by_item_id AS newest,
    with_prices_carried_numbered.*
  FROM with_prices_carried_numbered
  WINDOW
    so_far_by_item_id AS (PARTITION BY item_id ORDER BY event_time, side, version_number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- The same rows, each with the version of that number.
with_prices_carried_versions AS (
  SELECT
    FIRST_VALUE(version) OVER of_newest_by_item_id AS version,
    item_id,
    `time`,
    event_time,
    side,
    version_number,
    newest
  FROM with_prices_carried_newest
  WINDOW
    of_newest_by_item_id AS (PARTITION BY item_id, newest ORDER BY event_time, side, version_number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- The same rows, each with the latest version at or before it, of those known at its time; of versions of one time, the greatest by version, then price.
with_prices_carried AS (
  SELECT
    item_id,
    `time`,
    event_time,
    side,
    version
  FROM with_prices_carried_versions
),
-- Each row of purchases, with price and shops of prices by item_id, from the latest row at or before its time, of those known at its time (NULL where there is none).
with_prices AS (
  SELECT
    item_id,
    `time`,
    event_time,
    version.price,
    version.shops
  FROM with_prices_carried
  WHERE side = 1
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item_id on one timeline.
with_prices_2_timeline AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    1 AS side,
    CAST(NULL AS ROW<version BIGINT, price DOUBLE, event_time BIGINT>) AS version
  FROM with_prices
  UNION ALL
  SELECT
    item_id,
    CAST(NULL AS STRING),
    GREATEST(event_time + 1, EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (known_at - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM TIMESTAMP '1970-01-01 00:00:00.000' + (known_at - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND)),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS MAP<STRING, BIGINT>),
    0,
    CAST(ROW(version, price, event_time) AS ROW<version BIGINT, price DOUBLE, event_time BIGINT>)
  FROM prices
  WHERE item_id IS NOT NULL AND known_at IS NOT NULL
),
-- The same rows, each version with its number: the newest of its keys has 1.
with_prices_2_carried_numbered AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY item_id, side ORDER BY version.event_time DESC, version.version DESC, version.price DESC) AS version_number
  FROM with_prices_2_timeline
),
-- The same rows, each with the number of the newest version of its item_id so far.
with_prices_2_carried_newest AS (
  SELECT
    MIN(CASE WHEN version IS NOT NULL THEN version_number END) OVER so_far_by_item_id AS newest,
    with_prices_2_carried_numbered.*
  FROM with_prices_2_carried_numbered
  WINDOW
    so_far_by_item_id AS (PARTITION BY item_id ORDER BY event_time, side, version_number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- The same rows, each with the version of that number.
with_prices_2_carried_versions AS (
  SELECT
    FIRST_VALUE(version) OVER of_newest_by_item_id AS version,
    item_id,
    `time`,
    event_time,
    price,
    shops,
    side,
    version_number,
    newest
  FROM with_prices_2_carried_newest
  WINDOW
    of_newest_by_item_id AS (PARTITION BY item_id, newest ORDER BY event_time, side, version_number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- The same rows, each with the latest version before it, of those known at its time; of versions of one time, the greatest by version, then price.
with_prices_2_carried AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    side,
    version
  FROM with_prices_2_carried_versions
),
-- Each row of purchases, with price_before of prices by item_id, from the latest row before its time, of those known at its time (NULL where there is none).
with_prices_2 AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    version.price AS price_before
  FROM with_prices_2_carried
  WHERE side = 1
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item_id on one timeline.
with_prices_3_timeline AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    price_before,
    1 AS side,
    CAST(NULL AS ROW<version BIGINT, price DOUBLE, event_time BIGINT>) AS version
  FROM with_prices_2
  UNION ALL
  SELECT
    item_id,
    CAST(NULL AS STRING),
    GREATEST(event_time, EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (known_at - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM TIMESTAMP '1970-01-01 00:00:00.000' + (known_at - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND)),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS MAP<STRING, BIGINT>),
    CAST(NULL AS DOUBLE),
    0,
    CAST(ROW(version, price, event_time) AS ROW<version BIGINT, price DOUBLE, event_time BIGINT>)
  FROM prices
  WHERE item_id IS NOT NULL AND known_at IS NOT NULL
),
-- The same rows, each version with its number: the newest of its keys has 1.
with_prices_3_carried_numbered AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY item_id, side ORDER BY version.event_time DESC, version.version DESC, version.price DESC) AS version_number
  FROM with_prices_3_timeline
),
-- The same rows, each with the number of the newest version of its item_id so far.
with_prices_3_carried_newest AS (
  SELECT
    MIN(CASE WHEN version IS NOT NULL THEN version_number END) OVER so_far_by_item_id AS newest,
    with_prices_3_carried_numbered.*
  FROM with_prices_3_carried_numbered
  WINDOW
    so_far_by_item_id AS (PARTITION BY item_id ORDER BY event_time, side, version_number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- The same rows, each with the version of that number.
with_prices_3_carried_versions AS (
  SELECT
    FIRST_VALUE(version) OVER of_newest_by_item_id AS version,
    item_id,
    `time`,
    event_time,
    price,
    shops,
    price_before,
    side,
    version_number,
    newest
  FROM with_prices_3_carried_newest
  WINDOW
    of_newest_by_item_id AS (PARTITION BY item_id, newest ORDER BY event_time, side, version_number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- The same rows, each with the latest version at or before it, of those known at its time; of versions of one time, the greatest by version, then price.
with_prices_3_carried AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    price_before,
    side,
    version
  FROM with_prices_3_carried_versions
),
-- Each row of purchases, with fresh_price of prices by item_id, from the latest row at or before its time, at most 10 minutes old, of those known at its time (NULL where there is none).
with_prices_3 AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    price_before,
    CASE WHEN version.event_time >= event_time - 600000 THEN version.price END AS fresh_price
  FROM with_prices_3_carried
  WHERE side = 1
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item_id on one timeline.
with_prices_4_timeline AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    price_before,
    fresh_price,
    1 AS side,
    CAST(NULL AS ROW<version BIGINT, price DOUBLE>) AS version
  FROM with_prices_3
  UNION ALL
  SELECT
    item_id,
    CAST(NULL AS STRING),
    event_time,
    CAST(NULL AS DOUBLE),
    CAST(NULL AS MAP<STRING, BIGINT>),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS DOUBLE),
    0,
    CAST(ROW(version, price) AS ROW<version BIGINT, price DOUBLE>)
  FROM prices
  WHERE item_id IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by version, then price.
with_prices_4_carried AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    price_before,
    fresh_price,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_prices_4_timeline
  WINDOW so_far AS (PARTITION BY item_id ORDER BY event_time, side, version.version, version.price ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with price_known_now of prices by item_id, from the latest row at or before its time (NULL where there is none).
with_prices_4 AS (
  SELECT
    item_id,
    `time`,
    event_time,
    price,
    shops,
    price_before,
    fresh_price,
    version.price AS price_known_now
  FROM with_prices_4_carried
  WHERE side = 1
)
SELECT
  item_id,
  `time`,
  price,
  shops,
  price_before,
  fresh_price,
  price_known_now,
  event_time
FROM with_prices_4;

-- The rows of purchases_with_price.
SELECT item_id, `time`, price, shops, price_before, fresh_price, price_known_now
FROM purchases_with_price;

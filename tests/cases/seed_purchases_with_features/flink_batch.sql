-- purchases_with_features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchase_events_stored: json files.
CREATE TEMPORARY TABLE purchase_events_stored (
  user_id STRING,
  item_id STRING,
  item_count INT,
  `timestamp` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchase_events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- item_price_events_stored: json files.
CREATE TEMPORARY TABLE item_price_events_stored (
  item_id STRING,
  price DOUBLE,
  `timestamp` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'item_price_events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- purchase_events: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW purchase_events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `timestamp`
        OR CAST('source purchase_events, column timestamp: cannot use the timestamp ' || COALESCE(`timestamp`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM purchase_events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- item_price_events: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW item_price_events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `timestamp`
        OR CAST('source item_price_events, column timestamp: cannot use the timestamp ' || COALESCE(`timestamp`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM item_price_events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- purchases_with_features: each row of purchase_events.
CREATE TEMPORARY VIEW purchases_with_features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item_id on one timeline.
with_item_price_events_timeline AS (
  SELECT
    user_id,
    item_id,
    item_count,
    `timestamp`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<price DOUBLE>) AS version
  FROM purchase_events
  UNION ALL
  SELECT
    CAST(NULL AS STRING),
    item_id,
    CAST(NULL AS INT),
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(price) AS ROW<price DOUBLE>)
  FROM item_price_events
  WHERE item_id IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by price.
with_item_price_events_carried AS (
  SELECT
    user_id,
    item_id,
    item_count,
    `timestamp`,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_item_price_events_timeline
  WINDOW so_far AS (PARTITION BY item_id ORDER BY event_time, side, version.price ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchase_events, with price of item_price_events by item_id, from the latest row at or before its time (NULL where there is none).
with_item_price_events AS (
  SELECT
    user_id,
    item_id,
    item_count,
    `timestamp`,
    event_time,
    version.price
  FROM with_item_price_events_carried
  WHERE side = 1
),
-- Each row of purchase_events, with total_payment_last_two_minutes over the rows with its user_id from 2 minutes before its time up to it, both included.
with_windows AS (
  SELECT
    COALESCE(SUM(item_count * price) OVER last_2_minutes_by_user_id, 0) AS total_payment_last_two_minutes,
    with_item_price_events.*
  FROM with_item_price_events
  WINDOW
    last_2_minutes_by_user_id AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN 120000 PRECEDING AND CURRENT ROW)
)
SELECT
  user_id,
  item_id,
  item_count,
  `timestamp`,
  price,
  total_payment_last_two_minutes,
  event_time
FROM with_windows;

-- The rows of purchases_with_features.
SELECT user_id, item_id, item_count, `timestamp`, price, total_payment_last_two_minutes
FROM purchases_with_features;

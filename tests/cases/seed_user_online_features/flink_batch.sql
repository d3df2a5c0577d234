-- user_online_features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'Asia/Shanghai';

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
      WHEN REGEXP(`timestamp`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`timestamp`, 1, 19), 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = SUBSTRING(`timestamp`, 1, 19)
        OR CAST('source purchase_events, column timestamp: cannot use the timestamp ' || COALESCE(`timestamp`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (TO_TIMESTAMP_LTZ(SUBSTRING(`timestamp`, 1, 19), 'yyyy-MM-dd HH:mm:ss', REGEXP_EXTRACT(`timestamp`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
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
      WHEN REGEXP(`timestamp`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`timestamp`, 1, 19), 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = SUBSTRING(`timestamp`, 1, 19)
        OR CAST('source item_price_events, column timestamp: cannot use the timestamp ' || COALESCE(`timestamp`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (TO_TIMESTAMP_LTZ(SUBSTRING(`timestamp`, 1, 19), 'yyyy-MM-dd HH:mm:ss', REGEXP_EXTRACT(`timestamp`, '^.{19} (Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM item_price_events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- purchases_with_price: each row of purchase_events.
CREATE TEMPORARY VIEW purchases_with_price AS
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
)
SELECT
  user_id,
  item_id,
  item_count,
  `timestamp`,
  price,
  event_time
FROM with_item_price_events;

-- user_online_features: each user_id and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW user_online_features AS
WITH
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_numbered AS (
  SELECT
    purchases_with_price.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM purchases_with_price
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_numbered
),
-- total_payment_last_two_minutes per user_id, over windows of 2 minutes of purchases_with_price that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    user_id,
    window_end - 1 AS event_time,
    COALESCE(SUM(item_count * price), 0) AS total_payment_last_two_minutes
  FROM rows_of_windows
  GROUP BY user_id, window_end
),
-- The same rows, with timestamp, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss') AS `timestamp`
  FROM windows
)
SELECT
  user_id,
  `timestamp`,
  total_payment_last_two_minutes,
  event_time
FROM with_time;

-- The rows of user_online_features.
SELECT user_id, `timestamp`, total_payment_last_two_minutes
FROM user_online_features;

-- user_online_features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = Asia/Shanghai;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- purchase_events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW purchase_events_stored (
  user_id STRING,
  item_id STRING,
  item_count INT,
  `timestamp` STRING
) USING json OPTIONS (
  'path' 'purchase_events.jsonl',
  'mode' 'FAILFAST'
);

-- item_price_events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW item_price_events_stored (
  item_id STRING,
  price DOUBLE,
  `timestamp` STRING
) USING json OPTIONS (
  'path' 'item_price_events.jsonl',
  'mode' 'FAILFAST'
);

-- purchase_events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW purchase_events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(CASE WHEN `timestamp` RLIKE '^.{19} (Z|[+-](?:0\\d|1[0-7]):?[0-5]\\d)\\z' THEN `timestamp` END, 'yyyy-MM-dd HH:mm:ss [XXX][XX]'), raise_error(concat('source purchase_events, column timestamp: cannot use the timestamp ', coalesce(CAST(`timestamp` AS STRING), 'NULL')))) AS event_time
  FROM purchase_events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- item_price_events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW item_price_events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(CASE WHEN `timestamp` RLIKE '^.{19} (Z|[+-](?:0\\d|1[0-7]):?[0-5]\\d)\\z' THEN `timestamp` END, 'yyyy-MM-dd HH:mm:ss [XXX][XX]'), raise_error(concat('source item_price_events, column timestamp: cannot use the timestamp ', coalesce(CAST(`timestamp` AS STRING), 'NULL')))) AS event_time
  FROM item_price_events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- purchases_with_price: each row of purchase_events.
CREATE OR REPLACE TEMPORARY VIEW purchases_with_price AS
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
    CAST(NULL AS STRUCT<price: DOUBLE>) AS version
  FROM purchase_events
  UNION ALL
  SELECT
    NULL,
    item_id,
    NULL,
    NULL,
    event_time,
    0,
    struct(price)
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
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
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
CREATE OR REPLACE TEMPORARY VIEW user_online_features AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '2 minutes', '1 minute').end AS window_end
  FROM purchases_with_price
),
-- total_payment_last_two_minutes per user_id, over windows of 2 minutes of purchases_with_price that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    user_id,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(item_count * price), 0) AS total_payment_last_two_minutes
  FROM windows_of_rows
  GROUP BY user_id, window_end
),
-- The same rows, with timestamp, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    date_format(event_time, 'yyyy-MM-dd HH:mm:ss') AS `timestamp`
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

-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- features, feature 'last_two_seconds': the rows of events and prices come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  item STRING,
  `at` BIGINT,
  event_time AS CASE
    WHEN `at` BETWEEN -62135596800 AND 253402300799 AND TO_TIMESTAMP_LTZ(`at`, 0) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
    THEN TO_TIMESTAMP_LTZ(`at`, 0)
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- prices: json files.
CREATE TEMPORARY TABLE prices (
  item STRING,
  price DOUBLE,
  `at` BIGINT,
  event_time AS CASE
    WHEN `at` BETWEEN -62135596800000 AND 253402300799999 AND TO_TIMESTAMP_LTZ(`at`, 3) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source prices, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
    THEN TO_TIMESTAMP_LTZ(`at`, 3)
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

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of events, with price of prices by item, from the latest row at or before its time (NULL where there is none).
with_prices AS (
  SELECT
    l.*,
    r.price
  FROM events AS l
  LEFT JOIN prices_by_item FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item = r.item
),
-- Each row of events, with last_two_seconds over all rows from 2 seconds before its time up to it, both included.
last_2_seconds AS (
  SELECT
    COUNT(*) OVER last_2_seconds AS last_two_seconds,
    with_prices.*
  FROM with_prices
  WINDOW
    last_2_seconds AS (ORDER BY event_time RANGE BETWEEN INTERVAL '2' SECOND PRECEDING AND CURRENT ROW)
)
SELECT
  item,
  `at`,
  price,
  last_two_seconds,
  event_time
FROM last_2_seconds;

-- The rows of features.
SELECT item, `at`, price, last_two_seconds
FROM features;

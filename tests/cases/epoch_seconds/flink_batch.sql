-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  item STRING,
  `at` BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- prices_stored: json files.
CREATE TEMPORARY TABLE prices_stored (
  item STRING,
  price DOUBLE,
  `at` BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = 'prices.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN `at` BETWEEN -62135596800 AND 253402300799
        OR CAST('source events, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
      THEN CAST(`at` AS BIGINT) * 1000
    END AS event_time
  FROM events_stored
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
      WHEN `at` BETWEEN -62135596800000 AND 253402300799999
        OR CAST('source prices, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
      THEN CAST(`at` AS BIGINT)
    END AS event_time
  FROM prices_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item on one timeline.
with_prices_timeline AS (
  SELECT
    item,
    `at`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<price DOUBLE>) AS version
  FROM events
  UNION ALL
  SELECT
    item,
    CAST(NULL AS BIGINT),
    event_time,
    0,
    CAST(ROW(price) AS ROW<price DOUBLE>)
  FROM prices
  WHERE item IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by price.
with_prices_carried AS (
  SELECT
    item,
    `at`,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_prices_timeline
  WINDOW so_far AS (PARTITION BY item ORDER BY event_time, side, version.price ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with price of prices by item, from the latest row at or before its time (NULL where there is none).
with_prices AS (
  SELECT
    item,
    `at`,
    event_time,
    version.price
  FROM with_prices_carried
  WHERE side = 1
),
-- Each row of events, with last_two_seconds over all rows from 2 seconds before its time up to it, both included.
with_windows AS (
  SELECT
    COUNT(*) OVER last_2_seconds AS last_two_seconds,
    with_prices.*
  FROM with_prices
  WINDOW
    last_2_seconds AS (ORDER BY event_time RANGE BETWEEN 2000 PRECEDING AND CURRENT ROW)
)
SELECT
  item,
  `at`,
  price,
  last_two_seconds,
  event_time
FROM with_windows;

-- The rows of features.
SELECT item, `at`, price, last_two_seconds
FROM features;

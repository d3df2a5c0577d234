-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = America/New_York;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  item STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST'
);

-- prices_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW prices_stored (
  item STRING,
  price DOUBLE,
  `time` STRING
) USING json OPTIONS (
  'path' 'prices.jsonl',
  'mode' 'FAILFAST'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'dd.MM.yyyy HH:mm'), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- prices: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW prices AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(CASE WHEN `time` RLIKE '^.{10}T.{8}(Z|[+-](?:0\\d|1[0-7]):?[0-5]\\d)\\z' THEN `time` END, 'yyyy-MM-dd\'T\'HH:mm:ss[XXX][XX]'), raise_error(concat('source prices, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM prices_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of events.
CREATE OR REPLACE TEMPORARY VIEW features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item on one timeline.
with_prices_timeline AS (
  SELECT
    item,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<price: DOUBLE>) AS version
  FROM events
  UNION ALL
  SELECT
    item,
    NULL,
    event_time,
    0,
    struct(price)
  FROM prices
  WHERE item IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by price.
with_prices_carried AS (
  SELECT
    item,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
  FROM with_prices_timeline
  WINDOW so_far AS (PARTITION BY item ORDER BY event_time, side, version.price ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with price of prices by item, from the latest row at or before its time (NULL where there is none).
with_prices AS (
  SELECT
    item,
    `time`,
    event_time,
    version.price
  FROM with_prices_carried
  WHERE side = 1
),
-- Each row of events, with so_far over all rows up to its time.
with_windows AS (
  SELECT
    *,
    COUNT(*) OVER all_so_far AS so_far
  FROM with_prices
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  item,
  `time`,
  price,
  so_far,
  event_time
FROM with_windows;

-- The rows of features.
SELECT item, `time`, price, so_far
FROM features;

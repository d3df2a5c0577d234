-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  item STRING,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'dd.MM.yyyy HH:mm'), 'dd.MM.yyyy HH:mm') = `time` AND CAST(TO_TIMESTAMP(`time`, 'dd.MM.yyyy HH:mm') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'dd.MM.yyyy HH:mm') AS TIMESTAMP_LTZ(3))
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
  `time` STRING,
  event_time AS CASE
    WHEN REGEXP(`time`, '^.{10}T.{8}(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd''T''HH:mm:ss'), 'yyyy-MM-dd''T''HH:mm:ss') = SUBSTRING(`time`, 1, 19) AND TO_TIMESTAMP_LTZ(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd''T''HH:mm:ss', REGEXP_EXTRACT(`time`, '^.{10}T.{8}(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source prices, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN TO_TIMESTAMP_LTZ(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd''T''HH:mm:ss', REGEXP_EXTRACT(`time`, '^.{10}T.{8}(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1))
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
-- Each row of events, with so_far over all rows up to its time.
all_so_far AS (
  SELECT
    COUNT(*) OVER all_so_far AS so_far,
    with_prices.*
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
FROM all_so_far;

-- The rows of features.
SELECT item, `time`, price, so_far
FROM features;

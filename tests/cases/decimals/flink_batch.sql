-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  price DECIMAL(10, 2),
  tax DECIMAL(4, 3),
  pieces INT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
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
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of events, with total, with_tax, with_fee, shares, each and is_dear computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(price * CAST(pieces AS DECIMAL(10, 0)) AS DECIMAL(21, 2)) AS total,
    CAST(price + CAST(price * tax AS DECIMAL(15, 5)) AS DECIMAL(16, 5)) AS with_tax,
    CAST(price + 0.05 AS DECIMAL(11, 2)) AS with_fee,
    CAST(CASE WHEN tax <> 0 THEN price / tax END AS DECIMAL(18, 7)) AS shares,
    CASE WHEN pieces <> 0 THEN CAST(price AS DOUBLE) / CAST(pieces AS DOUBLE) END AS `each`,
    price > 1.1E0 AS is_dear
  FROM events
),
-- Each row of events, with sum, mean, greatest and nothing over all rows up to its time.
with_windows AS (
  SELECT
    COALESCE(SUM(price) OVER all_so_far, 0) AS `sum`,
    AVG(CAST(price AS DOUBLE)) OVER all_so_far AS mean,
    MAX(price) OVER all_so_far AS greatest,
    COALESCE(SUM(CASE WHEN pieces > 100 THEN price END) OVER all_so_far, 0) AS nothing,
    with_expressions.*
  FROM with_expressions
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  price,
  tax,
  pieces,
  `time`,
  total,
  with_tax,
  with_fee,
  shares,
  `each`,
  is_dear,
  `sum`,
  mean,
  greatest,
  nothing,
  event_time
FROM with_windows;

-- The rows of features.
SELECT price, tax, pieces, `time`, total, with_tax, with_fee, shares, `each`, is_dear, `sum`, mean, greatest, nothing
FROM features;

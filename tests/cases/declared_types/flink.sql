-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  pieces INT,
  price DECIMAL(6, 2),
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of events, with pieces_64, pieces_double, price_double, exact_pieces, price_wide and nothing computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(pieces AS BIGINT) AS pieces_64,
    CAST(pieces AS DOUBLE) AS pieces_double,
    CAST(price AS DOUBLE) AS price_double,
    CAST(pieces AS DECIMAL(12, 2)) AS exact_pieces,
    CAST(price AS DECIMAL(20, 4)) AS price_wide,
    CAST(NULL AS BIGINT) AS nothing
  FROM events
),
-- Each row of events, with total over all rows up to its time.
all_so_far AS (
  SELECT
    COALESCE(SUM(CASE WHEN `user` = 'ann' THEN CAST(pieces AS BIGINT) END) OVER all_so_far, 0) AS total,
    with_expressions.*
  FROM with_expressions
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- total in the declared type.
with_types AS (
  SELECT
    `user`,
    pieces,
    price,
    `time`,
    event_time,
    pieces_64,
    pieces_double,
    price_double,
    exact_pieces,
    price_wide,
    nothing,
    CAST(total AS DOUBLE) AS total
  FROM all_so_far
),
-- Each row of events, with half computed from it.
with_expressions_2 AS (
  SELECT
    *,
    total / 2.0E0 AS half
  FROM with_types
)
SELECT
  `user`,
  pieces,
  price,
  `time`,
  pieces_64,
  pieces_double,
  price_double,
  exact_pieces,
  price_wide,
  total,
  half,
  nothing,
  event_time
FROM with_expressions_2;

-- The rows of features.
SELECT `user`, pieces, price, `time`, pieces_64, pieces_double, price_double, exact_pieces, price_wide, total, half, nothing
FROM features;

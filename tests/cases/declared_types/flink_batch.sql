-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  pieces INT,
  price DECIMAL(6, 2),
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
with_windows AS (
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
  FROM with_windows
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

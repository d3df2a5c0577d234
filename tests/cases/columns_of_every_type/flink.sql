-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  truth BOOLEAN,
  small INT,
  big BIGINT,
  single FLOAT,
  `double` DOUBLE,
  exact DECIMAL(38, 10),
  text STRING,
  `bytes` BYTES,
  `day` DATE,
  instant TIMESTAMP_LTZ(3),
  list ARRAY<BIGINT>,
  counts MAP<STRING, BIGINT>,
  pair ROW<x BIGINT, y STRING>,
  event_time AS CASE
    WHEN instant IS NOT NULL
      OR CAST('source events, column instant: cannot use the timestamp ' || COALESCE(CAST(instant AS STRING), 'NULL') AS BOOLEAN)
    THEN CAST(instant AS TIMESTAMP_LTZ(3))
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
-- Each row of events, with rows over all rows up to its time.
all_so_far AS (
  SELECT
    COUNT(*) OVER all_so_far AS `rows`,
    events.*
  FROM events
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  truth,
  small,
  big,
  single,
  `double`,
  exact,
  text,
  `bytes`,
  `day`,
  instant,
  list,
  counts,
  pair,
  `rows`,
  event_time
FROM all_so_far;

-- The rows of features.
SELECT truth, small, big, single, `double`, exact, text, `bytes`, `day`, instant, list, counts, pair, `rows`
FROM features;

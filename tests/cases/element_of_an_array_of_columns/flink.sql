-- addresses, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  id INT,
  home STRING,
  work STRING,
  place INT,
  `at` TIMESTAMP_LTZ(3),
  event_time AS CASE
    WHEN `at` IS NOT NULL
      OR CAST('source events, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
    THEN CAST(`at` AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- addresses: each row of events.
CREATE TEMPORARY VIEW addresses AS
WITH
-- Each row of events, with first, chosen, bracketed and none computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(ARRAY[home, work] AS ARRAY<STRING>)[1] AS `first`,
    CAST(ARRAY[home, work] AS ARRAY<STRING>)[place] AS chosen,
    CAST(ARRAY[home, work] AS ARRAY<STRING>)[2] AS bracketed,
    CAST(ARRAY[home, work] AS ARRAY<STRING>)[3] AS `none`
  FROM events
)
SELECT
  `at`,
  id,
  `first`,
  chosen,
  bracketed,
  `none`,
  event_time
FROM with_expressions;

-- The rows of addresses.
SELECT `at`, id, `first`, chosen, bracketed, `none`
FROM addresses;

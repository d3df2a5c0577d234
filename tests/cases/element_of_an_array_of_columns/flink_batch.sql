-- addresses, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  id INT,
  home STRING,
  work STRING,
  place INT,
  `at` TIMESTAMP_LTZ(3)
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
      WHEN `at` IS NOT NULL
        OR CAST('source events, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(`at` AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM CAST(`at` AS TIMESTAMP_LTZ(3)))
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

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

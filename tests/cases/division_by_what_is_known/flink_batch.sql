-- shares, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  id INT,
  pieces BIGINT,
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

-- without_pieces: each row of events.
CREATE TEMPORARY VIEW without_pieces AS
WITH
-- Of these, the rows for which the view's filter_expr is true.
kept AS (
  SELECT *
  FROM events
  WHERE pieces = 0
)
SELECT
  `at`,
  id,
  pieces,
  event_time
FROM kept;

-- shares: each row of without_pieces.
CREATE TEMPORARY VIEW shares AS
WITH
-- Each row of without_pieces, with share, whole_share, by_zero, by_two and by_a_constant computed from it.
with_expressions AS (
  SELECT
    *,
    CASE WHEN pieces <> 0 THEN 10.0E0 / CAST(pieces AS DOUBLE) END AS share,
    CASE WHEN pieces <> 0 THEN 10 / pieces END AS whole_share,
    CASE WHEN 0 <> 0 THEN CAST(7 AS BIGINT) / 0 END AS by_zero,
    CAST(7 AS BIGINT) / 2 AS by_two,
    CASE WHEN TRY_CAST('-8' AS BIGINT) <> 0 THEN 100 / TRY_CAST('-8' AS BIGINT) END AS by_a_constant
  FROM without_pieces
)
SELECT
  `at`,
  id,
  share,
  whole_share,
  by_zero,
  by_two,
  by_a_constant,
  event_time
FROM with_expressions;

-- The rows of shares.
SELECT `at`, id, share, whole_share, by_zero, by_two, by_a_constant
FROM shares;

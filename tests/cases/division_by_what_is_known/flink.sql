-- shares, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  id INT,
  pieces BIGINT,
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

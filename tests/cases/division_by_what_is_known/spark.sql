-- shares, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  id INT,
  pieces BIGINT,
  `at` TIMESTAMP
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST',
  'timeZone' 'UTC'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(date_trunc('MILLISECOND', `at`), raise_error(concat('source events, column at: cannot use the timestamp ', coalesce(CAST(`at` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- without_pieces: each row of events.
CREATE OR REPLACE TEMPORARY VIEW without_pieces AS
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
CREATE OR REPLACE TEMPORARY VIEW shares AS
WITH
-- Each row of without_pieces, with share, whole_share, by_zero, by_two and by_a_constant computed from it.
with_expressions AS (
  SELECT
    *,
    10.0E0 / NULLIF(CAST(pieces AS DOUBLE), 0) AS share,
    10 DIV NULLIF(pieces, 0) AS whole_share,
    CAST(7 AS BIGINT) DIV NULLIF(0, 0) AS by_zero,
    CAST(7 AS BIGINT) DIV 2 AS by_two,
    100 DIV NULLIF(TRY_CAST('-8' AS BIGINT), 0) AS by_a_constant
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

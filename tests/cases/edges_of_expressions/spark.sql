-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  word STRING,
  amount BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(date_trunc('MILLISECOND', try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss.SSSSSS')), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- minutes: each word and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW minutes AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '1 minute', '1 minute').end AS window_end
  FROM events
),
-- nothing and sum per word, over windows of 1 minute of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    word,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COUNT(CAST(NULL AS INT)) AS nothing,
    COALESCE(SUM(COALESCE(amount, CAST(CASE WHEN word RLIKE '^ *[+-]?[0-9]+ *\\z' THEN word ELSE concat('no BIGINT: ', word) END AS BIGINT))), 0) AS `sum`
  FROM windows_of_rows
  GROUP BY word, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
  FROM windows
)
SELECT
  word,
  window_time,
  nothing,
  `sum`,
  event_time
FROM with_time;

-- features: each row of minutes.
CREATE OR REPLACE TEMPORARY VIEW features AS
WITH
-- Each row of minutes, with until computed from it.
with_expressions AS (
  SELECT
    *,
    date_format(window_time, 'yyyy-MM-dd HH:mm:ss.SSS') AS until
  FROM minutes
),
-- Each row of minutes, with is_path and ends_in_slash computed from it.
with_expressions_2 AS (
  SELECT
    *,
    word LIKE '_\\\\_' AS is_path,
    word LIKE '%\\\\' AS ends_in_slash
  FROM with_expressions
)
SELECT
  word,
  window_time,
  nothing,
  `sum`,
  until,
  is_path,
  ends_in_slash,
  event_time
FROM with_expressions_2;

-- The rows of features.
SELECT word, window_time, nothing, `sum`, until, is_path, ends_in_slash
FROM features;

-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  word STRING,
  amount BIGINT,
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
      WHEN REGEXP(`time`, '^.{19}\.(\d{1,6})\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = SUBSTRING(`time`, 1, 19)
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{19}\.(\d{1,6})\z', 1) || '00', 1, 3) AS INT), CAST(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{19}\.(\d{1,6})\z', 1) || '00', 1, 3) AS INT), CAST(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))))
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- minutes: each word and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW minutes AS
WITH
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + 1 * 60000 AS window_end
  FROM events
),
-- nothing and sum per word, over windows of 1 minute of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    word,
    window_end - 1 AS event_time,
    COUNT(CAST(NULL AS INT)) AS nothing,
    COALESCE(SUM(CASE WHEN amount IS NOT NULL THEN amount ELSE CASE WHEN REGEXP(word, '^ *[+-]?[0-9]+ *\z') OR CAST('no BIGINT: ' || word AS BOOLEAN) THEN CAST(word AS BIGINT) END END), 0) AS `sum`
  FROM rows_of_windows
  GROUP BY word, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
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
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of minutes, with until computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(window_time AS STRING) AS until
  FROM minutes
),
-- Each row of minutes, with is_path and ends_in_slash computed from it.
with_expressions_2 AS (
  SELECT
    *,
    REGEXP(word, '(?s)\A.\\.\z') AS is_path,
    word LIKE '%\' AS ends_in_slash
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

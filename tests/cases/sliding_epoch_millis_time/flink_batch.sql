-- windows, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  amount BIGINT,
  `at` BIGINT
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
      WHEN `at` BETWEEN -62135596800000 AND 253402300799999
        OR CAST('source events, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
      THEN CAST(`at` AS BIGINT)
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- windows: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_2_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2 AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 5000) + 5000, 5000) + window_number * 5000 AS window_end
  FROM rows_of_windows_2_numbered
),
-- total per user, over windows of 10 seconds of events that end every 5 seconds; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount), 0) AS total
  FROM rows_of_windows_2
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    event_time AS window_time
  FROM windows_2
)
SELECT
  `user`,
  window_time,
  total,
  event_time
FROM with_time;

-- The rows of windows.
SELECT `user`, window_time, total
FROM windows;

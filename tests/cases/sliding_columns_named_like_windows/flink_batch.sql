-- windows, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  window_end STRING,
  window_start BIGINT,
  window_time BIGINT,
  `window` BIGINT,
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

-- windows: each window_end and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- The columns that the windows need, beside those that they will have.
windows_2_input AS (
  SELECT
    event_time,
    window_end AS window_end_of_row,
    window_start AS window_start_of_row,
    `window`
  FROM events
),
-- Each row, with the value that counts for first among the rows of its key and time.
windows_2_renamed_of_one_time AS (
  SELECT
    MIN(window_start_of_row) OVER same_time_by_window_end_of_row AS first_of_its_time,
    windows_2_input.*
  FROM windows_2_input
  WINDOW
    same_time_by_window_end_of_row AS (PARTITION BY window_end_of_row ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_2_renamed_stamped_numbered AS (
  SELECT
    windows_2_renamed_of_one_time.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM windows_2_renamed_of_one_time
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_renamed_stamped AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_2_renamed_stamped_numbered
),
-- The windows, with first still behind the time of its row.
windows_2_renamed_stamped AS (
  SELECT
    window_end_of_row,
    window_end - 1 AS event_time,
    COALESCE(SUM(window_start_of_row * 2) FILTER (WHERE `window` > 0), 0) AS total,
    MIN(LPAD(CAST(event_time + 62135596800000 AS STRING), 15, '0') || CAST(first_of_its_time AS STRING)) AS `first`
  FROM rows_of_windows_2_renamed_stamped
  GROUP BY window_end_of_row, window_end
),
-- The windows, their keys renamed.
windows_2_renamed AS (
  SELECT
    window_end_of_row,
    event_time,
    total,
    CAST(SUBSTRING(`first`, 16) AS BIGINT) AS `first`
  FROM windows_2_renamed_stamped
),
-- total and first per window_end, over windows of 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    window_end_of_row AS window_end,
    event_time,
    total,
    `first`
  FROM windows_2_renamed
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows_2
)
SELECT
  window_end,
  window_time,
  total,
  `first`,
  event_time
FROM with_time;

-- The rows of windows.
SELECT window_end, window_time, total, `first`
FROM windows;

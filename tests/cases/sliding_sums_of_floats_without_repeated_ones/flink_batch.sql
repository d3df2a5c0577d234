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
  amount DOUBLE,
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

-- windows: each step and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- Each row 6 times: once for each window that holds it, from the first on.
rows_of_windows_2_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 5), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2 AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_2_numbered
),
-- total and mean, over windows of 5 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows_2 AS (
  SELECT
    window_end - 1 AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE event_time >= window_end - 300000), 0) AS total,
    AVG(amount) FILTER (WHERE event_time >= window_end - 300000) AS mean
  FROM rows_of_windows_2
  GROUP BY window_end
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows_2
),
-- Each row, with the values of the row before it.
changed_or_not AS (
  SELECT
    FIRST_VALUE(event_time) OVER row_before AS previous_event_time,
    FIRST_VALUE(total) OVER row_before AS previous_total,
    FIRST_VALUE(mean) OVER row_before AS previous_mean,
    with_time.*
  FROM with_time
  WINDOW row_before AS (ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING)
),
-- Of these, the rows that differ in total and mean from the row before.
changed AS (
  SELECT *
  FROM changed_or_not
  WHERE previous_event_time IS NULL
    OR (total IS DISTINCT FROM previous_total AND (ABS(total - previous_total) <= 1E-9 * LEAST(ABS(total), ABS(previous_total))) IS NOT TRUE)
    OR (mean IS DISTINCT FROM previous_mean AND (ABS(mean - previous_mean) <= 1E-9 * LEAST(ABS(mean), ABS(previous_mean))) IS NOT TRUE)
)
SELECT
  until,
  total,
  mean,
  event_time
FROM changed;

-- The rows of windows.
SELECT until, total, mean
FROM windows;

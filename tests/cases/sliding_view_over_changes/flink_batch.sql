-- changes, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

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

-- recent: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW recent AS
WITH
-- Each row 3 times: once for each window that holds it, from the first on.
rows_of_windows_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 2), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_numbered
),
-- total per user, over windows of 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE event_time >= window_end - 120000), 0) AS total
  FROM rows_of_windows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows
),
-- Each row, with the values of the row before it with the same user.
changed_or_not AS (
  SELECT
    FIRST_VALUE(event_time) OVER row_before AS previous_event_time,
    FIRST_VALUE(total) OVER row_before AS previous_total,
    with_time.*
  FROM with_time
  WINDOW row_before AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING)
),
-- Of these, the rows that differ in total from the row before of the same user.
changed AS (
  SELECT *
  FROM changed_or_not
  WHERE previous_event_time IS NULL
    OR total IS DISTINCT FROM previous_total
)
SELECT
  `user`,
  window_time,
  total,
  event_time
FROM changed;

-- changes: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW changes AS
WITH
-- The columns that the windows need, beside those that they will have.
windows_input AS (
  SELECT
    event_time,
    `user`,
    total
  FROM recent
),
-- Each row 3 times: once for each window that holds it, from the first on.
rows_of_windows_numbered AS (
  SELECT
    windows_input.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM windows_input
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 2), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 300000) + 300000, 300000) + window_number * 300000 AS window_end
  FROM rows_of_windows_numbered
),
-- changes and greatest per user, over windows of 10 minutes of recent that end every 5 minutes; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COUNT(*) FILTER (WHERE event_time >= window_end - 600000) AS changes,
    MAX(total) FILTER (WHERE event_time >= window_end - 600000) AS greatest
  FROM rows_of_windows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows
)
SELECT
  `user`,
  window_time,
  changes,
  greatest,
  event_time
FROM with_time;

-- The rows of changes.
SELECT `user`, window_time, changes, greatest
FROM changes;

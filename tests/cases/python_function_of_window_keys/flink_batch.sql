-- costs, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- It calls functions of Python. sqlfeat registers them when it runs it; in another session register them before:
--   costs__name(STRING) RETURNS STRING: str.lower, for name of costs.
--   costs__root(BIGINT) RETURNS DOUBLE: sqrt, for root of costs.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'Asia/Kolkata';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  name STRING,
  cost BIGINT,
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

-- costs: each name and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW costs AS
WITH
-- Each row of events, with name computed from it.
with_expressions AS (
  SELECT
    cost,
    `time`,
    event_time,
    costs__name(name) AS name
  FROM events
),
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_numbered AS (
  SELECT
    with_expressions.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM with_expressions
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time - 1800000, 3600000) + 3600000, 3600000) + window_number * 3600000 AS window_end
  FROM rows_of_windows_numbered
),
-- total per name, over windows of 2 hours of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    name,
    window_end - 1 AS event_time,
    COALESCE(SUM(cost), 0) AS total
  FROM rows_of_windows
  GROUP BY name, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows
),
-- Each name and window, stamped with its last millisecond, with root computed from it.
with_expressions_2 AS (
  SELECT
    *,
    costs__root(total) AS root
  FROM with_time
)
SELECT
  name,
  window_time,
  total,
  root,
  event_time
FROM with_expressions_2;

-- The rows of costs.
SELECT name, window_time, total, root
FROM costs;

-- costs, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- It calls functions of Python. sqlfeat registers them when it runs it; in another session register them before:
--   costs__name(STRING) RETURNS STRING: str.lower, for name of costs.
--   costs__root(BIGINT) RETURNS DOUBLE: sqrt, for root of costs.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'Asia/Kolkata';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  name STRING,
  cost BIGINT,
  `time` STRING,
  event_time AS TIMESTAMP '1970-01-01 00:00:00.000' + (CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

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
-- total per name, over windows of 2 hours of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    name,
    window_time AS event_time,
    COALESCE(SUM(cost), 0) AS total
  FROM TABLE(HOP(TABLE with_expressions, DESCRIPTOR(event_time), INTERVAL '1' HOUR, INTERVAL '2' HOUR, INTERVAL '30' MINUTE))
  GROUP BY name, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(TO_TIMESTAMP_LTZ(CAST(event_time AS STRING), 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC') AS TIMESTAMP_LTZ(3)) AS window_time
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

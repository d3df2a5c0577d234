-- costs, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- It calls functions of Python. sqlfeat registers them when it runs it; in another session register them before:
--   costs__name(STRING) RETURNS STRING: str.lower, for name of costs.
--   costs__root(BIGINT) RETURNS DOUBLE: sqrt, for root of costs.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = Asia/Kolkata;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  name STRING,
  cost BIGINT,
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
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- costs: each name and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW costs AS
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
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '2 hours', '1 hour', '30 minutes').end AS window_end
  FROM with_expressions
),
-- total per name, over windows of 2 hours of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    name,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(cost), 0) AS total
  FROM windows_of_rows
  GROUP BY name, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
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

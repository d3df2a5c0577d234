-- changes, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  amount BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- recent: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW recent AS
WITH
-- total per user, over windows of 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' MINUTE), 0) AS total
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '3' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(event_time AS TIMESTAMP_LTZ(3)) AS window_time
  FROM windows
),
-- Each row, with the values of the row before it with the same user.
changed_or_not AS (
  SELECT
    LAG(event_time) OVER in_order AS previous_event_time,
    LAG(total) OVER in_order AS previous_total,
    with_time.*
  FROM with_time
  WINDOW in_order AS (PARTITION BY `user` ORDER BY event_time)
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
-- changes and greatest per user, over windows of 10 minutes of recent that end every 5 minutes; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows AS (
  SELECT
    `user`,
    window_time AS event_time,
    COUNT(*) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '10' MINUTE) AS changes,
    MAX(total) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '10' MINUTE) AS greatest
  FROM TABLE(HOP(TABLE windows_input, DESCRIPTOR(event_time), INTERVAL '5' MINUTE, INTERVAL '15' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(event_time AS TIMESTAMP_LTZ(3)) AS window_time
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

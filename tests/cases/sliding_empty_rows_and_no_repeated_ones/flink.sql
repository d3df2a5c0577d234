-- windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  kind STRING,
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

-- windows: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- paid per user, over windows of 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows_2 AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' MINUTE AND kind = 'pay'), 0) AS paid
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '3' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(event_time, 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows_2
),
-- Each user and window, stamped with its last millisecond, with twice and morning computed from it.
with_expressions AS (
  SELECT
    *,
    paid * 2 AS twice,
    until < '2022-01-01 10:05:00' AS morning
  FROM with_time
),
-- Each user and window, stamped with its last millisecond, with by_noon computed from it.
with_expressions_2 AS (
  SELECT
    *,
    CASE WHEN morning THEN 'early' ELSE 'late' END AS by_noon
  FROM with_expressions
),
-- Each row, with the values of the row before it with the same user.
changed_or_not AS (
  SELECT
    LAG(event_time) OVER in_order AS previous_event_time,
    LAG(paid) OVER in_order AS previous_paid,
    LAG(morning) OVER in_order AS previous_morning,
    LAG(by_noon) OVER in_order AS previous_by_noon,
    with_expressions_2.*
  FROM with_expressions_2
  WINDOW in_order AS (PARTITION BY `user` ORDER BY event_time)
),
-- Of these, the rows that differ in paid, morning and by_noon from the row before of the same user.
changed AS (
  SELECT *
  FROM changed_or_not
  WHERE previous_event_time IS NULL
    OR paid IS DISTINCT FROM previous_paid
    OR morning IS DISTINCT FROM previous_morning
    OR by_noon IS DISTINCT FROM previous_by_noon
),
-- Of these, the rows for which the view's filter_expr is true.
kept AS (
  SELECT *
  FROM changed
  WHERE paid <> 8
)
SELECT
  `user`,
  until,
  paid,
  twice,
  morning,
  by_noon,
  event_time
FROM kept;

-- The rows of windows.
SELECT `user`, until, paid, twice, morning, by_noon
FROM windows;

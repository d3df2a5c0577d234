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
  pieces INT,
  price DOUBLE,
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
-- Each row of events, with payment computed from it.
with_expressions AS (
  SELECT
    *,
    pieces * price AS payment
  FROM events
),
-- Each row of events, with payment_with_tax computed from it.
with_expressions_2 AS (
  SELECT
    *,
    payment * 1.25E0 AS payment_with_tax
  FROM with_expressions
),
-- total and pieces per user, over windows of 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(payment_with_tax), 0) AS total,
    COALESCE(SUM(CAST(pieces AS BIGINT)), 0) AS pieces
  FROM TABLE(HOP(TABLE with_expressions_2, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(event_time, 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows_2
),
-- Each user and window, stamped with its last millisecond, with mean_price and seen_at computed from it.
with_expressions_3 AS (
  SELECT
    *,
    CASE WHEN pieces <> 0 THEN total / CAST(pieces AS DOUBLE) END AS mean_price,
    'until ' || until AS seen_at
  FROM with_time
),
-- Each user and window, stamped with its last millisecond, with label computed from it.
with_expressions_4 AS (
  SELECT
    *,
    `user` || CASE WHEN mean_price > 3.0E0 THEN ' pays much' ELSE '' END AS label
  FROM with_expressions_3
)
SELECT
  `user`,
  until,
  total,
  pieces,
  mean_price,
  label,
  seen_at,
  event_time
FROM with_expressions_4;

-- The rows of windows.
SELECT `user`, until, total, pieces, mean_price, label, seen_at
FROM windows;

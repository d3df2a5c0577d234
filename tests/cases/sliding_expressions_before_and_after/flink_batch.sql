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
  pieces INT,
  price DOUBLE,
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
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_2_numbered AS (
  SELECT
    with_expressions_2.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM with_expressions_2
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2 AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_2_numbered
),
-- total and pieces per user, over windows of 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(payment_with_tax), 0) AS total,
    COALESCE(SUM(CAST(pieces AS BIGINT)), 0) AS pieces
  FROM rows_of_windows_2
  GROUP BY `user`, window_end
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss') AS until
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

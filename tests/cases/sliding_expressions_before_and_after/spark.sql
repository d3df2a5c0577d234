-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  pieces INT,
  price DOUBLE,
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

-- windows: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW windows AS
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
-- Each row once for each window that holds it, with the end of that window.
windows_2_of_rows AS (
  SELECT
    *,
    window(event_time, '2 minutes', '1 minute').end AS window_end
  FROM with_expressions_2
),
-- total and pieces per user, over windows of 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(payment_with_tax), 0) AS total,
    COALESCE(SUM(CAST(pieces AS BIGINT)), 0) AS pieces
  FROM windows_2_of_rows
  GROUP BY `user`, window_end
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    date_format(event_time, 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows_2
),
-- Each user and window, stamped with its last millisecond, with mean_price and seen_at computed from it.
with_expressions_3 AS (
  SELECT
    *,
    total / NULLIF(CAST(pieces AS DOUBLE), 0) AS mean_price,
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

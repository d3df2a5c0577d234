-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  kind STRING,
  amount BIGINT,
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
-- Each row once for each window that holds it, with the end of that window.
windows_2_of_rows AS (
  SELECT
    *,
    window(event_time, '3 minutes', '1 minute').end AS window_end
  FROM events
),
-- paid per user, over windows of 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows_2 AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE AND kind = 'pay'), 0) AS paid
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

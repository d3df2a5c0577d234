-- days, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = Pacific/Marquesas;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
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

-- hours: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW hours AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '1 hour', '1 hour', '30 minutes').end AS window_end
  FROM events
),
-- amount per user, over windows of 1 hour of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount), 0) AS amount
  FROM windows_of_rows
  GROUP BY `user`, window_end
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    date_format(event_time, 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows
)
SELECT
  `user`,
  until,
  amount,
  event_time
FROM with_time;

-- days: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW days AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_counted_of_rows AS (
  SELECT
    hours.*,
    CAST(window_end_day AS TIMESTAMP) AS window_end
  FROM hours
  LATERAL VIEW explode(sequence(CAST(event_time AS DATE) + (5 - pmod(unix_date(CAST(event_time AS DATE)), 5)), CAST(event_time AS DATE) + (5 - pmod(unix_date(CAST(event_time AS DATE)), 5)) + 60, INTERVAL 5 DAY)) AS window_end_day
),
-- Each of these, with its age among the rows of its window that count: the latest has 1.
windows_counted_by_age AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end, (CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 10) IS TRUE ORDER BY event_time DESC, amount DESC) AS age_for_recent
  FROM windows_counted_of_rows
),
-- The windows, with amounts_rows: how many rows they hold.
windows_counted AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    transform(sort_array(collect_list(CASE WHEN amount IS NOT NULL THEN struct(struct(event_time) AS place, amount AS value) END) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 60)), one -> one.value) AS amounts,
    COALESCE(SUM(amount) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 10 AND age_for_recent <= 2), 0) AS recent,
    COALESCE(SUM(amount) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 60), 0) AS total,
    COUNT(*) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 60) AS amounts_rows
  FROM windows_counted_by_age
  GROUP BY `user`, window_end
),
-- amounts, recent and total per user, over windows of 10 days and 60 days of hours that end every 5 days; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows AS (
  SELECT
    `user`,
    event_time,
    CASE WHEN amounts_rows > 0 THEN amounts END AS amounts,
    recent,
    total
  FROM windows_counted
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    date_format(event_time, 'yyyy-MM-dd HH:mm:ss.SSSSSS') AS until
  FROM windows
),
-- Each row, with the values of the row before it with the same user.
changed_or_not AS (
  SELECT
    LAG(event_time) OVER in_order AS previous_event_time,
    LAG(amounts) OVER in_order AS previous_amounts,
    LAG(recent) OVER in_order AS previous_recent,
    LAG(total) OVER in_order AS previous_total,
    with_time.*
  FROM with_time
  WINDOW in_order AS (PARTITION BY `user` ORDER BY event_time)
),
-- Of these, the rows that differ in amounts, recent and total from the row before of the same user.
changed AS (
  SELECT *
  FROM changed_or_not
  WHERE previous_event_time IS NULL
    OR amounts IS DISTINCT FROM previous_amounts
    OR recent IS DISTINCT FROM previous_recent
    OR total IS DISTINCT FROM previous_total
)
SELECT
  `user`,
  until,
  amounts,
  recent,
  total,
  event_time
FROM changed;

-- The rows of days.
SELECT `user`, until, amounts, recent, total
FROM days;

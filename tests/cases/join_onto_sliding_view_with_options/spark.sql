-- logins_with_payments, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- logins_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW logins_stored (
  `user` STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'logins.jsonl',
  'mode' 'FAILFAST'
);

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  amount BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST'
);

-- logins: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW logins AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source logins, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM logins_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

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

-- recent: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW recent AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '5 minutes', '1 minute').end AS window_end
  FROM events
),
-- total and times per user, over windows of 4 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE event_time >= window_end - INTERVAL '4' MINUTE), 0) AS total,
    COUNT(*) FILTER (WHERE event_time >= window_end - INTERVAL '4' MINUTE) AS times
  FROM windows_of_rows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
  FROM windows
),
-- Each user and window, stamped with its last millisecond, with mean computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(total AS DOUBLE) / NULLIF(CAST(times AS DOUBLE), 0) AS mean
  FROM with_time
),
-- Each row, with the values of the row before it with the same user.
changed_or_not AS (
  SELECT
    LAG(event_time) OVER in_order AS previous_event_time,
    LAG(total) OVER in_order AS previous_total,
    LAG(times) OVER in_order AS previous_times,
    with_expressions.*
  FROM with_expressions
  WINDOW in_order AS (PARTITION BY `user` ORDER BY event_time)
),
-- Of these, the rows that differ in total and times from the row before of the same user.
changed AS (
  SELECT *
  FROM changed_or_not
  WHERE previous_event_time IS NULL
    OR total IS DISTINCT FROM previous_total
    OR times IS DISTINCT FROM previous_times
)
SELECT
  `user`,
  window_time,
  total,
  times,
  mean,
  event_time
FROM changed;

-- recent_current: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW recent_current AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '4 minutes', '1 minute').end AS window_end
  FROM events
),
-- total and times per user, over windows of 4 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount), 0) AS total,
    COUNT(*) AS times
  FROM windows_of_rows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
  FROM windows
),
-- Each user and window, stamped with its last millisecond, with mean computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(total AS DOUBLE) / NULLIF(CAST(times AS DOUBLE), 0) AS mean
  FROM with_time
)
SELECT
  `user`,
  window_time,
  total,
  times,
  mean,
  event_time
FROM with_expressions;

-- changes: each row of recent.
CREATE OR REPLACE TEMPORARY VIEW changes AS
WITH
-- Each row of recent, with mean_or_zero computed from it.
with_expressions AS (
  SELECT
    *,
    COALESCE(mean, 0) AS mean_or_zero
  FROM recent
)
SELECT
  `user`,
  window_time,
  total,
  mean_or_zero,
  event_time
FROM with_expressions;

-- logins_with_payments: each row of logins.
CREATE OR REPLACE TEMPORARY VIEW logins_with_payments AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_recent_timeline AS (
  SELECT
    `user`,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<total: BIGINT, mean: DOUBLE, event_time: TIMESTAMP>) AS version
  FROM logins
  UNION ALL
  SELECT
    `user`,
    NULL,
    event_time,
    0,
    struct(total, mean, event_time)
  FROM recent_current
  WHERE `user` IS NOT NULL
),
-- The same rows, each with the latest version at or before it.
with_recent_carried AS (
  SELECT
    `user`,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
  FROM with_recent_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of logins, with total, mean and twice of recent by user, from the window that is current at its time (0 or NULL where none is).
with_recent AS (
  SELECT
    `user`,
    `time`,
    event_time,
    COALESCE(CASE WHEN event_time < version.event_time + INTERVAL '1' MINUTE THEN version.total END, 0) AS total,
    CASE WHEN event_time < version.event_time + INTERVAL '1' MINUTE THEN version.mean END AS mean,
    COALESCE(CASE WHEN event_time < version.event_time + INTERVAL '1' MINUTE THEN version.total END, 0) AS recent_total
  FROM with_recent_carried
  WHERE side = 1
),
-- Each row of logins, with twice computed from the current window of recent.
with_recent_values AS (
  SELECT
    *,
    recent_total * 2 AS twice
  FROM with_recent
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_changes_timeline AS (
  SELECT
    `user`,
    `time`,
    event_time,
    total,
    mean,
    recent_total,
    twice,
    1 AS side,
    CAST(NULL AS STRUCT<total: BIGINT, mean_or_zero: DOUBLE>) AS version
  FROM with_recent_values
  UNION ALL
  SELECT
    `user`,
    NULL,
    event_time,
    NULL,
    NULL,
    NULL,
    NULL,
    0,
    struct(total, mean_or_zero)
  FROM changes
  WHERE `user` IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by total, then mean_or_zero.
with_changes_carried AS (
  SELECT
    `user`,
    `time`,
    event_time,
    total,
    mean,
    recent_total,
    twice,
    side,
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
  FROM with_changes_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side, version.total, version.mean_or_zero ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of logins, with last_total and last_mean of changes by user, from the latest row at or before its time (NULL where there is none).
with_changes AS (
  SELECT
    `user`,
    `time`,
    event_time,
    total,
    mean,
    recent_total,
    twice,
    version.total AS last_total,
    version.mean_or_zero AS last_mean
  FROM with_changes_carried
  WHERE side = 1
)
SELECT
  `user`,
  `time`,
  total,
  mean,
  twice,
  last_total,
  last_mean,
  event_time
FROM with_changes;

-- The rows of logins_with_payments.
SELECT `user`, `time`, total, mean, twice, last_total, last_mean
FROM logins_with_payments;

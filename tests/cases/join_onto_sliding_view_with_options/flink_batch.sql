-- logins_with_payments, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- logins_stored: json files.
CREATE TEMPORARY TABLE logins_stored (
  `user` STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'logins.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  amount BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- logins: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW logins AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source logins, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM logins_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

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

-- recent: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW recent AS
WITH
-- Each row 5 times: once for each window that holds it, from the first on.
rows_of_windows_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 4), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_numbered
),
-- total and times per user, over windows of 4 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE event_time >= window_end - 240000), 0) AS total,
    COUNT(*) FILTER (WHERE event_time >= window_end - 240000) AS times
  FROM rows_of_windows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows
),
-- Each user and window, stamped with its last millisecond, with mean computed from it.
with_expressions AS (
  SELECT
    *,
    CASE WHEN times <> 0 THEN CAST(total AS DOUBLE) / CAST(times AS DOUBLE) END AS mean
  FROM with_time
),
-- Each row, with the values of the row before it with the same user.
changed_or_not AS (
  SELECT
    FIRST_VALUE(event_time) OVER row_before AS previous_event_time,
    FIRST_VALUE(total) OVER row_before AS previous_total,
    FIRST_VALUE(times) OVER row_before AS previous_times,
    with_expressions.*
  FROM with_expressions
  WINDOW row_before AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING)
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
CREATE TEMPORARY VIEW recent_current AS
WITH
-- Each row 4 times: once for each window that holds it, from the first on.
rows_of_windows_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 3), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_numbered
),
-- total and times per user, over windows of 4 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount), 0) AS total,
    COUNT(*) AS times
  FROM rows_of_windows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows
),
-- Each user and window, stamped with its last millisecond, with mean computed from it.
with_expressions AS (
  SELECT
    *,
    CASE WHEN times <> 0 THEN CAST(total AS DOUBLE) / CAST(times AS DOUBLE) END AS mean
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
CREATE TEMPORARY VIEW changes AS
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
CREATE TEMPORARY VIEW logins_with_payments AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_recent_timeline AS (
  SELECT
    `user`,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<total BIGINT, mean DOUBLE, event_time BIGINT>) AS version
  FROM logins
  UNION ALL
  SELECT
    `user`,
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(total, mean, event_time) AS ROW<total BIGINT, mean DOUBLE, event_time BIGINT>)
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
    LAST_VALUE(version) OVER so_far AS version
  FROM with_recent_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of logins, with total, mean and twice of recent by user, from the window that is current at its time (0 or NULL where none is).
with_recent AS (
  SELECT
    `user`,
    `time`,
    event_time,
    COALESCE(CASE WHEN event_time < version.event_time + 60000 THEN version.total END, 0) AS total,
    CASE WHEN event_time < version.event_time + 60000 THEN version.mean END AS mean,
    COALESCE(CASE WHEN event_time < version.event_time + 60000 THEN version.total END, 0) AS recent_total
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
    CAST(NULL AS ROW<total BIGINT, mean_or_zero DOUBLE>) AS version
  FROM with_recent_values
  UNION ALL
  SELECT
    `user`,
    CAST(NULL AS STRING),
    event_time,
    CAST(NULL AS BIGINT),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT),
    0,
    CAST(ROW(total, mean_or_zero) AS ROW<total BIGINT, mean_or_zero DOUBLE>)
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
    LAST_VALUE(version) OVER so_far AS version
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

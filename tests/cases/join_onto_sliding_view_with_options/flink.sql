-- logins_with_payments, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- logins: json files.
CREATE TEMPORARY TABLE logins (
  `user` STRING,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source logins, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'logins.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  amount BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
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
-- total and times per user, over windows of 4 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '4' MINUTE), 0) AS total,
    COUNT(*) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '4' MINUTE) AS times
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(event_time AS TIMESTAMP_LTZ(3)) AS window_time
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
CREATE TEMPORARY VIEW recent_current AS
WITH
-- total and times per user, over windows of 4 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(amount), 0) AS total,
    COUNT(*) AS times
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '4' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(event_time AS TIMESTAMP_LTZ(3)) AS window_time
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

-- recent_current_by_user: the versions of recent_current, each valid from its event time on.
CREATE TEMPORARY VIEW recent_current_by_user AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    `user`,
    total,
    mean,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM recent_current
  WINDOW same_time AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    `user`,
    total,
    mean,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  `user`,
  total,
  mean,
  event_time
FROM numbered
WHERE age = 1 AND `user` IS NOT NULL;

-- changes_by_user: the versions of changes, each valid from its event time on.
CREATE TEMPORARY VIEW changes_by_user AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    `user`,
    total,
    mean_or_zero,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM changes
  WINDOW same_time AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    `user`,
    total,
    mean_or_zero,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  `user`,
  total,
  mean_or_zero,
  event_time
FROM numbered
WHERE age = 1 AND `user` IS NOT NULL;

-- logins_with_payments: each row of logins.
CREATE TEMPORARY VIEW logins_with_payments AS
WITH
-- Each row of logins, with total, mean and twice of recent by user, from the window that is current at its time (0 or NULL where none is).
with_recent AS (
  SELECT
    l.*,
    COALESCE(r.total, 0) AS total,
    r.mean,
    COALESCE(r.total, 0) AS recent_total
  FROM logins AS l
  LEFT JOIN recent_current_by_user FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.`user` = r.`user`
    AND l.event_time < r.event_time + INTERVAL '1' MINUTE
),
-- Each row of logins, with twice computed from the current window of recent.
with_recent_values AS (
  SELECT
    *,
    recent_total * 2 AS twice
  FROM with_recent
),
-- Each row of logins, with last_total and last_mean of changes by user, from the latest row at or before its time (NULL where there is none).
with_changes AS (
  SELECT
    l.*,
    r.total AS last_total,
    r.mean_or_zero AS last_mean
  FROM with_recent_values AS l
  LEFT JOIN changes_by_user FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.`user` = r.`user`
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

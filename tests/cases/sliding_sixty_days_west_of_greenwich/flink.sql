-- days, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'Pacific/Marquesas';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  amount BIGINT,
  `time` STRING,
  event_time AS TIMESTAMP '1970-01-01 00:00:00.000' + (CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- hours: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW hours AS
WITH
-- amount per user, over windows of 1 hour of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(amount), 0) AS amount
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' HOUR, INTERVAL '1' HOUR, INTERVAL '30' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(CAST(event_time AS STRING), 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC'), 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows
)
SELECT
  `user`,
  until,
  amount,
  event_time
FROM with_time;

-- days: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW days AS
WITH
-- Each row once for each window that holds it.
rows_of_windows_counted AS (
  SELECT *
  FROM TABLE(HOP(TABLE hours, DESCRIPTOR(event_time), INTERVAL '5' DAY, INTERVAL '65' DAY, INTERVAL '0 09:30:00.000' DAY(3) TO SECOND(3)))
),
-- The same, with amounts_counts: whether the row counts for amounts.
windows_counted_with_amounts_matching AS (
  SELECT
    *,
    (CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '60' DAY) IS TRUE AS amounts_counts
  FROM rows_of_windows_counted
),
-- Of these, all of each window, from the latest.
windows_counted_with_amounts_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_start, window_end, amounts_counts ORDER BY event_time DESC, amount DESC) AS amounts_age
    FROM windows_counted_with_amounts_matching
  )
  WHERE amounts_age <= 1000000000000
),
-- amounts of each window, from these rows.
windows_counted_with_amounts AS (
  SELECT
    `user`,
    window_time AS event_time,
    CASE WHEN COUNT(amount) FILTER (WHERE amounts_counts AND amount IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(amount) FILTER (WHERE amounts_counts AND amount IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS BIGINT)], 2, 2) END AS amounts
  FROM windows_counted_with_amounts_ranked
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same, with recent_counts: whether the row counts for recent.
windows_counted_with_recent_matching AS (
  SELECT
    *,
    (CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '10' DAY) IS TRUE AS recent_counts
  FROM rows_of_windows_counted
),
-- Of these, the 2 latest of each window, from the latest.
windows_counted_with_recent_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_start, window_end, recent_counts ORDER BY event_time DESC, amount DESC) AS recent_age
    FROM windows_counted_with_recent_matching
  )
  WHERE recent_age <= 2
),
-- recent of each window, from these rows.
windows_counted_with_recent AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE recent_counts), 0) AS recent
  FROM windows_counted_with_recent_ranked
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same windows, with recent.
windows_counted_and_recent AS (
  SELECT
    l.`user`,
    l.event_time,
    l.amounts,
    r.recent
  FROM windows_counted_with_amounts AS l
  JOIN windows_counted_with_recent AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- total, amounts_rows, which any order of the rows gives.
windows_counted_with_total_and_more AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '60' DAY), 0) AS total,
    COUNT(*) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '60' DAY) AS amounts_rows
  FROM TABLE(HOP(TABLE hours, DESCRIPTOR(event_time), INTERVAL '5' DAY, INTERVAL '65' DAY, INTERVAL '0 09:30:00.000' DAY(3) TO SECOND(3)))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The windows, with amounts_rows: how many rows they hold.
windows_counted AS (
  SELECT
    l.`user`,
    l.event_time,
    l.amounts,
    l.recent,
    r.total,
    r.amounts_rows
  FROM windows_counted_and_recent AS l
  JOIN windows_counted_with_total_and_more AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
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
    DATE_FORMAT(TO_TIMESTAMP_LTZ(CAST(event_time AS STRING), 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC'), 'yyyy-MM-dd HH:mm:ss.SSSSSS') AS until
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
    OR JSON_STRING(amounts) IS DISTINCT FROM JSON_STRING(previous_amounts)
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

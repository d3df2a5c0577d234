-- days, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'Pacific/Marquesas';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

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

-- hours: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW hours AS
WITH
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time - 1800000, 3600000) + 3600000, 3600000) + 1 * 3600000 AS window_end
  FROM events
),
-- amount per user, over windows of 1 hour of events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount), 0) AS amount
  FROM rows_of_windows
  GROUP BY `user`, window_end
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss') AS until
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
-- Each row 13 times: once for each window that holds it, from the first on.
rows_of_windows_counted_numbered AS (
  SELECT
    hours.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM hours
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 12), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_counted_ended AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TIMESTAMPADD(DAY, window_number * 5 - MOD(MOD(TIMESTAMPDIFF(DAY, DATE '1970-01-01', CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)), 5) + 5, 5), CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) AS TIMESTAMP(3)) AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 AS window_end
  FROM rows_of_windows_counted_numbered
),
-- Each row once for each window that holds it.
rows_of_windows_counted AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) + INTERVAL '-65' DAY AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM CAST(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) + INTERVAL '-65' DAY AS TIMESTAMP_LTZ(3))) AS window_start,
    window_end - 1 AS window_time
  FROM rows_of_windows_counted_ended
),
-- The same, with amounts_counts: whether the row counts for amounts.
windows_counted_with_amounts_matching AS (
  SELECT
    *,
    (CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -60, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE))) IS TRUE AS amounts_counts
  FROM rows_of_windows_counted
),
-- Of these, all of each window, from the latest.
windows_counted_with_amounts_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY amounts_counts DESC, event_time DESC, amount DESC) AS amounts_age
    FROM windows_counted_with_amounts_matching
  )
  WHERE amounts_age <= 1000000000000
),
-- amounts of each window, from these rows.
windows_counted_with_amounts AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(amount) FILTER (WHERE amounts_counts AND amount IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(amount) FILTER (WHERE amounts_counts AND amount IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS BIGINT)], 2, 2) END AS amounts
  FROM windows_counted_with_amounts_ranked
  GROUP BY `user`, window_end
),
-- The same, with recent_counts: whether the row counts for recent.
windows_counted_with_recent_matching AS (
  SELECT
    *,
    (CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -10, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE))) IS TRUE AS recent_counts
  FROM rows_of_windows_counted
),
-- Of these, the 2 latest of each window, from the latest.
windows_counted_with_recent_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY recent_counts DESC, event_time DESC, amount DESC) AS recent_age
    FROM windows_counted_with_recent_matching
  )
  WHERE recent_age <= 2
),
-- recent of each window, from these rows.
windows_counted_with_recent AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE recent_counts), 0) AS recent
  FROM windows_counted_with_recent_ranked
  GROUP BY `user`, window_end
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
-- Each row 13 times: once for each window that holds it, from the first on.
rows_of_windows_counted_with_total_and_more_numbered AS (
  SELECT
    hours.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM hours
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 12), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_counted_with_total_and_more AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TIMESTAMPADD(DAY, window_number * 5 - MOD(MOD(TIMESTAMPDIFF(DAY, DATE '1970-01-01', CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)), 5) + 5, 5), CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) AS TIMESTAMP(3)) AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 AS window_end
  FROM rows_of_windows_counted_with_total_and_more_numbered
),
-- total, amounts_rows, which any order of the rows gives.
windows_counted_with_total_and_more AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -60, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE))), 0) AS total,
    COUNT(*) FILTER (WHERE CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -60, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE))) AS amounts_rows
  FROM rows_of_windows_counted_with_total_and_more
  GROUP BY `user`, window_end
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
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss.SSSSSS') AS until
  FROM windows
),
-- Each row, with the values of the row before it with the same user.
changed_or_not AS (
  SELECT
    FIRST_VALUE(event_time) OVER row_before AS previous_event_time,
    FIRST_VALUE(amounts) OVER row_before AS previous_amounts,
    FIRST_VALUE(recent) OVER row_before AS previous_recent,
    FIRST_VALUE(total) OVER row_before AS previous_total,
    with_time.*
  FROM with_time
  WINDOW row_before AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING)
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

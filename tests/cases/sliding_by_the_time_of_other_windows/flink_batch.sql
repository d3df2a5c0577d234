-- by_time, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders_stored: json files.
CREATE TEMPORARY TABLE orders_stored (
  `user` STRING,
  price BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source orders, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM orders_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- lasts: each step and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW lasts AS
WITH
-- Each row, with the value that counts for last among the rows of its key and time.
windows_of_one_time AS (
  SELECT
    MAX(`user`) OVER same_time AS last_of_its_time,
    orders.*
  FROM orders
  WINDOW
    same_time AS (ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_stamped AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 3600000) + 3600000, 3600000) + 1 * 3600000 AS window_end
  FROM windows_of_one_time
),
-- The windows, with last still behind the time of its row.
windows_stamped AS (
  SELECT
    window_end - 1 AS event_time,
    MAX(LPAD(CAST(event_time + 62135596800000 AS STRING), 15, '0') || last_of_its_time) AS last
  FROM rows_of_windows_stamped
  GROUP BY window_end
),
-- last, over windows of 1 hour of orders that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    event_time,
    SUBSTRING(last, 16) AS last
  FROM windows_stamped
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss') AS window_time
  FROM windows
)
SELECT
  window_time,
  last,
  event_time
FROM with_time;

-- by_time: each window_time and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW by_time AS
WITH
-- Each row of lasts, with reversed computed from it.
with_expressions AS (
  SELECT
    *,
    REVERSE(CASE WHEN TRUE THEN last ELSE window_time END) AS reversed
  FROM lasts
),
-- The columns that the windows need, beside those that they will have.
windows_input AS (
  SELECT
    event_time,
    window_time AS window_time_of_row,
    last,
    reversed
  FROM with_expressions
),
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_renamed_counted_numbered AS (
  SELECT
    windows_input.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM windows_input
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_renamed_counted_ended AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 3600000) + 3600000, 3600000) + window_number * 3600000 AS window_end
  FROM rows_of_windows_renamed_counted_numbered
),
-- Each row once for each window that holds it.
rows_of_windows_renamed_counted AS (
  SELECT
    *,
    window_end - 7200000 AS window_start,
    window_end - 1 AS window_time
  FROM rows_of_windows_renamed_counted_ended
),
-- The same, with are_there_counts: whether the row counts for are_there.
windows_renamed_counted_with_are_there_matching AS (
  SELECT
    *,
    (event_time >= window_end - 3600000) IS TRUE AS are_there_counts
  FROM rows_of_windows_renamed_counted
),
-- Of these, all of each window, from the latest.
windows_renamed_counted_with_are_there_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_time_of_row, window_end ORDER BY are_there_counts DESC, event_time DESC, last IS NOT NULL DESC) AS are_there_age
    FROM windows_renamed_counted_with_are_there_matching
  )
  WHERE are_there_age <= 1000000000000
),
-- are_there of each window, from these rows.
windows_renamed_counted_with_are_there AS (
  SELECT
    window_time_of_row,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(last IS NOT NULL) FILTER (WHERE are_there_counts AND (last IS NOT NULL) IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(last IS NOT NULL) FILTER (WHERE are_there_counts AND (last IS NOT NULL) IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS BOOLEAN)], 2, 2) END AS are_there
  FROM windows_renamed_counted_with_are_there_ranked
  GROUP BY window_time_of_row, window_end
),
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_renamed_counted_with_how_many_and_more_numbered AS (
  SELECT
    windows_input.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM windows_input
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_renamed_counted_with_how_many_and_more AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 3600000) + 3600000, 3600000) + window_number * 3600000 AS window_end
  FROM rows_of_windows_renamed_counted_with_how_many_and_more_numbered
),
-- how_many, are_there_rows, which any order of the rows gives.
windows_renamed_counted_with_how_many_and_more AS (
  SELECT
    window_time_of_row,
    window_end - 1 AS event_time,
    COUNT(DISTINCT reversed) FILTER (WHERE event_time >= window_end - 3600000) AS how_many,
    COUNT(*) FILTER (WHERE event_time >= window_end - 3600000) AS are_there_rows
  FROM rows_of_windows_renamed_counted_with_how_many_and_more
  GROUP BY window_time_of_row, window_end
),
-- The same windows, with are_there_rows.
windows_renamed_counted_and_are_there_rows AS (
  SELECT
    l.window_time_of_row,
    l.event_time,
    l.are_there,
    r.how_many,
    r.are_there_rows
  FROM windows_renamed_counted_with_are_there AS l
  JOIN windows_renamed_counted_with_how_many_and_more AS r
    ON l.event_time = r.event_time AND l.window_time_of_row IS NOT DISTINCT FROM r.window_time_of_row
),
-- Of these, the 2 latest of each window, from the latest.
windows_renamed_counted_with_latest_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_time_of_row, window_end ORDER BY event_time DESC, last DESC) AS latest_age
    FROM rows_of_windows_renamed_counted
  )
  WHERE latest_age <= 2
),
-- latest of each window, from these rows.
windows_renamed_counted_with_latest AS (
  SELECT
    window_time_of_row,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(last) FILTER (WHERE last IS NOT NULL) > 0 THEN (ARRAY_AGG(last) FILTER (WHERE last IS NOT NULL))[1] END AS latest
  FROM windows_renamed_counted_with_latest_ranked
  GROUP BY window_time_of_row, window_end
),
-- The windows, with are_there_rows: how many rows they hold.
windows_renamed_counted AS (
  SELECT
    l.window_time_of_row,
    l.event_time,
    l.are_there,
    l.how_many,
    r.latest,
    l.are_there_rows
  FROM windows_renamed_counted_and_are_there_rows AS l
  JOIN windows_renamed_counted_with_latest AS r
    ON l.event_time = r.event_time AND l.window_time_of_row IS NOT DISTINCT FROM r.window_time_of_row
),
-- The windows, their keys renamed.
windows_renamed AS (
  SELECT
    window_time_of_row,
    event_time,
    CASE WHEN are_there_rows > 0 THEN are_there END AS are_there,
    how_many,
    latest
  FROM windows_renamed_counted
),
-- are_there, how_many and latest per window_time, over windows of 1 hour and 2 hours of lasts that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    window_time_of_row AS window_time,
    event_time,
    are_there,
    how_many,
    latest
  FROM windows_renamed
),
-- The same rows, with ends_at, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS ends_at
  FROM windows
)
SELECT
  window_time,
  ends_at,
  are_there,
  how_many,
  latest,
  event_time
FROM with_time;

-- The rows of by_time.
SELECT window_time, ends_at, are_there, how_many, latest
FROM by_time;

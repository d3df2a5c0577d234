-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'mean, greatest_surprise, surprises_of_all': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  amount DOUBLE,
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

-- events_with_windows: each row of events.
CREATE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row, with those numbers of mean that DECIMALs hold, of which nothing is left behind when their row leaves a window.
mean_near AS (
  SELECT
    *,
    CASE WHEN amount = 0 OR ABS(amount) BETWEEN 1E-19 AND 1E28 THEN amount END AS mean_near
  FROM events
),
-- Each row of events, with mean_whole, mean_fraction, mean_beyond and mean_count over the rows with its user from 5 minutes before its time up to it, both included.
last_5_minutes_by_user AS (
  SELECT
    COALESCE(SUM(CAST(mean_near AS DECIMAL(38, 0))) OVER last_5_minutes_by_user, 0) AS mean_whole,
    COALESCE(SUM(CAST(mean_near - CAST(mean_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER last_5_minutes_by_user, 0) AS mean_fraction,
    COALESCE(SUM(CASE WHEN mean_near IS NULL THEN amount END) OVER last_5_minutes_by_user, 0) AS mean_beyond,
    COUNT(amount) OVER last_5_minutes_by_user AS mean_count,
    mean_near.*
  FROM mean_near
  WINDOW
    last_5_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with mean: digits before the point, digits behind it, and the numbers that DECIMALs do not hold.
mean_added AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    CASE WHEN mean_count <> 0 THEN (CAST(mean_whole AS DOUBLE) + CAST(mean_fraction AS DOUBLE) + mean_beyond) / mean_count END AS mean
  FROM last_5_minutes_by_user
),
-- Each row of events, with surprise computed from it.
with_expressions AS (
  SELECT
    *,
    amount - mean AS surprise
  FROM mean_added
),
-- Each row of events, with greatest_surprise over the rows with its user from 10 minutes before its time up to it, both included.
last_10_minutes_by_user_2 AS (
  SELECT
    MAX(surprise) OVER last_10_minutes_by_user AS greatest_surprise,
    with_expressions.*
  FROM with_expressions
  WINDOW
    last_10_minutes_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '10' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with surprises_of_all over all rows from 10 minutes before its time up to it, both included.
last_10_minutes_3 AS (
  SELECT
    COUNT(CASE WHEN greatest_surprise > 0.0E0 THEN 1 END) OVER last_10_minutes AS surprises_of_all,
    last_10_minutes_by_user_2.*
  FROM last_10_minutes_by_user_2
  WINDOW
    last_10_minutes AS (ORDER BY event_time RANGE BETWEEN INTERVAL '10' MINUTE PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  amount,
  `time`,
  mean,
  surprise,
  greatest_surprise,
  surprises_of_all,
  event_time
FROM last_10_minutes_3;

-- The rows of events_with_windows.
SELECT `user`, amount, `time`, mean, surprise, greatest_surprise, surprises_of_all
FROM events_with_windows;

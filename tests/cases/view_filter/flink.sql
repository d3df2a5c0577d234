-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- features, feature 'total, mean': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

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

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of events, with total over the rows with its user from 1 hour before its time up to it, both included.
last_1_hour_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_hour_by_user, 0) AS total,
    events.*
  FROM events
  WINDOW
    last_1_hour_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)
),
-- Each row of events, with mean_sum and mean_count over all rows from 1 hour before its time up to it, both included.
last_1_hour AS (
  SELECT
    COALESCE(SUM(CAST(amount AS DECIMAL(38, 0))) OVER last_1_hour, 0) AS mean_sum,
    COUNT(amount) OVER last_1_hour AS mean_count,
    last_1_hour_by_user.*
  FROM last_1_hour_by_user
  WINDOW
    last_1_hour AS (ORDER BY event_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)
),
-- Each row of events, with mean.
mean_added AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    total,
    CASE WHEN mean_count <> 0 THEN CAST(mean_sum AS DOUBLE) / mean_count END AS mean
  FROM last_1_hour
),
-- Of these, the rows for which the view's filter_expr is true.
kept AS (
  SELECT *
  FROM mean_added
  WHERE total >= 3 AND amount < mean
)
SELECT
  `user`,
  amount,
  `time`,
  total,
  mean,
  event_time
FROM kept;

-- The rows of features.
SELECT `user`, amount, `time`, total, mean
FROM features;

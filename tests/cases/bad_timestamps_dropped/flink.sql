-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  amount BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
    ELSE TO_TIMESTAMP_LTZ(-62135596800000, 3)
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events: the stored rows whose event time can be read.
CREATE TEMPORARY VIEW events AS
SELECT *
FROM events_stored
WHERE event_time > TO_TIMESTAMP_LTZ(-62135510400000, 3);

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of events, with total over all rows up to its time.
all_so_far AS (
  SELECT
    COALESCE(SUM(amount) OVER all_so_far, 0) AS total,
    events.*
  FROM events
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  amount,
  `time`,
  total,
  event_time
FROM all_so_far;

-- The rows of features.
SELECT `user`, amount, `time`, total
FROM features;

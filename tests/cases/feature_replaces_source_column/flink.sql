-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- features, feature 'total': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

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
-- Each row of events, with before and time computed from it.
with_expressions AS (
  SELECT
    `user`,
    amount,
    event_time,
    amount AS before,
    'at ' || `time` AS `time`
  FROM events
),
-- Each row of events, with amount computed from it.
with_expressions_2 AS (
  SELECT
    `user`,
    `time`,
    event_time,
    before,
    amount * 10 AS amount
  FROM with_expressions
),
-- Each row of events, with after computed from it.
with_expressions_3 AS (
  SELECT
    *,
    amount + 1 AS `after`
  FROM with_expressions_2
),
-- Each row of events, with total over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_minute_by_user, 0) AS total,
    with_expressions_3.*
  FROM with_expressions_3
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with user over the rows with its user up to its time.
all_so_far_by_user_2 AS (
  SELECT
    COUNT(`user`) OVER all_so_far_by_user AS `user`,
    amount,
    `time`,
    event_time,
    before,
    `after`,
    total
  FROM last_1_minute_by_user
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  amount,
  `time`,
  before,
  `after`,
  total,
  event_time
FROM all_so_far_by_user_2;

-- The rows of features.
SELECT `user`, amount, `time`, before, `after`, total
FROM features;

-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- features, feature 'total, count, latest, mean_of_tests, least_of_tests, first_of_tests': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

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
  `time` TIMESTAMP_LTZ(3),
  event_time AS CASE
    WHEN `time` IS NOT NULL AND CAST(`time` AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(CAST(`time` AS STRING), 'NULL') AS BOOLEAN)
    THEN CAST(`time` AS TIMESTAMP_LTZ(3))
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
-- Each row of events, with is_test computed from it.
with_expressions AS (
  SELECT
    *,
    1 = 2 AS is_test
  FROM events
),
-- Each row, with latest_of_its_time and first_of_tests_of_its_time over the rows with its user at its time.
same_time_by_user_of_one_time AS (
  SELECT
    MAX(CASE WHEN FALSE THEN amount END) OVER same_time_by_user AS latest_of_its_time,
    MIN(CASE WHEN is_test THEN amount END) OVER same_time_by_user AS first_of_tests_of_its_time,
    with_expressions.*
  FROM with_expressions
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row of events, with total, count, latest, least_of_tests, first_of_tests, mean_of_tests_sum and mean_of_tests_count over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user AS (
  SELECT
    COALESCE(SUM(CASE WHEN FALSE THEN amount END) OVER last_1_minute_by_user, 0) AS total,
    COUNT(CASE WHEN FALSE THEN amount END) OVER last_1_minute_by_user AS `count`,
    LAST_VALUE(latest_of_its_time) OVER last_1_minute_by_user AS latest,
    MIN(CASE WHEN is_test THEN amount END) OVER last_1_minute_by_user AS least_of_tests,
    FIRST_VALUE(first_of_tests_of_its_time) OVER last_1_minute_by_user AS first_of_tests,
    COALESCE(SUM(CASE WHEN is_test THEN CAST(amount AS DECIMAL(38, 0)) END) OVER last_1_minute_by_user, 0) AS mean_of_tests_sum,
    COUNT(CASE WHEN is_test THEN amount END) OVER last_1_minute_by_user AS mean_of_tests_count,
    same_time_by_user_of_one_time.*
  FROM same_time_by_user_of_one_time
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with mean_of_tests.
mean_of_tests_added AS (
  SELECT
    `user`,
    amount,
    `time`,
    event_time,
    is_test,
    latest_of_its_time,
    first_of_tests_of_its_time,
    total,
    `count`,
    latest,
    CASE WHEN mean_of_tests_count <> 0 THEN CAST(mean_of_tests_sum AS DOUBLE) / mean_of_tests_count END AS mean_of_tests,
    least_of_tests,
    first_of_tests
  FROM last_1_minute_by_user
)
SELECT
  `user`,
  amount,
  `time`,
  is_test,
  total,
  `count`,
  latest,
  mean_of_tests,
  least_of_tests,
  first_of_tests,
  event_time
FROM mean_of_tests_added;

-- The rows of features.
SELECT `user`, amount, `time`, is_test, total, `count`, latest, mean_of_tests, least_of_tests, first_of_tests
FROM features;

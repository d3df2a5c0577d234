-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  amount BIGINT,
  `time` TIMESTAMP_LTZ(3)
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
      WHEN `time` IS NOT NULL
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(CAST(`time` AS STRING), 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(`time` AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM CAST(`time` AS TIMESTAMP_LTZ(3)))
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

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
-- Each row, with the value that counts for latest, first_of_tests among the rows of its key and time.
with_windows_of_one_time AS (
  SELECT
    MAX(CASE WHEN FALSE THEN amount END) OVER same_time_by_user AS latest_of_its_time,
    MIN(CASE WHEN is_test THEN amount END) OVER same_time_by_user AS first_of_tests_of_its_time,
    with_expressions.*
  FROM with_expressions
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row of events, with total, count, latest, mean_of_tests, least_of_tests and first_of_tests over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    COALESCE(SUM(CASE WHEN FALSE THEN amount END) OVER last_1_minute_by_user, 0) AS total,
    COUNT(CASE WHEN FALSE THEN amount END) OVER last_1_minute_by_user AS `count`,
    LAST_VALUE(latest_of_its_time) OVER last_1_minute_by_user AS latest,
    AVG(CASE WHEN is_test THEN CAST(amount AS DOUBLE) END) OVER last_1_minute_by_user AS mean_of_tests,
    MIN(CASE WHEN is_test THEN amount END) OVER last_1_minute_by_user AS least_of_tests,
    FIRST_VALUE(first_of_tests_of_its_time) OVER last_1_minute_by_user AS first_of_tests,
    with_windows_of_one_time.*
  FROM with_windows_of_one_time
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
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
FROM with_windows;

-- The rows of features.
SELECT `user`, amount, `time`, is_test, total, `count`, latest, mean_of_tests, least_of_tests, first_of_tests
FROM features;

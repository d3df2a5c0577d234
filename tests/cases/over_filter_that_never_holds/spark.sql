-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  amount BIGINT,
  `time` TIMESTAMP
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST',
  'timeZone' 'UTC'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(date_trunc('MILLISECOND', `time`), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of events.
CREATE OR REPLACE TEMPORARY VIEW features AS
WITH
-- Each row of events, with is_test computed from it.
with_expressions AS (
  SELECT
    *,
    1 = 2 AS is_test
  FROM events
),
-- Each row of events, with total, count, latest, mean_of_tests, least_of_tests and first_of_tests over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(CASE WHEN FALSE THEN amount END) OVER last_1_minute_by_user, 0) AS total,
    COUNT(CASE WHEN FALSE THEN amount END) OVER last_1_minute_by_user AS `count`,
    MAX_BY(CASE WHEN FALSE THEN amount END, CASE WHEN CASE WHEN FALSE THEN amount END IS NOT NULL THEN struct(event_time, CASE WHEN FALSE THEN amount END) END) OVER last_1_minute_by_user AS latest,
    AVG(CASE WHEN is_test THEN CAST(amount AS DOUBLE) END) OVER last_1_minute_by_user AS mean_of_tests,
    MIN(CASE WHEN is_test THEN amount END) OVER last_1_minute_by_user AS least_of_tests,
    MIN_BY(CASE WHEN is_test THEN amount END, CASE WHEN CASE WHEN is_test THEN amount END IS NOT NULL THEN struct(event_time, CASE WHEN is_test THEN amount END) END) OVER last_1_minute_by_user AS first_of_tests
  FROM with_expressions
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
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

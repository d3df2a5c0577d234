-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  amount BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of events.
CREATE OR REPLACE TEMPORARY VIEW features AS
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
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(amount) OVER last_1_minute_by_user, 0) AS total
  FROM with_expressions_3
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with user over the rows with its user up to its time.
with_windows_2 AS (
  SELECT
    amount,
    `time`,
    event_time,
    before,
    `after`,
    total,
    COUNT(`user`) OVER all_so_far_by_user AS `user`
  FROM with_windows
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
FROM with_windows_2;

-- The rows of features.
SELECT `user`, amount, `time`, before, `after`, total
FROM features;

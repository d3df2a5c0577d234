-- streaks, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- great_payments, feature 'total': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.
-- streaks, feature 'streak, greatest_total': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  pieces INT,
  price DOUBLE,
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

-- payments: each row of events.
CREATE TEMPORARY VIEW payments AS
WITH
-- Each row of events, with payment computed from it.
with_expressions AS (
  SELECT
    *,
    pieces * price AS payment
  FROM events
)
SELECT
  `user`,
  `time`,
  payment,
  event_time
FROM with_expressions;

-- great_payments: each row of payments.
CREATE TEMPORARY VIEW great_payments AS
WITH
-- Each row, with those numbers of total that DECIMALs hold, of which nothing is left behind when their row leaves a window.
total_near AS (
  SELECT
    *,
    CASE WHEN payment = 0 OR ABS(payment) BETWEEN 1E-19 AND 1E28 THEN payment END AS total_near
  FROM payments
),
-- Each row of payments, with total_whole, total_fraction and total_beyond over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user AS (
  SELECT
    COALESCE(SUM(CAST(total_near AS DECIMAL(38, 0))) OVER last_1_minute_by_user, 0) AS total_whole,
    COALESCE(SUM(CAST(total_near - CAST(total_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER last_1_minute_by_user, 0) AS total_fraction,
    COALESCE(SUM(CASE WHEN total_near IS NULL THEN payment END) OVER last_1_minute_by_user, 0) AS total_beyond,
    total_near.*
  FROM total_near
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of payments, with total: digits before the point, digits behind it, and the numbers that DECIMALs do not hold.
total_added AS (
  SELECT
    `user`,
    `time`,
    payment,
    event_time,
    CAST(total_whole AS DOUBLE) + CAST(total_fraction AS DOUBLE) + total_beyond AS total
  FROM last_1_minute_by_user
),
-- Of these, the rows for which the view's filter_expr is true.
kept AS (
  SELECT *
  FROM total_added
  WHERE payment > 1.0E0
)
SELECT
  `user`,
  `time`,
  payment,
  total,
  event_time
FROM kept;

-- streaks: each row of great_payments.
CREATE TEMPORARY VIEW streaks AS
WITH
-- Each row of great_payments, with streak and greatest_total over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user AS (
  SELECT
    COUNT(*) OVER last_1_minute_by_user AS streak,
    MAX(total) OVER last_1_minute_by_user AS greatest_total,
    great_payments.*
  FROM great_payments
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  `time`,
  streak,
  greatest_total,
  total,
  event_time
FROM last_1_minute_by_user;

-- The rows of streaks.
SELECT `user`, `time`, streak, greatest_total, total
FROM streaks;

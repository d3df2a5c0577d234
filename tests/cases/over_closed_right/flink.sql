-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'both, right, a_day, row_number': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

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
    WHEN REGEXP(`time`, '^.{19}\.(\d{1,6})\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = SUBSTRING(`time`, 1, 19) AND TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{19}\.(\d{1,6})\z', 1) || '00', 1, 3) AS INT), CAST(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{19}\.(\d{1,6})\z', 1) || '00', 1, 3) AS INT), CAST(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)))
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
-- Each row of events, with both over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER last_1_minute_by_user, 0) AS `both`,
    events.*
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with right over the rows with its user from less than 1 minute before its time up to it.
within_1_minute_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER within_1_minute_by_user, 0) AS `right`,
    last_1_minute_by_user.*
  FROM last_1_minute_by_user
  WINDOW
    within_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '59.999' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row of events, with a_day over the rows with its user from less than 1 day before its time up to it.
within_1_day_by_user AS (
  SELECT
    COUNT(*) OVER within_1_day_by_user AS a_day,
    within_1_minute_by_user.*
  FROM within_1_minute_by_user
  WINDOW
    within_1_day_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0 23:59:59.999' DAY(3) TO SECOND(3) PRECEDING AND CURRENT ROW)
),
-- Each row of events, with all_so_far over the rows with its user up to its time.
all_so_far_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER all_so_far_by_user, 0) AS all_so_far,
    within_1_day_by_user.*
  FROM within_1_day_by_user
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with row_number over the rows with its user from less than 1 millisecond before its time up to it.
within_1_millisecond_by_user AS (
  SELECT
    COUNT(*) OVER within_1_millisecond_by_user AS `row_number`,
    all_so_far_by_user.*
  FROM all_so_far_by_user
  WINDOW
    within_1_millisecond_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  amount,
  `time`,
  `both`,
  `right`,
  a_day,
  all_so_far,
  `row_number`,
  event_time
FROM within_1_millisecond_by_user;

-- The rows of events_with_windows.
SELECT `user`, amount, `time`, `both`, `right`, a_day, all_so_far, `row_number`
FROM events_with_windows;

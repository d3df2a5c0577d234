-- events_with_windows, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  city STRING,
  amount BIGINT,
  `time` STRING
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
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- events_with_windows: each row of events.
CREATE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row, with the value that counts for first, last, last_city, first_big among the rows of its key and time.
with_windows_of_one_time AS (
  SELECT
    MIN(amount) OVER same_time_by_user AS first_of_its_time,
    MAX(amount) OVER same_time_by_user AS last_of_its_time,
    MAX(city) OVER same_time_by_user AS last_city_of_its_time,
    MIN(CASE WHEN amount >= 3 THEN amount END) OVER same_time_by_user AS first_big_of_its_time,
    events.*
  FROM events
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    FIRST_VALUE(first_of_its_time) OVER last_1_minute_by_user AS `first`,
    LAST_VALUE(last_of_its_time) OVER last_1_minute_by_user AS last,
    LAST_VALUE(last_city_of_its_time) OVER all_so_far_by_user AS last_city,
    FIRST_VALUE(first_big_of_its_time) OVER all_so_far_by_user AS first_big,
    with_windows_of_one_time.*
  FROM with_windows_of_one_time
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW),
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  city,
  amount,
  `time`,
  `first`,
  last,
  last_city,
  first_big,
  event_time
FROM with_windows;

-- The rows of events_with_windows.
SELECT `user`, city, amount, `time`, `first`, last, last_city, first_big
FROM events_with_windows;

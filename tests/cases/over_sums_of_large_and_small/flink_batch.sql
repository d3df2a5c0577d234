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
  amount DOUBLE,
  share FLOAT,
  `count` BIGINT,
  price DECIMAL(20, 2),
  balance DECIMAL(38, 2),
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
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    COALESCE(SUM(amount) OVER last_2_seconds_by_user, 0) AS total,
    AVG(amount) OVER last_2_seconds_by_user AS mean,
    COALESCE(SUM(amount) OVER last_10_seconds_by_user, 0) AS total_of_ten,
    COALESCE(SUM(amount) OVER all_so_far_by_user, 0) AS total_so_far,
    COALESCE(SUM(CASE WHEN amount < 1000 THEN -amount END) OVER last_2_seconds_by_user, 0) AS debts,
    AVG(CASE WHEN amount < 1000 THEN -amount END) OVER last_2_seconds_by_user AS mean_debt,
    COALESCE(SUM(CASE WHEN amount = 1E16 OR amount < 10 THEN EXP(amount) END) OVER last_2_seconds_by_user, 0) AS grown,
    AVG(CAST(share AS DOUBLE)) OVER last_2_seconds_by_user AS mean_share,
    AVG(CAST(`count` AS DOUBLE)) OVER last_2_seconds_by_user AS mean_count,
    AVG(CASE WHEN `count` > 0 THEN CAST(price AS DOUBLE) END) OVER last_2_seconds_by_user AS mean_price,
    AVG(CAST(balance AS DOUBLE)) OVER last_2_seconds_by_user AS mean_balance,
    events.*
  FROM events
  WINDOW
    last_2_seconds_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 2000 PRECEDING AND CURRENT ROW),
    last_10_seconds_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 10000 PRECEDING AND CURRENT ROW),
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with mean_of_2 of the latest rows, itself the last, and its place.
mean_of_2_of_latest AS (
  SELECT
    AVG(amount) OVER latest_2_by_user AS mean_of_2_of_latest,
    COUNT(*) OVER in_order_by_user AS mean_of_2_place,
    with_windows.*
  FROM with_windows
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, amount ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, amount ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- mean_of_2 of each row, in an array: NULL in it is a value, too.
mean_of_2_held AS (
  SELECT
    *,
    CAST(ARRAY[mean_of_2_of_latest] AS ARRAY<DOUBLE>) AS mean_of_2_held
  FROM mean_of_2_of_latest
),
-- The rows of one time in the order that counts for mean_of_2_carried: an OVER takes them as they come.
mean_of_2_latest_in_order AS (
  SELECT
    `user`,
    amount,
    share,
    `count`,
    price,
    balance,
    `time`,
    event_time,
    total,
    mean,
    total_of_ten,
    total_so_far,
    debts,
    mean_debt,
    grown,
    mean_share,
    mean_count,
    mean_price,
    mean_balance,
    mean_of_2_of_latest,
    mean_of_2_place,
    mean_of_2_held
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, mean_of_2_place) AS place
    FROM mean_of_2_held
  )
  WHERE place > 0
),
-- Each row, with mean_of_2 of the latest rows that there are up to its time.
mean_of_2_latest AS (
  SELECT
    LAST_VALUE(mean_of_2_held) OVER so_far_by_user AS mean_of_2_carried,
    mean_of_2_latest_in_order.*
  FROM mean_of_2_latest_in_order
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with mean_of_2 of the whole window, and of how many rows.
mean_of_2_whole AS (
  SELECT
    AVG(amount) OVER last_2_seconds_by_user AS mean_of_2_whole,
    COUNT(*) OVER last_2_seconds_by_user AS mean_of_2_rows,
    mean_of_2_latest.*
  FROM mean_of_2_latest
  WINDOW
    last_2_seconds_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 2000 PRECEDING AND CURRENT ROW)
),
-- Each row of events, with mean_of_2 of no more than the latest.
mean_of_2_limited AS (
  SELECT
    `user`,
    amount,
    share,
    `count`,
    price,
    balance,
    `time`,
    event_time,
    total,
    mean,
    total_of_ten,
    total_so_far,
    debts,
    mean_debt,
    grown,
    mean_share,
    mean_count,
    mean_price,
    mean_balance,
    CASE WHEN mean_of_2_rows > 2 THEN mean_of_2_carried[1] ELSE mean_of_2_whole END AS mean_of_2
  FROM mean_of_2_whole
)
SELECT
  `user`,
  amount,
  share,
  `count`,
  price,
  balance,
  `time`,
  total,
  mean,
  total_of_ten,
  total_so_far,
  debts,
  mean_debt,
  grown,
  mean_of_2,
  mean_share,
  mean_count,
  mean_price,
  mean_balance,
  event_time
FROM mean_of_2_limited;

-- The rows of events_with_windows.
SELECT `user`, amount, share, `count`, price, balance, `time`, total, mean, total_of_ten, total_so_far, debts, mean_debt, grown, mean_of_2, mean_share, mean_count, mean_price, mean_balance
FROM events_with_windows;

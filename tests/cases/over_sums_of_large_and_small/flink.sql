-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'total, mean, total_of_ten, debts, mean_debt, grown, mean_of_2, mean_share, mean_count, mean_price, mean_balance': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  amount DOUBLE,
  share FLOAT,
  `count` BIGINT,
  price DECIMAL(20, 2),
  balance DECIMAL(38, 2),
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

-- events_with_windows: each row of events.
CREATE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row, with what total, mean, total_of_ten, debts, mean_debt, grown, mean_share, mean_balance adds up.
total_read AS (
  SELECT
    *,
    CASE WHEN amount < 1000 THEN -amount END AS debts_value,
    CASE WHEN amount = 1E16 OR amount < 10 THEN EXP(amount) END AS grown_value,
    CAST(share AS DOUBLE) AS mean_share_value,
    CAST(balance AS DOUBLE) AS mean_balance_value
  FROM events
),
-- Each row, with those numbers of total, mean, total_of_ten, debts, mean_debt, grown, mean_share, mean_balance that DECIMALs hold, of which nothing is left behind when their row leaves a window.
total_near AS (
  SELECT
    *,
    CASE WHEN amount = 0 OR ABS(amount) BETWEEN 1E-19 AND 1E28 THEN amount END AS total_near,
    CASE WHEN debts_value = 0 OR ABS(debts_value) BETWEEN 1E-19 AND 1E28 THEN debts_value END AS debts_near,
    CASE WHEN grown_value = 0 OR ABS(grown_value) BETWEEN 1E-19 AND 1E28 THEN grown_value END AS grown_near,
    CASE WHEN mean_share_value = 0 OR ABS(mean_share_value) BETWEEN 1E-19 AND 1E28 THEN mean_share_value END AS mean_share_near,
    CASE WHEN mean_balance_value = 0 OR ABS(mean_balance_value) BETWEEN 1E-19 AND 1E28 THEN mean_balance_value END AS mean_balance_near
  FROM total_read
),
-- Each row of events, with total_so_far over the rows with its user up to its time.
all_so_far_by_user AS (
  SELECT
    COALESCE(SUM(amount) OVER all_so_far_by_user, 0) AS total_so_far,
    total_near.*
  FROM total_near
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with total_whole, total_fraction, total_beyond, mean_count_, debts_whole, debts_fraction, debts_beyond, mean_debt_count, grown_whole, grown_fraction, grown_beyond, mean_share_whole, mean_share_fraction, mean_share_beyond, mean_share_count, mean_count_sum, mean_count_count, mean_price_sum, mean_price_count, mean_balance_whole, mean_balance_fraction, mean_balance_beyond and mean_balance_count over the rows with its user from 2 seconds before its time up to it, both included.
last_2_seconds_by_user AS (
  SELECT
    COALESCE(SUM(CAST(total_near AS DECIMAL(38, 0))) OVER last_2_seconds_by_user, 0) AS total_whole,
    COALESCE(SUM(CAST(total_near - CAST(total_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER last_2_seconds_by_user, 0) AS total_fraction,
    COALESCE(SUM(CASE WHEN total_near IS NULL THEN amount END) OVER last_2_seconds_by_user, 0) AS total_beyond,
    COUNT(amount) OVER last_2_seconds_by_user AS mean_count_,
    COALESCE(SUM(CAST(debts_near AS DECIMAL(38, 0))) OVER last_2_seconds_by_user, 0) AS debts_whole,
    COALESCE(SUM(CAST(debts_near - CAST(debts_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER last_2_seconds_by_user, 0) AS debts_fraction,
    COALESCE(SUM(CASE WHEN debts_near IS NULL THEN debts_value END) OVER last_2_seconds_by_user, 0) AS debts_beyond,
    COUNT(debts_value) OVER last_2_seconds_by_user AS mean_debt_count,
    COALESCE(SUM(CAST(grown_near AS DECIMAL(38, 0))) OVER last_2_seconds_by_user, 0) AS grown_whole,
    COALESCE(SUM(CAST(grown_near - CAST(grown_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER last_2_seconds_by_user, 0) AS grown_fraction,
    COALESCE(SUM(CASE WHEN grown_near IS NULL THEN grown_value END) OVER last_2_seconds_by_user, 0) AS grown_beyond,
    COALESCE(SUM(CAST(mean_share_near AS DECIMAL(38, 0))) OVER last_2_seconds_by_user, 0) AS mean_share_whole,
    COALESCE(SUM(CAST(mean_share_near - CAST(mean_share_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER last_2_seconds_by_user, 0) AS mean_share_fraction,
    COALESCE(SUM(CASE WHEN mean_share_near IS NULL THEN mean_share_value END) OVER last_2_seconds_by_user, 0) AS mean_share_beyond,
    COUNT(mean_share_value) OVER last_2_seconds_by_user AS mean_share_count,
    COALESCE(SUM(CAST(`count` AS DECIMAL(38, 0))) OVER last_2_seconds_by_user, 0) AS mean_count_sum,
    COUNT(`count`) OVER last_2_seconds_by_user AS mean_count_count,
    COALESCE(SUM(CASE WHEN `count` > 0 THEN price END) OVER last_2_seconds_by_user, 0) AS mean_price_sum,
    COUNT(CASE WHEN `count` > 0 THEN price END) OVER last_2_seconds_by_user AS mean_price_count,
    COALESCE(SUM(CAST(mean_balance_near AS DECIMAL(38, 0))) OVER last_2_seconds_by_user, 0) AS mean_balance_whole,
    COALESCE(SUM(CAST(mean_balance_near - CAST(mean_balance_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER last_2_seconds_by_user, 0) AS mean_balance_fraction,
    COALESCE(SUM(CASE WHEN mean_balance_near IS NULL THEN mean_balance_value END) OVER last_2_seconds_by_user, 0) AS mean_balance_beyond,
    COUNT(mean_balance_value) OVER last_2_seconds_by_user AS mean_balance_count,
    all_so_far_by_user.*
  FROM all_so_far_by_user
  WINDOW
    last_2_seconds_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '2' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row of events, with total_of_ten_whole, total_of_ten_fraction and total_of_ten_beyond over the rows with its user from 10 seconds before its time up to it, both included.
last_10_seconds_by_user AS (
  SELECT
    COALESCE(SUM(CAST(total_near AS DECIMAL(38, 0))) OVER last_10_seconds_by_user, 0) AS total_of_ten_whole,
    COALESCE(SUM(CAST(total_near - CAST(total_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER last_10_seconds_by_user, 0) AS total_of_ten_fraction,
    COALESCE(SUM(CASE WHEN total_near IS NULL THEN amount END) OVER last_10_seconds_by_user, 0) AS total_of_ten_beyond,
    last_2_seconds_by_user.*
  FROM last_2_seconds_by_user
  WINDOW
    last_10_seconds_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row of events, with total, mean, total_of_ten, debts, mean_debt, grown, mean_share, mean_count, mean_price and mean_balance: digits before the point, digits behind it, and the numbers that DECIMALs do not hold.
total_added AS (
  SELECT
    `user`,
    amount,
    share,
    `count`,
    price,
    balance,
    `time`,
    event_time,
    CAST(total_whole AS DOUBLE) + CAST(total_fraction AS DOUBLE) + total_beyond AS total,
    CASE WHEN mean_count_ <> 0 THEN (CAST(total_whole AS DOUBLE) + CAST(total_fraction AS DOUBLE) + total_beyond) / mean_count_ END AS mean,
    CAST(total_of_ten_whole AS DOUBLE) + CAST(total_of_ten_fraction AS DOUBLE) + total_of_ten_beyond AS total_of_ten,
    total_so_far,
    CAST(debts_whole AS DOUBLE) + CAST(debts_fraction AS DOUBLE) + debts_beyond AS debts,
    CASE WHEN mean_debt_count <> 0 THEN (CAST(debts_whole AS DOUBLE) + CAST(debts_fraction AS DOUBLE) + debts_beyond) / mean_debt_count END AS mean_debt,
    CAST(grown_whole AS DOUBLE) + CAST(grown_fraction AS DOUBLE) + grown_beyond AS grown,
    CASE WHEN mean_share_count <> 0 THEN (CAST(mean_share_whole AS DOUBLE) + CAST(mean_share_fraction AS DOUBLE) + mean_share_beyond) / mean_share_count END AS mean_share,
    CASE WHEN mean_count_count <> 0 THEN CAST(mean_count_sum AS DOUBLE) / mean_count_count END AS mean_count,
    CASE WHEN mean_price_count <> 0 THEN CAST(mean_price_sum AS DOUBLE) / mean_price_count END AS mean_price,
    CASE WHEN mean_balance_count <> 0 THEN (CAST(mean_balance_whole AS DOUBLE) + CAST(mean_balance_fraction AS DOUBLE) + mean_balance_beyond) / mean_balance_count END AS mean_balance
  FROM last_10_seconds_by_user
),
-- The rows of one time in the order that counts for mean_of_2_of_latest and mean_of_2_place: an OVER takes them as they come.
mean_of_2_of_latest_in_order AS (
  SELECT
    `user`,
    amount,
    share,
    `count`,
    price,
    balance,
    `time`,
    window_time AS event_time,
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
    mean_balance
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY amount) AS place
    FROM TABLE(TUMBLE(TABLE total_added, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with those numbers of mean_of_2_of_latest that DECIMALs hold, of which nothing is left behind when their row leaves a window.
mean_of_2_of_latest_near AS (
  SELECT
    *,
    CASE WHEN amount = 0 OR ABS(amount) BETWEEN 1E-19 AND 1E28 THEN amount END AS mean_of_2_of_latest_near
  FROM mean_of_2_of_latest_in_order
),
-- Each row, with mean_of_2 of the latest rows, itself the last, and its place.
mean_of_2_of_latest AS (
  SELECT
    COALESCE(SUM(CAST(mean_of_2_of_latest_near AS DECIMAL(38, 0))) OVER latest_2_by_user, 0) AS mean_of_2_of_latest_whole,
    COALESCE(SUM(CAST(mean_of_2_of_latest_near - CAST(mean_of_2_of_latest_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER latest_2_by_user, 0) AS mean_of_2_of_latest_fraction,
    COALESCE(SUM(CASE WHEN mean_of_2_of_latest_near IS NULL THEN amount END) OVER latest_2_by_user, 0) AS mean_of_2_of_latest_beyond,
    COUNT(amount) OVER latest_2_by_user AS mean_of_2_of_latest_count,
    mean_of_2_of_latest_near.*
  FROM mean_of_2_of_latest_near
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- Each row, with mean_of_2_of_latest: digits before the point, digits behind it, and the numbers that DECIMALs do not hold.
mean_of_2_of_latest_added AS (
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
    CASE WHEN mean_of_2_of_latest_count <> 0 THEN (CAST(mean_of_2_of_latest_whole AS DOUBLE) + CAST(mean_of_2_of_latest_fraction AS DOUBLE) + mean_of_2_of_latest_beyond) / mean_of_2_of_latest_count END AS mean_of_2_of_latest
  FROM mean_of_2_of_latest
),
-- mean_of_2 of each row, in an array: NULL in it is a value, too.
mean_of_2_held AS (
  SELECT
    *,
    CAST(ARRAY[mean_of_2_of_latest] AS ARRAY<DOUBLE>) AS mean_of_2_held
  FROM mean_of_2_of_latest_added
),
-- Each row, with mean_of_2 of the latest rows that there are up to its time.
mean_of_2_latest AS (
  SELECT
    LAST_VALUE(mean_of_2_held) OVER so_far_by_user AS mean_of_2_carried,
    mean_of_2_held.*
  FROM mean_of_2_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with those numbers of mean_of_2_whole that DECIMALs hold, of which nothing is left behind when their row leaves a window.
mean_of_2_whole_near AS (
  SELECT
    *,
    CASE WHEN amount = 0 OR ABS(amount) BETWEEN 1E-19 AND 1E28 THEN amount END AS mean_of_2_whole_near
  FROM mean_of_2_latest
),
-- Each row, with mean_of_2 of the whole window, and of how many rows.
mean_of_2_whole AS (
  SELECT
    COUNT(*) OVER last_2_seconds_by_user AS mean_of_2_rows,
    COALESCE(SUM(CAST(mean_of_2_whole_near AS DECIMAL(38, 0))) OVER last_2_seconds_by_user, 0) AS mean_of_2_whole_whole,
    COALESCE(SUM(CAST(mean_of_2_whole_near - CAST(mean_of_2_whole_near AS DECIMAL(38, 0)) AS DECIMAL(38, 28))) OVER last_2_seconds_by_user, 0) AS mean_of_2_whole_fraction,
    COALESCE(SUM(CASE WHEN mean_of_2_whole_near IS NULL THEN amount END) OVER last_2_seconds_by_user, 0) AS mean_of_2_whole_beyond,
    COUNT(amount) OVER last_2_seconds_by_user AS mean_of_2_whole_count,
    mean_of_2_whole_near.*
  FROM mean_of_2_whole_near
  WINDOW
    last_2_seconds_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '2' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row, with mean_of_2_whole: digits before the point, digits behind it, and the numbers that DECIMALs do not hold.
mean_of_2_whole_added AS (
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
    mean_of_2_held,
    mean_of_2_carried,
    CASE WHEN mean_of_2_whole_count <> 0 THEN (CAST(mean_of_2_whole_whole AS DOUBLE) + CAST(mean_of_2_whole_fraction AS DOUBLE) + mean_of_2_whole_beyond) / mean_of_2_whole_count END AS mean_of_2_whole,
    mean_of_2_rows
  FROM mean_of_2_whole
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
  FROM mean_of_2_whole_added
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

-- windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  `at` BIGINT,
  price DOUBLE,
  cost DECIMAL(10, 2),
  code BYTES,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
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

-- windows: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- prices, recent_prices, high_prices, codes, var_pop, var_samp, deviation_pop, deviation_samp, cost_deviation, which any order of the rows gives.
windows_2_with_prices_and_more AS (
  SELECT
    `user`,
    window_time AS event_time,
    COUNT(DISTINCT CASE WHEN price = 0 THEN ABS(price) ELSE price END) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' MINUTE) AS prices,
    COUNT(DISTINCT CASE WHEN price = 0 THEN ABS(price) ELSE price END) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '1' MINUTE) AS recent_prices,
    COUNT(DISTINCT CASE WHEN price = 0 THEN ABS(price) ELSE price END) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' MINUTE AND price > 1) AS high_prices,
    COUNT(DISTINCT DECODE(code, 'ISO-8859-1')) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' MINUTE) AS codes,
    VAR_POP(CAST(`at` AS DOUBLE)) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' MINUTE) AS `var_pop`,
    CASE WHEN COUNT(CAST(`at` AS DOUBLE)) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' MINUTE) > 1 THEN VAR_SAMP(CAST(`at` AS DOUBLE)) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' MINUTE) END AS `var_samp`,
    STDDEV_POP(price) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' MINUTE) AS deviation_pop,
    CASE WHEN COUNT(price) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '1' MINUTE) > 1 THEN STDDEV_SAMP(price) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '1' MINUTE) END AS deviation_samp,
    CASE WHEN COUNT(CAST(cost AS DOUBLE)) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' MINUTE AND cost > 1) > 1 THEN STDDEV_SAMP(CAST(cost AS DOUBLE)) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' MINUTE AND cost > 1) END AS cost_deviation
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '3' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- Each row once for each window that holds it.
rows_of_windows_2 AS (
  SELECT *
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '3' MINUTE))
),
-- The same, with price_counts_value: what the row counts for, NULL if it does not count.
windows_2_with_price_counts_values AS (
  SELECT
    *,
    CASE WHEN CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' MINUTE THEN CASE WHEN price = 0 THEN ABS(price) ELSE price END END AS price_counts_value
  FROM rows_of_windows_2
),
-- How often each value is in each window.
windows_2_with_price_counts_counted AS (
  SELECT
    `user`,
    window_start,
    window_end,
    window_time,
    price_counts_value,
    COUNT(*) AS price_counts_times
  FROM windows_2_with_price_counts_values
  GROUP BY `user`, window_start, window_end, window_time, price_counts_value
),
-- price_counts of each window, from these rows.
windows_2_with_price_counts AS (
  SELECT
    `user`,
    window_time AS event_time,
    MAP_FROM_ARRAYS(
      ARRAY_AGG(price_counts_value) FILTER (WHERE price_counts_value IS NOT NULL),
      ARRAY_AGG(price_counts_times) FILTER (WHERE price_counts_value IS NOT NULL)
    ) AS price_counts
  FROM windows_2_with_price_counts_counted
  GROUP BY `user`, window_start, window_end, window_time
),
-- prices, recent_prices, high_prices, codes, price_counts, var_pop, var_samp, deviation_pop, deviation_samp and cost_deviation per user, over windows of 1 minute and 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows_2 AS (
  SELECT
    l.`user`,
    l.event_time,
    l.prices,
    l.recent_prices,
    l.high_prices,
    l.codes,
    r.price_counts,
    l.`var_pop`,
    l.`var_samp`,
    l.deviation_pop,
    l.deviation_samp,
    l.cost_deviation
  FROM windows_2_with_prices_and_more AS l
  JOIN windows_2_with_price_counts AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM TIMESTAMP '1970-01-01 00:00:00.000' + (event_time - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) AS until
  FROM windows_2
)
SELECT
  `user`,
  until,
  prices,
  recent_prices,
  high_prices,
  codes,
  price_counts,
  `var_pop`,
  `var_samp`,
  deviation_pop,
  deviation_samp,
  cost_deviation,
  event_time
FROM with_time;

-- The rows of windows.
SELECT `user`, until, prices, recent_prices, high_prices, codes, price_counts, `var_pop`, `var_samp`, deviation_pop, deviation_samp, cost_deviation
FROM windows;

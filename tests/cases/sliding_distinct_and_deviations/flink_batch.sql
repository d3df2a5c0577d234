-- windows, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  `at` BIGINT,
  price DOUBLE,
  cost DECIMAL(10, 2),
  code BYTES,
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

-- windows: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- Each row 3 times: once for each window that holds it, from the first on.
rows_of_windows_2_with_prices_and_more_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 2), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_with_prices_and_more AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_2_with_prices_and_more_numbered
),
-- prices, recent_prices, high_prices, codes, var_pop, var_samp, deviation_pop, deviation_samp, cost_deviation, which any order of the rows gives.
windows_2_with_prices_and_more AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COUNT(DISTINCT CASE WHEN price = 0 THEN ABS(price) ELSE price END) FILTER (WHERE event_time >= window_end - 120000) AS prices,
    COUNT(DISTINCT CASE WHEN price = 0 THEN ABS(price) ELSE price END) FILTER (WHERE event_time >= window_end - 60000) AS recent_prices,
    COUNT(DISTINCT CASE WHEN price = 0 THEN ABS(price) ELSE price END) FILTER (WHERE event_time >= window_end - 120000 AND price > 1) AS high_prices,
    COUNT(DISTINCT DECODE(code, 'ISO-8859-1')) FILTER (WHERE event_time >= window_end - 120000) AS codes,
    VAR_POP(CAST(`at` AS DOUBLE)) FILTER (WHERE event_time >= window_end - 120000) AS `var_pop`,
    CASE WHEN COUNT(CAST(`at` AS DOUBLE)) FILTER (WHERE event_time >= window_end - 120000) > 1 THEN VAR_SAMP(CAST(`at` AS DOUBLE)) FILTER (WHERE event_time >= window_end - 120000) END AS `var_samp`,
    STDDEV_POP(price) FILTER (WHERE event_time >= window_end - 120000) AS deviation_pop,
    CASE WHEN COUNT(price) FILTER (WHERE event_time >= window_end - 60000) > 1 THEN STDDEV_SAMP(price) FILTER (WHERE event_time >= window_end - 60000) END AS deviation_samp,
    CASE WHEN COUNT(CAST(cost AS DOUBLE)) FILTER (WHERE event_time >= window_end - 120000 AND cost > 1) > 1 THEN STDDEV_SAMP(CAST(cost AS DOUBLE)) FILTER (WHERE event_time >= window_end - 120000 AND cost > 1) END AS cost_deviation
  FROM rows_of_windows_2_with_prices_and_more
  GROUP BY `user`, window_end
),
-- Each row 3 times: once for each window that holds it, from the first on.
rows_of_windows_2_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 2), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_ended AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_2_numbered
),
-- Each row once for each window that holds it.
rows_of_windows_2 AS (
  SELECT
    *,
    window_end - 180000 AS window_start,
    window_end - 1 AS window_time
  FROM rows_of_windows_2_ended
),
-- The same, with price_counts_value: what the row counts for, NULL if it does not count.
windows_2_with_price_counts_values AS (
  SELECT
    *,
    CASE WHEN event_time >= window_end - 120000 THEN CASE WHEN price = 0 THEN ABS(price) ELSE price END END AS price_counts_value
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
    event_time AS until
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

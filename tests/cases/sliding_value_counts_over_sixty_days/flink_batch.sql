-- windows, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/St_Johns';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  is_new BOOLEAN,
  price FLOAT,
  cost DECIMAL(10, 2),
  code BYTES,
  `day` DATE,
  seen TIMESTAMP_LTZ(3),
  `value` INT,
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
rows_of_windows_2_counted_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 2), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_counted_ended AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TIMESTAMPADD(DAY, window_number * 30 - MOD(MOD(TIMESTAMPDIFF(DAY, DATE '1970-01-01', CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)), 30) + 30, 30), CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) AS TIMESTAMP(3)) AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 AS window_end
  FROM rows_of_windows_2_counted_numbered
),
-- Each row once for each window that holds it.
rows_of_windows_2_counted AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) + INTERVAL '-90' DAY AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM CAST(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) + INTERVAL '-90' DAY AS TIMESTAMP_LTZ(3))) AS window_start,
    window_end - 1 AS window_time
  FROM rows_of_windows_2_counted_ended
),
-- The same, with news_value: what the row counts for, NULL if it does not count.
windows_2_counted_with_news_values AS (
  SELECT
    *,
    CASE WHEN CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -60, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) THEN is_new END AS news_value
  FROM rows_of_windows_2_counted
),
-- How often each value is in each window.
windows_2_counted_with_news_counted AS (
  SELECT
    `user`,
    window_start,
    window_end,
    window_time,
    news_value,
    COUNT(*) AS news_times
  FROM windows_2_counted_with_news_values
  GROUP BY `user`, window_start, window_end, window_time, news_value
),
-- news of each window, from these rows.
windows_2_counted_with_news AS (
  SELECT
    `user`,
    window_time AS event_time,
    MAP_FROM_ARRAYS(
      ARRAY_AGG(news_value) FILTER (WHERE news_value IS NOT NULL),
      ARRAY_AGG(news_times) FILTER (WHERE news_value IS NOT NULL)
    ) AS news
  FROM windows_2_counted_with_news_counted
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same, with prices_value: what the row counts for, NULL if it does not count.
windows_2_counted_with_prices_values AS (
  SELECT
    *,
    CASE WHEN CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -60, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) THEN CASE WHEN price = 0 THEN ABS(price) ELSE price END END AS prices_value
  FROM rows_of_windows_2_counted
),
-- How often each value is in each window.
windows_2_counted_with_prices_counted AS (
  SELECT
    `user`,
    window_start,
    window_end,
    window_time,
    prices_value,
    COUNT(*) AS prices_times
  FROM windows_2_counted_with_prices_values
  GROUP BY `user`, window_start, window_end, window_time, prices_value
),
-- prices of each window, from these rows.
windows_2_counted_with_prices AS (
  SELECT
    `user`,
    window_time AS event_time,
    MAP_FROM_ARRAYS(
      ARRAY_AGG(prices_value) FILTER (WHERE prices_value IS NOT NULL),
      ARRAY_AGG(prices_times) FILTER (WHERE prices_value IS NOT NULL)
    ) AS prices
  FROM windows_2_counted_with_prices_counted
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same windows, with prices.
windows_2_counted_and_prices AS (
  SELECT
    l.`user`,
    l.event_time,
    l.news,
    r.prices
  FROM windows_2_counted_with_news AS l
  JOIN windows_2_counted_with_prices AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with costs_counts: whether the row counts for costs.
windows_2_counted_with_costs_matching AS (
  SELECT
    *,
    (CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -60, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE))) IS TRUE AS costs_counts
  FROM rows_of_windows_2_counted
),
-- Of these, the 2 latest of each window, from the latest.
windows_2_counted_with_costs_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY costs_counts DESC, event_time DESC, cost DESC) AS costs_age
    FROM windows_2_counted_with_costs_matching
  )
  WHERE costs_age <= 2
),
-- The same, with costs_value: what the row counts for, NULL if it does not count.
windows_2_counted_with_costs_values AS (
  SELECT
    *,
    CASE WHEN costs_counts THEN cost END AS costs_value
  FROM windows_2_counted_with_costs_ranked
),
-- How often each value is in each window.
windows_2_counted_with_costs_counted AS (
  SELECT
    `user`,
    window_start,
    window_end,
    window_time,
    costs_value,
    COUNT(*) AS costs_times
  FROM windows_2_counted_with_costs_values
  GROUP BY `user`, window_start, window_end, window_time, costs_value
),
-- costs of each window, from these rows.
windows_2_counted_with_costs AS (
  SELECT
    `user`,
    window_time AS event_time,
    MAP_FROM_ARRAYS(
      ARRAY_AGG(costs_value) FILTER (WHERE costs_value IS NOT NULL),
      ARRAY_AGG(costs_times) FILTER (WHERE costs_value IS NOT NULL)
    ) AS costs
  FROM windows_2_counted_with_costs_counted
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same windows, with costs.
windows_2_counted_and_costs AS (
  SELECT
    l.`user`,
    l.event_time,
    l.news,
    l.prices,
    r.costs
  FROM windows_2_counted_and_prices AS l
  JOIN windows_2_counted_with_costs AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with codes_value: what the row counts for, NULL if it does not count.
windows_2_counted_with_codes_values AS (
  SELECT
    *,
    CASE WHEN CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -60, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) THEN code END AS codes_value
  FROM rows_of_windows_2_counted
),
-- How often each value is in each window.
windows_2_counted_with_codes_counted AS (
  SELECT
    `user`,
    window_start,
    window_end,
    window_time,
    codes_value,
    COUNT(*) AS codes_times
  FROM windows_2_counted_with_codes_values
  GROUP BY `user`, window_start, window_end, window_time, codes_value
),
-- codes of each window, from these rows.
windows_2_counted_with_codes AS (
  SELECT
    `user`,
    window_time AS event_time,
    MAP_FROM_ARRAYS(
      ARRAY_AGG(codes_value) FILTER (WHERE codes_value IS NOT NULL),
      ARRAY_AGG(codes_times) FILTER (WHERE codes_value IS NOT NULL)
    ) AS codes
  FROM windows_2_counted_with_codes_counted
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same windows, with codes.
windows_2_counted_and_codes AS (
  SELECT
    l.`user`,
    l.event_time,
    l.news,
    l.prices,
    l.costs,
    r.codes
  FROM windows_2_counted_and_costs AS l
  JOIN windows_2_counted_with_codes AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with days_value: what the row counts for, NULL if it does not count.
windows_2_counted_with_days_values AS (
  SELECT
    *,
    CASE WHEN CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -60, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) AND `value` > 1 THEN `day` END AS days_value
  FROM rows_of_windows_2_counted
),
-- How often each value is in each window.
windows_2_counted_with_days_counted AS (
  SELECT
    `user`,
    window_start,
    window_end,
    window_time,
    days_value,
    COUNT(*) AS days_times
  FROM windows_2_counted_with_days_values
  GROUP BY `user`, window_start, window_end, window_time, days_value
),
-- days of each window, from these rows.
windows_2_counted_with_days AS (
  SELECT
    `user`,
    window_time AS event_time,
    MAP_FROM_ARRAYS(
      ARRAY_AGG(days_value) FILTER (WHERE days_value IS NOT NULL),
      ARRAY_AGG(days_times) FILTER (WHERE days_value IS NOT NULL)
    ) AS days
  FROM windows_2_counted_with_days_counted
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same windows, with days.
windows_2_counted_and_days AS (
  SELECT
    l.`user`,
    l.event_time,
    l.news,
    l.prices,
    l.costs,
    l.codes,
    r.days
  FROM windows_2_counted_and_codes AS l
  JOIN windows_2_counted_with_days AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with moments_value: what the row counts for, NULL if it does not count.
windows_2_counted_with_moments_values AS (
  SELECT
    *,
    CASE WHEN CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -60, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) THEN seen END AS moments_value
  FROM rows_of_windows_2_counted
),
-- How often each value is in each window.
windows_2_counted_with_moments_counted AS (
  SELECT
    `user`,
    window_start,
    window_end,
    window_time,
    moments_value,
    COUNT(*) AS moments_times
  FROM windows_2_counted_with_moments_values
  GROUP BY `user`, window_start, window_end, window_time, moments_value
),
-- moments of each window, from these rows.
windows_2_counted_with_moments AS (
  SELECT
    `user`,
    window_time AS event_time,
    MAP_FROM_ARRAYS(
      ARRAY_AGG(moments_value) FILTER (WHERE moments_value IS NOT NULL),
      ARRAY_AGG(moments_times) FILTER (WHERE moments_value IS NOT NULL)
    ) AS moments
  FROM windows_2_counted_with_moments_counted
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same windows, with moments.
windows_2_counted_and_moments AS (
  SELECT
    l.`user`,
    l.event_time,
    l.news,
    l.prices,
    l.costs,
    l.codes,
    l.days,
    r.moments
  FROM windows_2_counted_and_days AS l
  JOIN windows_2_counted_with_moments AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with values_counts: whether the row counts for values.
windows_2_counted_with_values_matching AS (
  SELECT
    *,
    (CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -60, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE))) IS TRUE AS values_counts
  FROM rows_of_windows_2_counted
),
-- Of these, all of each window, from the latest.
windows_2_counted_with_values_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY values_counts DESC, event_time DESC, `value` DESC, price DESC) AS values_age
    FROM windows_2_counted_with_values_matching
  )
  WHERE values_age <= 1000000000000
),
-- values of each window, from these rows.
windows_2_counted_with_values AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(price) FILTER (WHERE values_counts AND price IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(price) FILTER (WHERE values_counts AND price IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS FLOAT)], 2, 2) END AS `values`
  FROM windows_2_counted_with_values_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with values.
windows_2_counted_and_values AS (
  SELECT
    l.`user`,
    l.event_time,
    l.news,
    l.prices,
    l.costs,
    l.codes,
    l.days,
    l.moments,
    r.`values`
  FROM windows_2_counted_and_moments AS l
  JOIN windows_2_counted_with_values AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with last_day_counts: whether the row counts for last_day.
windows_2_counted_with_last_day_matching AS (
  SELECT
    *,
    (CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -60, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) AND `day` IS NOT NULL) IS TRUE AS last_day_counts
  FROM rows_of_windows_2_counted
),
-- Of these, the 1 latest of each window, from the latest.
windows_2_counted_with_last_day_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY last_day_counts DESC, event_time DESC, `value` DESC, `day` DESC) AS last_day_age
    FROM windows_2_counted_with_last_day_matching
  )
  WHERE last_day_age <= 1
),
-- last_day of each window, from these rows.
windows_2_counted_with_last_day AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(`day`) FILTER (WHERE last_day_counts AND `day` IS NOT NULL) > 0 THEN (ARRAY_AGG(`day`) FILTER (WHERE last_day_counts AND `day` IS NOT NULL))[1] END AS last_day
  FROM windows_2_counted_with_last_day_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with last_day.
windows_2_counted_and_last_day AS (
  SELECT
    l.`user`,
    l.event_time,
    l.news,
    l.prices,
    l.costs,
    l.codes,
    l.days,
    l.moments,
    l.`values`,
    r.last_day
  FROM windows_2_counted_and_values AS l
  JOIN windows_2_counted_with_last_day AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- Each row 3 times: once for each window that holds it, from the first on.
rows_of_windows_2_counted_with_values_rows_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 2), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_counted_with_values_rows AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TIMESTAMPADD(DAY, window_number * 30 - MOD(MOD(TIMESTAMPDIFF(DAY, DATE '1970-01-01', CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)), 30) + 30, 30), CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) AS TIMESTAMP(3)) AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 AS window_end
  FROM rows_of_windows_2_counted_with_values_rows_numbered
),
-- values_rows, which any order of the rows gives.
windows_2_counted_with_values_rows AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COUNT(*) FILTER (WHERE CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -60, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE))) AS values_rows
  FROM rows_of_windows_2_counted_with_values_rows
  GROUP BY `user`, window_end
),
-- The windows, with values_rows: how many rows they hold.
windows_2_counted AS (
  SELECT
    l.`user`,
    l.event_time,
    l.news,
    l.prices,
    l.costs,
    l.codes,
    l.days,
    l.moments,
    l.`values`,
    l.last_day,
    r.values_rows
  FROM windows_2_counted_and_last_day AS l
  JOIN windows_2_counted_with_values_rows AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- news, prices, costs, codes, days, moments, values and last_day per user, over windows of 60 days of events that end every 30 days; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows_2 AS (
  SELECT
    `user`,
    event_time,
    news,
    prices,
    costs,
    codes,
    days,
    moments,
    CASE WHEN values_rows > 0 THEN `values` END AS `values`,
    last_day
  FROM windows_2_counted
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows_2
)
SELECT
  `user`,
  until,
  news,
  prices,
  costs,
  codes,
  days,
  moments,
  `values`,
  last_day,
  event_time
FROM with_time;

-- The rows of windows.
SELECT `user`, until, news, prices, costs, codes, days, moments, `values`, last_day
FROM windows;

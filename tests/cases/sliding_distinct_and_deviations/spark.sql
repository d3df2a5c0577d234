-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  `at` BIGINT,
  price DOUBLE,
  cost DECIMAL(10, 2),
  code BINARY,
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

-- windows: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW windows AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_2_of_rows AS (
  SELECT
    *,
    window(event_time, '3 minutes', '1 minute').end AS window_end
  FROM events
),
-- The same, with price_counts_value.
windows_2_values AS (
  SELECT
    *,
    CASE WHEN event_time >= window_end - INTERVAL '2' MINUTE THEN CASE WHEN price = 0 THEN ABS(price) ELSE price END END AS price_counts_value
  FROM windows_2_of_rows
),
-- The same, with how many rows of the window have the same price_counts_value.
windows_2_times AS (
  SELECT
    *,
    COUNT(*) OVER (PARTITION BY `user`, window_end, price_counts_value) AS price_counts_times
  FROM windows_2_values
),
-- prices, recent_prices, high_prices, codes, price_counts, var_pop, var_samp, deviation_pop, deviation_samp and cost_deviation per user, over windows of 1 minute and 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows_2 AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    CAST(size(collect_set(price) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE)) AS BIGINT) AS prices,
    CAST(size(collect_set(price) FILTER (WHERE event_time >= window_end - INTERVAL '1' MINUTE)) AS BIGINT) AS recent_prices,
    CAST(size(collect_set(price) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE AND price > 1)) AS BIGINT) AS high_prices,
    CAST(size(collect_set(code) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE)) AS BIGINT) AS codes,
    map_from_entries(nullif(collect_set(struct(price_counts_value, price_counts_times)) FILTER (WHERE price_counts_value IS NOT NULL), array())) AS price_counts,
    VAR_POP(CAST(`at` AS DOUBLE)) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE) AS `var_pop`,
    VAR_SAMP(CAST(`at` AS DOUBLE)) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE) AS `var_samp`,
    STDDEV_POP(price) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE) AS deviation_pop,
    STDDEV_SAMP(price) FILTER (WHERE event_time >= window_end - INTERVAL '1' MINUTE) AS deviation_samp,
    STDDEV_SAMP(CAST(cost AS DOUBLE)) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE AND cost > 1) AS cost_deviation
  FROM windows_2_times
  GROUP BY `user`, window_end
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    unix_millis(event_time) AS until
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

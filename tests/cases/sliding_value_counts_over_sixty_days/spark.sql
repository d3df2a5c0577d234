-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = America/St_Johns;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  is_new BOOLEAN,
  price FLOAT,
  cost DECIMAL(10, 2),
  code BINARY,
  `day` DATE,
  seen TIMESTAMP,
  `value` INT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST',
  'timeZone' 'UTC'
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
windows_2_counted_of_rows AS (
  SELECT
    events.*,
    CAST(window_end_day AS TIMESTAMP) AS window_end
  FROM events
  LATERAL VIEW explode(sequence(CAST(event_time AS DATE) + (30 - pmod(unix_date(CAST(event_time AS DATE)), 30)), CAST(event_time AS DATE) + (30 - pmod(unix_date(CAST(event_time AS DATE)), 30)) + 60, INTERVAL 30 DAY)) AS window_end_day
),
-- Each of these, with its age among the rows of its window that count: the latest has 1.
windows_2_counted_by_age AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end, (CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 60) IS TRUE ORDER BY event_time DESC, cost DESC) AS age_for_costs
  FROM windows_2_counted_of_rows
),
-- The same, with news_value, prices_value, costs_value, codes_value, days_value, moments_value.
windows_2_counted_values AS (
  SELECT
    *,
    CASE WHEN CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 60 THEN is_new END AS news_value,
    CASE WHEN CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 60 THEN CASE WHEN price = 0 THEN ABS(price) ELSE price END END AS prices_value,
    CASE WHEN CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 60 AND age_for_costs <= 2 THEN cost END AS costs_value,
    CASE WHEN CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 60 THEN code END AS codes_value,
    CASE WHEN CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 60 AND `value` > 1 THEN `day` END AS days_value,
    CASE WHEN CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 60 THEN seen END AS moments_value
  FROM windows_2_counted_by_age
),
-- The same, with how many rows of the window have the same news_value, prices_value, costs_value, codes_value, days_value, moments_value.
windows_2_counted_times AS (
  SELECT
    *,
    COUNT(*) OVER (PARTITION BY `user`, window_end, news_value) AS news_times,
    COUNT(*) OVER (PARTITION BY `user`, window_end, prices_value) AS prices_times,
    COUNT(*) OVER (PARTITION BY `user`, window_end, costs_value) AS costs_times,
    COUNT(*) OVER (PARTITION BY `user`, window_end, codes_value) AS codes_times,
    COUNT(*) OVER (PARTITION BY `user`, window_end, days_value) AS days_times,
    COUNT(*) OVER (PARTITION BY `user`, window_end, moments_value) AS moments_times
  FROM windows_2_counted_values
),
-- The windows, with values_rows: how many rows they hold.
windows_2_counted AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    map_from_entries(nullif(collect_set(struct(news_value, news_times)) FILTER (WHERE news_value IS NOT NULL), array())) AS news,
    map_from_entries(nullif(collect_set(struct(prices_value, prices_times)) FILTER (WHERE prices_value IS NOT NULL), array())) AS prices,
    map_from_entries(nullif(collect_set(struct(costs_value, costs_times)) FILTER (WHERE costs_value IS NOT NULL), array())) AS costs,
    map_from_entries(nullif(collect_set(struct(codes_value, codes_times)) FILTER (WHERE codes_value IS NOT NULL), array())) AS codes,
    map_from_entries(nullif(collect_set(struct(days_value, days_times)) FILTER (WHERE days_value IS NOT NULL), array())) AS days,
    map_from_entries(nullif(collect_set(struct(moments_value, moments_times)) FILTER (WHERE moments_value IS NOT NULL), array())) AS moments,
    transform(sort_array(collect_list(CASE WHEN price IS NOT NULL THEN struct(struct(event_time, `value`) AS place, price AS value) END) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 60)), one -> one.value) AS `values`,
    MAX_BY(`day`, CASE WHEN `day` IS NOT NULL THEN struct(event_time, `value`, `day`) END) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 60) AS last_day,
    COUNT(*) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 60) AS values_rows
  FROM windows_2_counted_times
  GROUP BY `user`, window_end
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
    date_format(event_time, 'yyyy-MM-dd HH:mm:ss') AS until
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

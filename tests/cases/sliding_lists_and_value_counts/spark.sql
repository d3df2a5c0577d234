-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  city STRING,
  amount BIGINT,
  nr INT,
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
windows_2_counted_of_rows AS (
  SELECT
    *,
    window(event_time, '4 minutes', '1 minute').end AS window_end
  FROM events
),
-- The same, with how_often_value, lately_value.
windows_2_counted_values AS (
  SELECT
    *,
    CASE WHEN event_time >= window_end - INTERVAL '3' MINUTE THEN city END AS how_often_value,
    CASE WHEN event_time >= window_end - INTERVAL '1' MINUTE AND amount <> 9 THEN amount END AS lately_value
  FROM windows_2_counted_of_rows
),
-- The same, with how many rows of the window have the same how_often_value, lately_value.
windows_2_counted_times AS (
  SELECT
    *,
    COUNT(*) OVER (PARTITION BY `user`, window_end, how_often_value) AS how_often_times,
    COUNT(*) OVER (PARTITION BY `user`, window_end, lately_value) AS lately_times
  FROM windows_2_counted_values
),
-- The windows, with cities_rows, large_rows: how many rows they hold.
windows_2_counted AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    transform(sort_array(collect_list(CASE WHEN city IS NOT NULL THEN struct(struct(event_time, nr) AS place, city AS value) END) FILTER (WHERE event_time >= window_end - INTERVAL '3' MINUTE)), one -> one.value) AS cities,
    transform(sort_array(collect_list(CASE WHEN amount IS NOT NULL THEN struct(struct(event_time) AS place, amount AS value) END) FILTER (WHERE event_time >= window_end - INTERVAL '3' MINUTE)), one -> one.value) AS amounts,
    transform(sort_array(collect_list(CASE WHEN amount IS NOT NULL THEN struct(struct(event_time) AS place, amount AS value) END) FILTER (WHERE event_time >= window_end - INTERVAL '1' MINUTE AND amount > 6)), one -> one.value) AS `large`,
    map_from_entries(nullif(collect_set(struct(how_often_value, how_often_times)) FILTER (WHERE how_often_value IS NOT NULL), array())) AS how_often,
    map_from_entries(nullif(collect_set(struct(lately_value, lately_times)) FILTER (WHERE lately_value IS NOT NULL), array())) AS lately,
    COUNT(*) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE) AS events,
    COUNT(*) FILTER (WHERE event_time >= window_end - INTERVAL '3' MINUTE) AS cities_rows,
    COUNT(*) FILTER (WHERE event_time >= window_end - INTERVAL '1' MINUTE) AS large_rows
  FROM windows_2_counted_times
  GROUP BY `user`, window_end
),
-- cities, amounts, large, how_often, lately and events per user, over windows of 1 minute, 2 minutes and 3 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows_2 AS (
  SELECT
    `user`,
    event_time,
    CASE WHEN cities_rows > 0 THEN cities END AS cities,
    CASE WHEN cities_rows > 0 THEN amounts END AS amounts,
    CASE WHEN large_rows > 0 THEN `large` END AS `large`,
    how_often,
    lately,
    events
  FROM windows_2_counted
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    date_format(event_time, 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows_2
),
-- Each user and window, stamped with its last millisecond, with twice computed from it.
with_expressions AS (
  SELECT
    *,
    events * 2 AS twice
  FROM with_time
),
-- Each row, with the values of the row before it with the same user.
changed_or_not AS (
  SELECT
    LAG(event_time) OVER in_order AS previous_event_time,
    LAG(cities) OVER in_order AS previous_cities,
    LAG(amounts) OVER in_order AS previous_amounts,
    LAG(`large`) OVER in_order AS previous_large,
    LAG(how_often) OVER in_order AS previous_how_often,
    LAG(lately) OVER in_order AS previous_lately,
    LAG(events) OVER in_order AS previous_events,
    with_expressions.*
  FROM with_expressions
  WINDOW in_order AS (PARTITION BY `user` ORDER BY event_time)
),
-- Of these, the rows that differ in cities, amounts, large, how_often, lately and events from the row before of the same user.
changed AS (
  SELECT *
  FROM changed_or_not
  WHERE previous_event_time IS NULL
    OR cities IS DISTINCT FROM previous_cities
    OR amounts IS DISTINCT FROM previous_amounts
    OR `large` IS DISTINCT FROM previous_large
    OR sort_array(map_entries(how_often)) IS DISTINCT FROM sort_array(map_entries(previous_how_often))
    OR sort_array(map_entries(lately)) IS DISTINCT FROM sort_array(map_entries(previous_lately))
    OR events IS DISTINCT FROM previous_events
)
SELECT
  `user`,
  until,
  cities,
  amounts,
  `large`,
  how_often,
  lately,
  events,
  twice,
  event_time
FROM changed;

-- The rows of windows.
SELECT `user`, until, cities, amounts, `large`, how_often, lately, events, twice
FROM windows;

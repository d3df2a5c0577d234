-- days, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  city STRING,
  amount BIGINT,
  `time` BIGINT,
  event_time AS CASE
    WHEN `time` BETWEEN -62135596800 AND 253402300799
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(CAST(`time` AS STRING), 'NULL') AS BOOLEAN)
    THEN TO_TIMESTAMP_LTZ(`time`, 0)
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- days: each step and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW days AS
WITH
-- Each row once for each window that holds it.
rows_of_windows_counted AS (
  SELECT *
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' DAY, INTERVAL '4' DAY))
),
-- The same, with total_counts: whether the row counts for total.
windows_counted_with_total_matching AS (
  SELECT
    *,
    (CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '3' DAY) IS TRUE AS total_counts
  FROM rows_of_windows_counted
),
-- Of these, the 2 latest of each window, from the latest.
windows_counted_with_total_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, total_counts ORDER BY event_time DESC, amount DESC) AS total_age
    FROM windows_counted_with_total_matching
  )
  WHERE total_age <= 2
),
-- total of each window, from these rows.
windows_counted_with_total AS (
  SELECT
    window_time AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE total_counts), 0) AS total
  FROM windows_counted_with_total_ranked
  GROUP BY window_start, window_end, window_time
),
-- events, cities_rows, which any order of the rows gives.
windows_counted_with_events_and_more AS (
  SELECT
    window_time AS event_time,
    COUNT(*) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '3' DAY) AS events,
    COUNT(*) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '1' DAY) AS cities_rows
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' DAY, INTERVAL '4' DAY))
  GROUP BY window_start, window_end, window_time
),
-- The same windows, with cities_rows.
windows_counted_and_cities_rows AS (
  SELECT
    l.event_time,
    l.total,
    r.events,
    r.cities_rows
  FROM windows_counted_with_total AS l
  JOIN windows_counted_with_events_and_more AS r
    ON l.event_time = r.event_time
),
-- The same, with cities_counts: whether the row counts for cities.
windows_counted_with_cities_matching AS (
  SELECT
    *,
    (CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '1' DAY) IS TRUE AS cities_counts
  FROM rows_of_windows_counted
),
-- Of these, all of each window, from the latest.
windows_counted_with_cities_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, cities_counts ORDER BY event_time DESC, city DESC) AS cities_age
    FROM windows_counted_with_cities_matching
  )
  WHERE cities_age <= 1000000000000
),
-- cities of each window, from these rows.
windows_counted_with_cities AS (
  SELECT
    window_time AS event_time,
    CASE WHEN COUNT(city) FILTER (WHERE cities_counts AND city IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(city) FILTER (WHERE cities_counts AND city IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS cities
  FROM windows_counted_with_cities_ranked
  GROUP BY window_start, window_end, window_time
),
-- The same windows, with cities.
windows_counted_and_cities AS (
  SELECT
    l.event_time,
    l.total,
    l.events,
    r.cities,
    l.cities_rows
  FROM windows_counted_and_cities_rows AS l
  JOIN windows_counted_with_cities AS r
    ON l.event_time = r.event_time
),
-- The same, with how_often_value: what the row counts for, NULL if it does not count.
windows_counted_with_how_often_values AS (
  SELECT
    *,
    CASE WHEN CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '2' DAY THEN city END AS how_often_value
  FROM rows_of_windows_counted
),
-- How often each value is in each window.
windows_counted_with_how_often_counted AS (
  SELECT
    window_start,
    window_end,
    window_time,
    how_often_value,
    COUNT(*) AS how_often_times
  FROM windows_counted_with_how_often_values
  GROUP BY window_start, window_end, window_time, how_often_value
),
-- how_often of each window, from these rows.
windows_counted_with_how_often AS (
  SELECT
    window_time AS event_time,
    MAP_FROM_ARRAYS(
      ARRAY_AGG(how_often_value) FILTER (WHERE how_often_value IS NOT NULL),
      ARRAY_AGG(how_often_times) FILTER (WHERE how_often_value IS NOT NULL)
    ) AS how_often
  FROM windows_counted_with_how_often_counted
  GROUP BY window_start, window_end, window_time
),
-- The windows, with cities_rows: how many rows they hold.
windows_counted AS (
  SELECT
    l.event_time,
    l.total,
    l.events,
    l.cities,
    r.how_often,
    l.cities_rows
  FROM windows_counted_and_cities AS l
  JOIN windows_counted_with_how_often AS r
    ON l.event_time = r.event_time
),
-- total, events, cities and how_often, over windows of 1 day, 2 days and 3 days of events that end every 1 day; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows AS (
  SELECT
    event_time,
    total,
    events,
    CASE WHEN cities_rows > 0 THEN cities END AS cities,
    how_often
  FROM windows_counted
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(event_time, 'yyyy-MM-dd HH:mm:ss.SSSSSS') AS window_time
  FROM windows
),
-- Each row, with the values of the row before it.
changed_or_not AS (
  SELECT
    LAG(event_time) OVER in_order AS previous_event_time,
    LAG(total) OVER in_order AS previous_total,
    LAG(events) OVER in_order AS previous_events,
    LAG(cities) OVER in_order AS previous_cities,
    LAG(how_often) OVER in_order AS previous_how_often,
    with_time.*
  FROM with_time
  WINDOW in_order AS (ORDER BY event_time)
),
-- Of these, the rows that differ in total, events, cities and how_often from the row before.
changed AS (
  SELECT *
  FROM changed_or_not
  WHERE previous_event_time IS NULL
    OR total IS DISTINCT FROM previous_total
    OR events IS DISTINCT FROM previous_events
    OR JSON_STRING(cities) IS DISTINCT FROM JSON_STRING(previous_cities)
    OR JSON_STRING(how_often) IS DISTINCT FROM JSON_STRING(previous_how_often)
)
SELECT
  window_time,
  total,
  events,
  cities,
  how_often,
  event_time
FROM changed;

-- The rows of days.
SELECT window_time, total, events, cities, how_often
FROM days;

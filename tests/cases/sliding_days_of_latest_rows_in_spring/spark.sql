-- days, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = America/New_York;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  city STRING,
  amount BIGINT,
  `time` BIGINT
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
    coalesce(CASE WHEN `time` BETWEEN -62135596800 AND 253402300799 THEN timestamp_seconds(`time`) END, raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- days: each step and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW days AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_counted_of_rows AS (
  SELECT
    events.*,
    CAST(window_end_day AS TIMESTAMP) AS window_end
  FROM events
  LATERAL VIEW explode(sequence(CAST(event_time AS DATE) + 1, CAST(event_time AS DATE) + 1 + 3, INTERVAL 1 DAY)) AS window_end_day
),
-- Each of these, with its age among the rows of its window that count: the latest has 1.
windows_counted_by_age AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY window_end, (CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 3) IS TRUE ORDER BY event_time DESC, amount DESC) AS age_for_total
  FROM windows_counted_of_rows
),
-- The same, with how_often_value.
windows_counted_values AS (
  SELECT
    *,
    CASE WHEN CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 2 THEN city END AS how_often_value
  FROM windows_counted_by_age
),
-- The same, with how many rows of the window have the same how_often_value.
windows_counted_times AS (
  SELECT
    *,
    COUNT(*) OVER (PARTITION BY window_end, how_often_value) AS how_often_times
  FROM windows_counted_values
),
-- The windows, with cities_rows: how many rows they hold.
windows_counted AS (
  SELECT
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 3 AND age_for_total <= 2), 0) AS total,
    COUNT(*) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 3) AS events,
    transform(sort_array(collect_list(CASE WHEN city IS NOT NULL THEN struct(struct(event_time) AS place, city AS value) END) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 1)), one -> one.value) AS cities,
    map_from_entries(nullif(collect_set(struct(how_often_value, how_often_times)) FILTER (WHERE how_often_value IS NOT NULL), array())) AS how_often,
    COUNT(*) FILTER (WHERE CAST(event_time AS DATE) >= CAST(window_end AS DATE) - 1) AS cities_rows
  FROM windows_counted_times
  GROUP BY window_end
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
    date_format(event_time, 'yyyy-MM-dd HH:mm:ss.SSSSSS') AS window_time
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
    OR cities IS DISTINCT FROM previous_cities
    OR sort_array(map_entries(how_often)) IS DISTINCT FROM sort_array(map_entries(previous_how_often))
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

-- days, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  city STRING,
  amount BIGINT,
  `time` BIGINT
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
      WHEN `time` BETWEEN -62135596800 AND 253402300799
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(CAST(`time` AS STRING), 'NULL') AS BOOLEAN)
      THEN CAST(`time` AS BIGINT) * 1000
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- days: each step and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW days AS
WITH
-- Each row 4 times: once for each window that holds it, from the first on.
rows_of_windows_counted_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 3), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_counted_ended AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TIMESTAMPADD(DAY, window_number, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) AS TIMESTAMP(3)) AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 AS window_end
  FROM rows_of_windows_counted_numbered
),
-- Each row once for each window that holds it.
rows_of_windows_counted AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) + INTERVAL '-4' DAY AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM CAST(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) + INTERVAL '-4' DAY AS TIMESTAMP_LTZ(3))) AS window_start,
    window_end - 1 AS window_time
  FROM rows_of_windows_counted_ended
),
-- The same, with total_counts: whether the row counts for total.
windows_counted_with_total_matching AS (
  SELECT
    *,
    (CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -3, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE))) IS TRUE AS total_counts
  FROM rows_of_windows_counted
),
-- Of these, the 2 latest of each window, from the latest.
windows_counted_with_total_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_end ORDER BY total_counts DESC, event_time DESC, amount DESC) AS total_age
    FROM windows_counted_with_total_matching
  )
  WHERE total_age <= 2
),
-- total of each window, from these rows.
windows_counted_with_total AS (
  SELECT
    window_end - 1 AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE total_counts), 0) AS total
  FROM windows_counted_with_total_ranked
  GROUP BY window_end
),
-- Each row 4 times: once for each window that holds it, from the first on.
rows_of_windows_counted_with_events_and_more_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 3), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_counted_with_events_and_more AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TIMESTAMPADD(DAY, window_number, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) AS TIMESTAMP(3)) AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 AS window_end
  FROM rows_of_windows_counted_with_events_and_more_numbered
),
-- events, cities_rows, which any order of the rows gives.
windows_counted_with_events_and_more AS (
  SELECT
    window_end - 1 AS event_time,
    COUNT(*) FILTER (WHERE CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -3, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE))) AS events,
    COUNT(*) FILTER (WHERE CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -1, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE))) AS cities_rows
  FROM rows_of_windows_counted_with_events_and_more
  GROUP BY window_end
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
    (CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -1, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE))) IS TRUE AS cities_counts
  FROM rows_of_windows_counted
),
-- Of these, all of each window, from the latest.
windows_counted_with_cities_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_end ORDER BY cities_counts DESC, event_time DESC, city DESC) AS cities_age
    FROM windows_counted_with_cities_matching
  )
  WHERE cities_age <= 1000000000000
),
-- cities of each window, from these rows.
windows_counted_with_cities AS (
  SELECT
    window_end - 1 AS event_time,
    CASE WHEN COUNT(city) FILTER (WHERE cities_counts AND city IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(city) FILTER (WHERE cities_counts AND city IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS cities
  FROM windows_counted_with_cities_ranked
  GROUP BY window_end
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
    CASE WHEN CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE) >= TIMESTAMPADD(DAY, -2, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(window_end, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) THEN city END AS how_often_value
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
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss.SSSSSS') AS window_time
  FROM windows
),
-- Each row, with the values of the row before it.
changed_or_not AS (
  SELECT
    FIRST_VALUE(event_time) OVER row_before AS previous_event_time,
    FIRST_VALUE(total) OVER row_before AS previous_total,
    FIRST_VALUE(events) OVER row_before AS previous_events,
    FIRST_VALUE(cities) OVER row_before AS previous_cities,
    FIRST_VALUE(how_often) OVER row_before AS previous_how_often,
    with_time.*
  FROM with_time
  WINDOW row_before AS (ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING)
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

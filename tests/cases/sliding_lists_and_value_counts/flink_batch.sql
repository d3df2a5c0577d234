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
  city STRING,
  amount BIGINT,
  nr INT,
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
-- Each row 4 times: once for each window that holds it, from the first on.
rows_of_windows_2_counted_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 3), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_counted_ended AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_2_counted_numbered
),
-- Each row once for each window that holds it.
rows_of_windows_2_counted AS (
  SELECT
    *,
    window_end - 240000 AS window_start,
    window_end - 1 AS window_time
  FROM rows_of_windows_2_counted_ended
),
-- The same, with cities_counts: whether the row counts for cities.
windows_2_counted_with_cities_matching AS (
  SELECT
    *,
    (event_time >= window_end - 180000) IS TRUE AS cities_counts
  FROM rows_of_windows_2_counted
),
-- Of these, all of each window, from the latest.
windows_2_counted_with_cities_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY cities_counts DESC, event_time DESC, nr DESC, city DESC) AS cities_age
    FROM windows_2_counted_with_cities_matching
  )
  WHERE cities_age <= 1000000000000
),
-- cities of each window, from these rows.
windows_2_counted_with_cities AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(city) FILTER (WHERE cities_counts AND city IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(city) FILTER (WHERE cities_counts AND city IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS cities
  FROM windows_2_counted_with_cities_ranked
  GROUP BY `user`, window_end
),
-- The same, with amounts_counts: whether the row counts for amounts.
windows_2_counted_with_amounts_matching AS (
  SELECT
    *,
    (event_time >= window_end - 180000) IS TRUE AS amounts_counts
  FROM rows_of_windows_2_counted
),
-- Of these, all of each window, from the latest.
windows_2_counted_with_amounts_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY amounts_counts DESC, event_time DESC, amount DESC) AS amounts_age
    FROM windows_2_counted_with_amounts_matching
  )
  WHERE amounts_age <= 1000000000000
),
-- amounts of each window, from these rows.
windows_2_counted_with_amounts AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(amount) FILTER (WHERE amounts_counts AND amount IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(amount) FILTER (WHERE amounts_counts AND amount IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS BIGINT)], 2, 2) END AS amounts
  FROM windows_2_counted_with_amounts_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with amounts.
windows_2_counted_and_amounts AS (
  SELECT
    l.`user`,
    l.event_time,
    l.cities,
    r.amounts
  FROM windows_2_counted_with_cities AS l
  JOIN windows_2_counted_with_amounts AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with large_counts: whether the row counts for large.
windows_2_counted_with_large_matching AS (
  SELECT
    *,
    (event_time >= window_end - 60000 AND amount > 6) IS TRUE AS large_counts
  FROM rows_of_windows_2_counted
),
-- Of these, all of each window, from the latest.
windows_2_counted_with_large_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY large_counts DESC, event_time DESC, amount DESC) AS large_age
    FROM windows_2_counted_with_large_matching
  )
  WHERE large_age <= 1000000000000
),
-- large of each window, from these rows.
windows_2_counted_with_large AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(amount) FILTER (WHERE large_counts AND amount IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(amount) FILTER (WHERE large_counts AND amount IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS BIGINT)], 2, 2) END AS `large`
  FROM windows_2_counted_with_large_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with large.
windows_2_counted_and_large AS (
  SELECT
    l.`user`,
    l.event_time,
    l.cities,
    l.amounts,
    r.`large`
  FROM windows_2_counted_and_amounts AS l
  JOIN windows_2_counted_with_large AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with how_often_value: what the row counts for, NULL if it does not count.
windows_2_counted_with_how_often_values AS (
  SELECT
    *,
    CASE WHEN event_time >= window_end - 180000 THEN city END AS how_often_value
  FROM rows_of_windows_2_counted
),
-- How often each value is in each window.
windows_2_counted_with_how_often_counted AS (
  SELECT
    `user`,
    window_start,
    window_end,
    window_time,
    how_often_value,
    COUNT(*) AS how_often_times
  FROM windows_2_counted_with_how_often_values
  GROUP BY `user`, window_start, window_end, window_time, how_often_value
),
-- how_often of each window, from these rows.
windows_2_counted_with_how_often AS (
  SELECT
    `user`,
    window_time AS event_time,
    MAP_FROM_ARRAYS(
      ARRAY_AGG(how_often_value) FILTER (WHERE how_often_value IS NOT NULL),
      ARRAY_AGG(how_often_times) FILTER (WHERE how_often_value IS NOT NULL)
    ) AS how_often
  FROM windows_2_counted_with_how_often_counted
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same windows, with how_often.
windows_2_counted_and_how_often AS (
  SELECT
    l.`user`,
    l.event_time,
    l.cities,
    l.amounts,
    l.`large`,
    r.how_often
  FROM windows_2_counted_and_large AS l
  JOIN windows_2_counted_with_how_often AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with lately_value: what the row counts for, NULL if it does not count.
windows_2_counted_with_lately_values AS (
  SELECT
    *,
    CASE WHEN event_time >= window_end - 60000 AND amount <> 9 THEN amount END AS lately_value
  FROM rows_of_windows_2_counted
),
-- How often each value is in each window.
windows_2_counted_with_lately_counted AS (
  SELECT
    `user`,
    window_start,
    window_end,
    window_time,
    lately_value,
    COUNT(*) AS lately_times
  FROM windows_2_counted_with_lately_values
  GROUP BY `user`, window_start, window_end, window_time, lately_value
),
-- lately of each window, from these rows.
windows_2_counted_with_lately AS (
  SELECT
    `user`,
    window_time AS event_time,
    MAP_FROM_ARRAYS(
      ARRAY_AGG(lately_value) FILTER (WHERE lately_value IS NOT NULL),
      ARRAY_AGG(lately_times) FILTER (WHERE lately_value IS NOT NULL)
    ) AS lately
  FROM windows_2_counted_with_lately_counted
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same windows, with lately.
windows_2_counted_and_lately AS (
  SELECT
    l.`user`,
    l.event_time,
    l.cities,
    l.amounts,
    l.`large`,
    l.how_often,
    r.lately
  FROM windows_2_counted_and_how_often AS l
  JOIN windows_2_counted_with_lately AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- Each row 4 times: once for each window that holds it, from the first on.
rows_of_windows_2_counted_with_events_and_more_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 3), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_counted_with_events_and_more AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_2_counted_with_events_and_more_numbered
),
-- events, cities_rows, large_rows, which any order of the rows gives.
windows_2_counted_with_events_and_more AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COUNT(*) FILTER (WHERE event_time >= window_end - 120000) AS events,
    COUNT(*) FILTER (WHERE event_time >= window_end - 180000) AS cities_rows,
    COUNT(*) FILTER (WHERE event_time >= window_end - 60000) AS large_rows
  FROM rows_of_windows_2_counted_with_events_and_more
  GROUP BY `user`, window_end
),
-- The windows, with cities_rows, large_rows: how many rows they hold.
windows_2_counted AS (
  SELECT
    l.`user`,
    l.event_time,
    l.cities,
    l.amounts,
    l.`large`,
    l.how_often,
    l.lately,
    r.events,
    r.cities_rows,
    r.large_rows
  FROM windows_2_counted_and_lately AS l
  JOIN windows_2_counted_with_events_and_more AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
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
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss') AS until
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
    FIRST_VALUE(event_time) OVER row_before AS previous_event_time,
    FIRST_VALUE(cities) OVER row_before AS previous_cities,
    FIRST_VALUE(amounts) OVER row_before AS previous_amounts,
    FIRST_VALUE(`large`) OVER row_before AS previous_large,
    FIRST_VALUE(how_often) OVER row_before AS previous_how_often,
    FIRST_VALUE(lately) OVER row_before AS previous_lately,
    FIRST_VALUE(events) OVER row_before AS previous_events,
    with_expressions.*
  FROM with_expressions
  WINDOW row_before AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING)
),
-- Of these, the rows that differ in cities, amounts, large, how_often, lately and events from the row before of the same user.
changed AS (
  SELECT *
  FROM changed_or_not
  WHERE previous_event_time IS NULL
    OR JSON_STRING(cities) IS DISTINCT FROM JSON_STRING(previous_cities)
    OR JSON_STRING(amounts) IS DISTINCT FROM JSON_STRING(previous_amounts)
    OR JSON_STRING(`large`) IS DISTINCT FROM JSON_STRING(previous_large)
    OR JSON_STRING(how_often) IS DISTINCT FROM JSON_STRING(previous_how_often)
    OR lately IS DISTINCT FROM previous_lately
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

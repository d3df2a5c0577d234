-- marks_by_minute, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders_stored: json files.
CREATE TEMPORARY TABLE orders_stored (
  `user` STRING,
  shop STRING,
  price BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source orders, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM orders_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- marks: each row of orders.
CREATE TEMPORARY VIEW marks AS
WITH
-- Each row of orders, with mark computed from it.
with_expressions AS (
  SELECT
    *,
    UPPER('x') AS mark
  FROM orders
),
-- Each row, with the value that counts for latest among the rows of its key and time.
with_windows_of_one_time AS (
  SELECT
    MAX(mark) OVER same_time_by_user AS latest_of_its_time,
    with_expressions.*
  FROM with_expressions
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW)
),
-- Each row of orders, with latest over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    LAST_VALUE(latest_of_its_time) OVER last_1_minute_by_user AS latest,
    with_windows_of_one_time.*
  FROM with_windows_of_one_time
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
)
SELECT
  `user`,
  shop,
  price,
  `time`,
  mark,
  latest,
  event_time
FROM with_windows;

-- marks_by_minute: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW marks_by_minute AS
WITH
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_numbered AS (
  SELECT
    marks.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM marks
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_ended AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_numbered
),
-- Each row once for each window that holds it.
rows_of_windows AS (
  SELECT
    *,
    window_end - 120000 AS window_start,
    window_end - 1 AS window_time
  FROM rows_of_windows_ended
),
-- Of these, all of each window, from the latest.
windows_with_marks_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, CAST(latest AS STRING) DESC) AS marks_age
    FROM rows_of_windows
  )
  WHERE marks_age <= 1000000000000
),
-- marks of each window, from these rows.
windows_with_marks AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(CAST(latest AS STRING)) FILTER (WHERE CAST(latest AS STRING) IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(CAST(latest AS STRING)) FILTER (WHERE CAST(latest AS STRING) IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS marks
  FROM windows_with_marks_ranked
  GROUP BY `user`, window_end
),
-- Of these, all of each window, from the latest.
windows_with_signs_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING) DESC) AS signs_age
    FROM rows_of_windows
  )
  WHERE signs_age <= 1000000000000
),
-- signs of each window, from these rows.
windows_with_signs AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING)) FILTER (WHERE CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING) IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING)) FILTER (WHERE CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING) IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS signs
  FROM windows_with_signs_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with signs.
windows_and_signs AS (
  SELECT
    l.`user`,
    l.event_time,
    l.marks,
    r.signs
  FROM windows_with_marks AS l
  JOIN windows_with_signs AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with no_signs_counts: whether the row counts for no_signs.
windows_with_no_signs_matching AS (
  SELECT
    *,
    FALSE IS TRUE AS no_signs_counts
  FROM rows_of_windows
),
-- Of these, all of each window, from the latest.
windows_with_no_signs_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY no_signs_counts DESC, event_time DESC, CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING) DESC) AS no_signs_age
    FROM windows_with_no_signs_matching
  )
  WHERE no_signs_age <= 1000000000000
),
-- no_signs of each window, from these rows.
windows_with_no_signs AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING)) FILTER (WHERE no_signs_counts AND CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING) IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING)) FILTER (WHERE no_signs_counts AND CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING) IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS no_signs
  FROM windows_with_no_signs_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with no_signs.
windows_and_no_signs AS (
  SELECT
    l.`user`,
    l.event_time,
    l.marks,
    l.signs,
    r.no_signs
  FROM windows_and_signs AS l
  JOIN windows_with_no_signs AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with dear_signs_counts: whether the row counts for dear_signs.
windows_with_dear_signs_matching AS (
  SELECT
    *,
    (price > 15) IS TRUE AS dear_signs_counts
  FROM rows_of_windows
),
-- Of these, all of each window, from the latest.
windows_with_dear_signs_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY dear_signs_counts DESC, event_time DESC, CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING) DESC) AS dear_signs_age
    FROM windows_with_dear_signs_matching
  )
  WHERE dear_signs_age <= 1000000000000
),
-- dear_signs of each window, from these rows.
windows_with_dear_signs AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING)) FILTER (WHERE dear_signs_counts AND CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING) IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING)) FILTER (WHERE dear_signs_counts AND CAST(CASE WHEN price > 5 THEN '+' ELSE '-' END AS STRING) IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS dear_signs
  FROM windows_with_dear_signs_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with dear_signs.
windows_and_dear_signs AS (
  SELECT
    l.`user`,
    l.event_time,
    l.marks,
    l.signs,
    l.no_signs,
    r.dear_signs
  FROM windows_and_no_signs AS l
  JOIN windows_with_dear_signs AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with dear_counts: whether the row counts for dear.
windows_with_dear_matching AS (
  SELECT
    *,
    (price > 15) IS TRUE AS dear_counts
  FROM rows_of_windows
),
-- Of these, the 1 latest of each window, from the latest.
windows_with_dear_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY dear_counts DESC, event_time DESC, CASE WHEN price > 5 THEN 1 ELSE 2 END DESC) AS dear_age
    FROM windows_with_dear_matching
  )
  WHERE dear_age <= 1
),
-- dear of each window, from these rows.
windows_with_dear AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(CASE WHEN price > 5 THEN 1 ELSE 2 END) FILTER (WHERE dear_counts AND CASE WHEN price > 5 THEN 1 ELSE 2 END IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(CASE WHEN price > 5 THEN 1 ELSE 2 END) FILTER (WHERE dear_counts AND CASE WHEN price > 5 THEN 1 ELSE 2 END IS NOT NULL))[1] END AS dear
  FROM windows_with_dear_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with dear.
windows_and_dear AS (
  SELECT
    l.`user`,
    l.event_time,
    l.marks,
    l.signs,
    l.no_signs,
    l.dear_signs,
    r.dear
  FROM windows_and_dear_signs AS l
  JOIN windows_with_dear AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with how_often_value: what the row counts for, NULL if it does not count.
windows_with_how_often_values AS (
  SELECT
    *,
    CAST(mark AS STRING) AS how_often_value
  FROM rows_of_windows
),
-- How often each value is in each window.
windows_with_how_often_counted AS (
  SELECT
    `user`,
    window_start,
    window_end,
    window_time,
    how_often_value,
    COUNT(*) AS how_often_times
  FROM windows_with_how_often_values
  GROUP BY `user`, window_start, window_end, window_time, how_often_value
),
-- how_often of each window, from these rows.
windows_with_how_often AS (
  SELECT
    `user`,
    window_time AS event_time,
    MAP_FROM_ARRAYS(
      ARRAY_AGG(how_often_value) FILTER (WHERE how_often_value IS NOT NULL),
      ARRAY_AGG(how_often_times) FILTER (WHERE how_often_value IS NOT NULL)
    ) AS how_often
  FROM windows_with_how_often_counted
  GROUP BY `user`, window_start, window_end, window_time
),
-- marks, signs, no_signs, dear_signs, dear and how_often per user, over windows of 2 minutes of marks that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    l.`user`,
    l.event_time,
    l.marks,
    l.signs,
    l.no_signs,
    l.dear_signs,
    l.dear,
    r.how_often
  FROM windows_and_dear AS l
  JOIN windows_with_how_often AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows
)
SELECT
  `user`,
  window_time,
  marks,
  signs,
  no_signs,
  dear_signs,
  dear,
  how_often,
  event_time
FROM with_time;

-- The rows of marks_by_minute.
SELECT `user`, window_time, marks, signs, no_signs, dear_signs, dear, how_often
FROM marks_by_minute;

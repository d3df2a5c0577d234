-- marks_by_minute, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- orders_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW orders_stored (
  `user` STRING,
  shop STRING,
  price BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'orders.jsonl',
  'mode' 'FAILFAST'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source orders, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM orders_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- marks: each row of orders.
CREATE OR REPLACE TEMPORARY VIEW marks AS
WITH
-- Each row of orders, with mark computed from it.
with_expressions AS (
  SELECT
    *,
    UPPER('x') AS mark
  FROM orders
),
-- Each row of orders, with latest over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    MAX_BY(mark, CASE WHEN mark IS NOT NULL THEN struct(event_time, mark) END) OVER last_1_minute_by_user AS latest
  FROM with_expressions
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
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
CREATE OR REPLACE TEMPORARY VIEW marks_by_minute AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '2 minutes', '1 minute').end AS window_end
  FROM marks
),
-- Each of these, with its age among the rows of its window that count: the latest has 1.
windows_by_age AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end, (price > 15) IS TRUE ORDER BY event_time DESC, CASE WHEN price > 5 THEN 1 ELSE 2 END DESC) AS age_for_dear
  FROM windows_of_rows
),
-- The same, with how_often_value.
windows_values AS (
  SELECT
    *,
    mark AS how_often_value
  FROM windows_by_age
),
-- The same, with how many rows of the window have the same how_often_value.
windows_times AS (
  SELECT
    *,
    COUNT(*) OVER (PARTITION BY `user`, window_end, how_often_value) AS how_often_times
  FROM windows_values
),
-- marks, signs, no_signs, dear_signs, dear and how_often per user, over windows of 2 minutes of marks that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    transform(sort_array(collect_list(CASE WHEN latest IS NOT NULL THEN struct(struct(event_time) AS place, latest AS value) END)), one -> one.value) AS marks,
    transform(sort_array(collect_list(CASE WHEN CASE WHEN price > 5 THEN '+' ELSE '-' END IS NOT NULL THEN struct(struct(event_time) AS place, CASE WHEN price > 5 THEN '+' ELSE '-' END AS value) END)), one -> one.value) AS signs,
    transform(sort_array(collect_list(CASE WHEN CASE WHEN price > 5 THEN '+' ELSE '-' END IS NOT NULL THEN struct(struct(event_time) AS place, CASE WHEN price > 5 THEN '+' ELSE '-' END AS value) END) FILTER (WHERE FALSE)), one -> one.value) AS no_signs,
    transform(sort_array(collect_list(CASE WHEN CASE WHEN price > 5 THEN '+' ELSE '-' END IS NOT NULL THEN struct(struct(event_time) AS place, CASE WHEN price > 5 THEN '+' ELSE '-' END AS value) END) FILTER (WHERE price > 15)), one -> one.value) AS dear_signs,
    MIN_BY(CASE WHEN price > 5 THEN 1 ELSE 2 END, CASE WHEN CASE WHEN price > 5 THEN 1 ELSE 2 END IS NOT NULL THEN struct(event_time, CASE WHEN price > 5 THEN 1 ELSE 2 END) END) FILTER (WHERE price > 15 AND age_for_dear <= 1) AS dear,
    map_from_entries(nullif(collect_set(struct(how_often_value, how_often_times)) FILTER (WHERE how_often_value IS NOT NULL), array())) AS how_often
  FROM windows_times
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
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

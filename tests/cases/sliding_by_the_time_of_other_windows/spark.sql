-- by_time, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- orders_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW orders_stored (
  `user` STRING,
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

-- lasts: each step and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW lasts AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '1 hour', '1 hour').end AS window_end
  FROM orders
),
-- last, over windows of 1 hour of orders that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    window_end - INTERVAL '0.001' SECOND AS event_time,
    MAX_BY(`user`, CASE WHEN `user` IS NOT NULL THEN struct(event_time, `user`) END) AS last
  FROM windows_of_rows
  GROUP BY window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    date_format(event_time, 'yyyy-MM-dd HH:mm:ss') AS window_time
  FROM windows
)
SELECT
  window_time,
  last,
  event_time
FROM with_time;

-- by_time: each window_time and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW by_time AS
WITH
-- Each row of lasts, with reversed computed from it.
with_expressions AS (
  SELECT
    *,
    REVERSE(CASE WHEN TRUE THEN last ELSE window_time END) AS reversed
  FROM lasts
),
-- Each row once for each window that holds it, with the end of that window.
windows_counted_of_rows AS (
  SELECT
    *,
    window(event_time, '2 hours', '1 hour').end AS window_end
  FROM with_expressions
),
-- Each of these, with its age among the rows of its window that count: the latest has 1.
windows_counted_by_age AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY window_time, window_end ORDER BY event_time DESC, last DESC) AS age_for_latest
  FROM windows_counted_of_rows
),
-- The windows, with are_there_rows: how many rows they hold.
windows_counted AS (
  SELECT
    window_time,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    transform(sort_array(collect_list(CASE WHEN (last IS NOT NULL) IS NOT NULL THEN struct(struct(event_time) AS place, last IS NOT NULL AS value) END) FILTER (WHERE event_time >= window_end - INTERVAL '1' HOUR)), one -> one.value) AS are_there,
    CAST(size(collect_set(reversed) FILTER (WHERE event_time >= window_end - INTERVAL '1' HOUR)) AS BIGINT) AS how_many,
    MAX_BY(last, CASE WHEN last IS NOT NULL THEN struct(event_time, last) END) FILTER (WHERE age_for_latest <= 2) AS latest,
    COUNT(*) FILTER (WHERE event_time >= window_end - INTERVAL '1' HOUR) AS are_there_rows
  FROM windows_counted_by_age
  GROUP BY window_time, window_end
),
-- are_there, how_many and latest per window_time, over windows of 1 hour and 2 hours of lasts that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    window_time,
    event_time,
    CASE WHEN are_there_rows > 0 THEN are_there END AS are_there,
    how_many,
    latest
  FROM windows_counted
),
-- The same rows, with ends_at, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS ends_at
  FROM windows
)
SELECT
  window_time,
  ends_at,
  are_there,
  how_many,
  latest,
  event_time
FROM with_time;

-- The rows of by_time.
SELECT window_time, ends_at, are_there, how_many, latest
FROM by_time;

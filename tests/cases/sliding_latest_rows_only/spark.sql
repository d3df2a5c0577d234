-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  kind STRING,
  amount BIGINT,
  price DOUBLE,
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
    window(event_time, '3 minutes', '1 minute').end AS window_end
  FROM events
),
-- Each of these, with its age among the rows of its window that count: the latest has 1.
windows_2_counted_by_age AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end, (event_time >= window_end - INTERVAL '2' MINUTE) IS TRUE ORDER BY event_time DESC, amount DESC) AS age_for_last_two,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end, (event_time >= window_end - INTERVAL '2' MINUTE) IS TRUE ORDER BY event_time DESC) AS age_for_rows,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end, (event_time >= window_end - INTERVAL '2' MINUTE AND kind = 'pay') IS TRUE ORDER BY event_time DESC, amount DESC) AS age_for_paid,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end, (event_time >= window_end - INTERVAL '1' MINUTE AND kind = 'pay') IS TRUE ORDER BY event_time DESC, amount DESC) AS age_for_recent_paid,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end, (event_time >= window_end - INTERVAL '2' MINUTE) IS TRUE ORDER BY event_time DESC, nr DESC, price * 2 DESC) AS age_for_by_nr,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end, (event_time >= window_end - INTERVAL '2' MINUTE) IS TRUE ORDER BY event_time DESC, nr DESC, kind DESC) AS age_for_three_kinds,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end, (event_time >= window_end - INTERVAL '1' MINUTE) IS TRUE ORDER BY event_time DESC, amount DESC) AS age_for_different,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end, (event_time >= window_end - INTERVAL '2' MINUTE) IS TRUE ORDER BY event_time DESC, price DESC) AS age_for_spread
  FROM windows_2_counted_of_rows
),
-- The same, with three_kinds_value.
windows_2_counted_values AS (
  SELECT
    *,
    CASE WHEN event_time >= window_end - INTERVAL '2' MINUTE AND age_for_three_kinds <= 3 THEN kind END AS three_kinds_value
  FROM windows_2_counted_by_age
),
-- The same, with how many rows of the window have the same three_kinds_value.
windows_2_counted_times AS (
  SELECT
    *,
    COUNT(*) OVER (PARTITION BY `user`, window_end, three_kinds_value) AS three_kinds_times
  FROM windows_2_counted_values
),
-- The windows, with two_rows: how many rows they hold.
windows_2_counted AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE), 0) AS total,
    COALESCE(SUM(amount) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE AND age_for_last_two <= 2), 0) AS last_two,
    AVG(CAST(amount AS DOUBLE)) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE AND age_for_last_two <= 2) AS mean_of_two,
    COUNT(amount) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE AND age_for_last_two <= 3) AS last_three,
    COUNT(*) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE AND age_for_rows <= 3) AS `rows`,
    COALESCE(SUM(amount) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE AND kind = 'pay' AND age_for_paid <= 2), 0) AS paid,
    MAX(amount) FILTER (WHERE event_time >= window_end - INTERVAL '1' MINUTE AND kind = 'pay' AND age_for_recent_paid <= 1) AS recent_paid,
    COALESCE(SUM(price * 2) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE AND age_for_by_nr <= 1), 0) AS by_nr,
    MIN_BY(amount, CASE WHEN amount IS NOT NULL THEN struct(event_time, amount) END) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE AND age_for_last_two <= 2) AS `second`,
    MAX_BY(amount, CASE WHEN amount IS NOT NULL THEN struct(event_time, amount) END) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE AND kind = 'pay' AND age_for_paid <= 2) AS latest,
    MAX_BY(amount, CASE WHEN amount IS NOT NULL THEN struct(event_time, nr, amount) END) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE) AS latest_nr,
    transform(sort_array(collect_list(CASE WHEN amount IS NOT NULL THEN struct(struct(event_time) AS place, amount AS value) END) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE AND age_for_last_two <= 2)), one -> one.value) AS two,
    map_from_entries(nullif(collect_set(struct(three_kinds_value, three_kinds_times)) FILTER (WHERE three_kinds_value IS NOT NULL), array())) AS three_kinds,
    CAST(size(collect_set(amount) FILTER (WHERE event_time >= window_end - INTERVAL '1' MINUTE AND age_for_different <= 3)) AS BIGINT) AS different,
    STDDEV_SAMP(price) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE AND age_for_spread <= 3) AS spread,
    COUNT(*) FILTER (WHERE event_time >= window_end - INTERVAL '2' MINUTE) AS two_rows
  FROM windows_2_counted_times
  GROUP BY `user`, window_end
),
-- total, last_two, mean_of_two, last_three, rows, paid, recent_paid, by_nr, second, latest, latest_nr, two, three_kinds, different and spread per user, over windows of 1 minute and 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond. One more row comes when the largest window has emptied.
windows_2 AS (
  SELECT
    `user`,
    event_time,
    total,
    last_two,
    mean_of_two,
    last_three,
    `rows`,
    paid,
    recent_paid,
    by_nr,
    `second`,
    latest,
    latest_nr,
    CASE WHEN two_rows > 0 THEN two END AS two,
    three_kinds,
    different,
    spread
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
  total,
  last_two,
  mean_of_two,
  last_three,
  `rows`,
  paid,
  recent_paid,
  by_nr,
  `second`,
  latest,
  latest_nr,
  two,
  three_kinds,
  different,
  spread,
  event_time
FROM with_time;

-- The rows of windows.
SELECT `user`, until, total, last_two, mean_of_two, last_three, `rows`, paid, recent_paid, by_nr, `second`, latest, latest_nr, two, three_kinds, different, spread
FROM windows;

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
  kind STRING,
  amount BIGINT,
  price DOUBLE,
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
-- Each row 3 times: once for each window that holds it, from the first on.
rows_of_windows_2_counted_with_total_and_more_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 2), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_counted_with_total_and_more AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_2_counted_with_total_and_more_numbered
),
-- total, two_rows, which any order of the rows gives.
windows_2_counted_with_total_and_more AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE event_time >= window_end - 120000), 0) AS total,
    COUNT(*) FILTER (WHERE event_time >= window_end - 120000) AS two_rows
  FROM rows_of_windows_2_counted_with_total_and_more
  GROUP BY `user`, window_end
),
-- Each row 3 times: once for each window that holds it, from the first on.
rows_of_windows_2_counted_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 2), ',')) WITH ORDINALITY AS numbers (part, number)
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
    window_end - 180000 AS window_start,
    window_end - 1 AS window_time
  FROM rows_of_windows_2_counted_ended
),
-- The same, with last_two_counts: whether the row counts for last_two.
windows_2_counted_with_last_two_and_more_matching AS (
  SELECT
    *,
    (event_time >= window_end - 120000) IS TRUE AS last_two_counts
  FROM rows_of_windows_2_counted
),
-- Of these, the 2 latest of each window, from the latest.
windows_2_counted_with_last_two_and_more_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY last_two_counts DESC, event_time DESC, amount DESC) AS last_two_age
    FROM windows_2_counted_with_last_two_and_more_matching
  )
  WHERE last_two_age <= 2
),
-- last_two, mean_of_two, second, two of each window, from these rows.
windows_2_counted_with_last_two_and_more AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE last_two_counts), 0) AS last_two,
    AVG(CAST(amount AS DOUBLE)) FILTER (WHERE last_two_counts) AS mean_of_two,
    CASE WHEN COUNT(amount) FILTER (WHERE last_two_counts AND amount IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(amount) FILTER (WHERE last_two_counts AND amount IS NOT NULL))[1] END AS `second`,
    CASE WHEN COUNT(amount) FILTER (WHERE last_two_counts AND amount IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(amount) FILTER (WHERE last_two_counts AND amount IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS BIGINT)], 2, 2) END AS two
  FROM windows_2_counted_with_last_two_and_more_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with two.
windows_2_counted_and_two AS (
  SELECT
    l.`user`,
    l.event_time,
    l.total,
    r.last_two,
    r.mean_of_two,
    r.`second`,
    r.two,
    l.two_rows
  FROM windows_2_counted_with_total_and_more AS l
  JOIN windows_2_counted_with_last_two_and_more AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with last_three_counts: whether the row counts for last_three.
windows_2_counted_with_last_three_matching AS (
  SELECT
    *,
    (event_time >= window_end - 120000) IS TRUE AS last_three_counts
  FROM rows_of_windows_2_counted
),
-- Of these, the 3 latest of each window, from the latest.
windows_2_counted_with_last_three_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY last_three_counts DESC, event_time DESC, amount DESC) AS last_three_age
    FROM windows_2_counted_with_last_three_matching
  )
  WHERE last_three_age <= 3
),
-- last_three of each window, from these rows.
windows_2_counted_with_last_three AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COUNT(amount) FILTER (WHERE last_three_counts) AS last_three
  FROM windows_2_counted_with_last_three_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with last_three.
windows_2_counted_and_last_three AS (
  SELECT
    l.`user`,
    l.event_time,
    l.total,
    l.last_two,
    l.mean_of_two,
    r.last_three,
    l.`second`,
    l.two,
    l.two_rows
  FROM windows_2_counted_and_two AS l
  JOIN windows_2_counted_with_last_three AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with rows_counts: whether the row counts for rows.
windows_2_counted_with_rows_matching AS (
  SELECT
    *,
    (event_time >= window_end - 120000) IS TRUE AS rows_counts
  FROM rows_of_windows_2_counted
),
-- Of these, the 3 latest of each window, from the latest.
windows_2_counted_with_rows_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY rows_counts DESC, event_time DESC) AS rows_age
    FROM windows_2_counted_with_rows_matching
  )
  WHERE rows_age <= 3
),
-- rows of each window, from these rows.
windows_2_counted_with_rows AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COUNT(*) FILTER (WHERE rows_counts) AS `rows`
  FROM windows_2_counted_with_rows_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with rows.
windows_2_counted_and_rows AS (
  SELECT
    l.`user`,
    l.event_time,
    l.total,
    l.last_two,
    l.mean_of_two,
    l.last_three,
    r.`rows`,
    l.`second`,
    l.two,
    l.two_rows
  FROM windows_2_counted_and_last_three AS l
  JOIN windows_2_counted_with_rows AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with paid_counts: whether the row counts for paid.
windows_2_counted_with_paid_and_more_matching AS (
  SELECT
    *,
    (event_time >= window_end - 120000 AND kind = 'pay') IS TRUE AS paid_counts
  FROM rows_of_windows_2_counted
),
-- Of these, the 2 latest of each window, from the latest.
windows_2_counted_with_paid_and_more_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY paid_counts DESC, event_time DESC, amount DESC) AS paid_age
    FROM windows_2_counted_with_paid_and_more_matching
  )
  WHERE paid_age <= 2
),
-- paid, latest of each window, from these rows.
windows_2_counted_with_paid_and_more AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(amount) FILTER (WHERE paid_counts), 0) AS paid,
    CASE WHEN COUNT(amount) FILTER (WHERE paid_counts AND amount IS NOT NULL) > 0 THEN (ARRAY_AGG(amount) FILTER (WHERE paid_counts AND amount IS NOT NULL))[1] END AS latest
  FROM windows_2_counted_with_paid_and_more_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with latest.
windows_2_counted_and_latest AS (
  SELECT
    l.`user`,
    l.event_time,
    l.total,
    l.last_two,
    l.mean_of_two,
    l.last_three,
    l.`rows`,
    r.paid,
    l.`second`,
    r.latest,
    l.two,
    l.two_rows
  FROM windows_2_counted_and_rows AS l
  JOIN windows_2_counted_with_paid_and_more AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with recent_paid_counts: whether the row counts for recent_paid.
windows_2_counted_with_recent_paid_matching AS (
  SELECT
    *,
    (event_time >= window_end - 60000 AND kind = 'pay') IS TRUE AS recent_paid_counts
  FROM rows_of_windows_2_counted
),
-- Of these, the 1 latest of each window, from the latest.
windows_2_counted_with_recent_paid_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY recent_paid_counts DESC, event_time DESC, amount DESC) AS recent_paid_age
    FROM windows_2_counted_with_recent_paid_matching
  )
  WHERE recent_paid_age <= 1
),
-- recent_paid of each window, from these rows.
windows_2_counted_with_recent_paid AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    MAX(amount) FILTER (WHERE recent_paid_counts) AS recent_paid
  FROM windows_2_counted_with_recent_paid_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with recent_paid.
windows_2_counted_and_recent_paid AS (
  SELECT
    l.`user`,
    l.event_time,
    l.total,
    l.last_two,
    l.mean_of_two,
    l.last_three,
    l.`rows`,
    l.paid,
    r.recent_paid,
    l.`second`,
    l.latest,
    l.two,
    l.two_rows
  FROM windows_2_counted_and_latest AS l
  JOIN windows_2_counted_with_recent_paid AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with by_nr_counts: whether the row counts for by_nr.
windows_2_counted_with_by_nr_matching AS (
  SELECT
    *,
    (event_time >= window_end - 120000) IS TRUE AS by_nr_counts
  FROM rows_of_windows_2_counted
),
-- Of these, the 1 latest of each window, from the latest.
windows_2_counted_with_by_nr_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY by_nr_counts DESC, event_time DESC, nr DESC, price * 2 DESC) AS by_nr_age
    FROM windows_2_counted_with_by_nr_matching
  )
  WHERE by_nr_age <= 1
),
-- by_nr of each window, from these rows.
windows_2_counted_with_by_nr AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(price * 2) FILTER (WHERE by_nr_counts), 0) AS by_nr
  FROM windows_2_counted_with_by_nr_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with by_nr.
windows_2_counted_and_by_nr AS (
  SELECT
    l.`user`,
    l.event_time,
    l.total,
    l.last_two,
    l.mean_of_two,
    l.last_three,
    l.`rows`,
    l.paid,
    l.recent_paid,
    r.by_nr,
    l.`second`,
    l.latest,
    l.two,
    l.two_rows
  FROM windows_2_counted_and_recent_paid AS l
  JOIN windows_2_counted_with_by_nr AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with latest_nr_counts: whether the row counts for latest_nr.
windows_2_counted_with_latest_nr_matching AS (
  SELECT
    *,
    (event_time >= window_end - 120000 AND amount IS NOT NULL) IS TRUE AS latest_nr_counts
  FROM rows_of_windows_2_counted
),
-- Of these, the 1 latest of each window, from the latest.
windows_2_counted_with_latest_nr_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY latest_nr_counts DESC, event_time DESC, nr DESC, amount DESC) AS latest_nr_age
    FROM windows_2_counted_with_latest_nr_matching
  )
  WHERE latest_nr_age <= 1
),
-- latest_nr of each window, from these rows.
windows_2_counted_with_latest_nr AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(amount) FILTER (WHERE latest_nr_counts AND amount IS NOT NULL) > 0 THEN (ARRAY_AGG(amount) FILTER (WHERE latest_nr_counts AND amount IS NOT NULL))[1] END AS latest_nr
  FROM windows_2_counted_with_latest_nr_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with latest_nr.
windows_2_counted_and_latest_nr AS (
  SELECT
    l.`user`,
    l.event_time,
    l.total,
    l.last_two,
    l.mean_of_two,
    l.last_three,
    l.`rows`,
    l.paid,
    l.recent_paid,
    l.by_nr,
    l.`second`,
    l.latest,
    r.latest_nr,
    l.two,
    l.two_rows
  FROM windows_2_counted_and_by_nr AS l
  JOIN windows_2_counted_with_latest_nr AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with three_kinds_counts: whether the row counts for three_kinds.
windows_2_counted_with_three_kinds_matching AS (
  SELECT
    *,
    (event_time >= window_end - 120000) IS TRUE AS three_kinds_counts
  FROM rows_of_windows_2_counted
),
-- Of these, the 3 latest of each window, from the latest.
windows_2_counted_with_three_kinds_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY three_kinds_counts DESC, event_time DESC, nr DESC, kind DESC) AS three_kinds_age
    FROM windows_2_counted_with_three_kinds_matching
  )
  WHERE three_kinds_age <= 3
),
-- The same, with three_kinds_value: what the row counts for, NULL if it does not count.
windows_2_counted_with_three_kinds_values AS (
  SELECT
    *,
    CASE WHEN three_kinds_counts THEN kind END AS three_kinds_value
  FROM windows_2_counted_with_three_kinds_ranked
),
-- How often each value is in each window.
windows_2_counted_with_three_kinds_counted AS (
  SELECT
    `user`,
    window_start,
    window_end,
    window_time,
    three_kinds_value,
    COUNT(*) AS three_kinds_times
  FROM windows_2_counted_with_three_kinds_values
  GROUP BY `user`, window_start, window_end, window_time, three_kinds_value
),
-- three_kinds of each window, from these rows.
windows_2_counted_with_three_kinds AS (
  SELECT
    `user`,
    window_time AS event_time,
    MAP_FROM_ARRAYS(
      ARRAY_AGG(three_kinds_value) FILTER (WHERE three_kinds_value IS NOT NULL),
      ARRAY_AGG(three_kinds_times) FILTER (WHERE three_kinds_value IS NOT NULL)
    ) AS three_kinds
  FROM windows_2_counted_with_three_kinds_counted
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same windows, with three_kinds.
windows_2_counted_and_three_kinds AS (
  SELECT
    l.`user`,
    l.event_time,
    l.total,
    l.last_two,
    l.mean_of_two,
    l.last_three,
    l.`rows`,
    l.paid,
    l.recent_paid,
    l.by_nr,
    l.`second`,
    l.latest,
    l.latest_nr,
    l.two,
    r.three_kinds,
    l.two_rows
  FROM windows_2_counted_and_latest_nr AS l
  JOIN windows_2_counted_with_three_kinds AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with different_counts: whether the row counts for different.
windows_2_counted_with_different_matching AS (
  SELECT
    *,
    (event_time >= window_end - 60000) IS TRUE AS different_counts
  FROM rows_of_windows_2_counted
),
-- Of these, the 3 latest of each window, from the latest.
windows_2_counted_with_different_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY different_counts DESC, event_time DESC, amount DESC) AS different_age
    FROM windows_2_counted_with_different_matching
  )
  WHERE different_age <= 3
),
-- different of each window, from these rows.
windows_2_counted_with_different AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(amount) FILTER (WHERE different_counts AND amount IS NOT NULL) > 0 THEN CAST(CARDINALITY(ARRAY_DISTINCT(ARRAY_AGG(amount) FILTER (WHERE different_counts AND amount IS NOT NULL))) AS BIGINT) ELSE 0 END AS different
  FROM windows_2_counted_with_different_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with different.
windows_2_counted_and_different AS (
  SELECT
    l.`user`,
    l.event_time,
    l.total,
    l.last_two,
    l.mean_of_two,
    l.last_three,
    l.`rows`,
    l.paid,
    l.recent_paid,
    l.by_nr,
    l.`second`,
    l.latest,
    l.latest_nr,
    l.two,
    l.three_kinds,
    r.different,
    l.two_rows
  FROM windows_2_counted_and_three_kinds AS l
  JOIN windows_2_counted_with_different AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with spread_counts: whether the row counts for spread.
windows_2_counted_with_spread_matching AS (
  SELECT
    *,
    (event_time >= window_end - 120000) IS TRUE AS spread_counts
  FROM rows_of_windows_2_counted
),
-- Of these, the 3 latest of each window, from the latest.
windows_2_counted_with_spread_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY spread_counts DESC, event_time DESC, price DESC) AS spread_age
    FROM windows_2_counted_with_spread_matching
  )
  WHERE spread_age <= 3
),
-- spread of each window, from these rows.
windows_2_counted_with_spread AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(price) FILTER (WHERE spread_counts) > 1 THEN STDDEV_SAMP(price) FILTER (WHERE spread_counts) END AS spread
  FROM windows_2_counted_with_spread_ranked
  GROUP BY `user`, window_end
),
-- The windows, with two_rows: how many rows they hold.
windows_2_counted AS (
  SELECT
    l.`user`,
    l.event_time,
    l.total,
    l.last_two,
    l.mean_of_two,
    l.last_three,
    l.`rows`,
    l.paid,
    l.recent_paid,
    l.by_nr,
    l.`second`,
    l.latest,
    l.latest_nr,
    l.two,
    l.three_kinds,
    l.different,
    r.spread,
    l.two_rows
  FROM windows_2_counted_and_different AS l
  JOIN windows_2_counted_with_spread AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
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
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss') AS until
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

-- windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  code BINARY,
  sizes ARRAY<BIGINT>,
  place STRUCT<city: STRING, nr: INT>,
  seen TIMESTAMP,
  tags MAP<STRING, BIGINT>,
  nr INT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST',
  'timeZone' 'UTC'
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
windows_2_of_rows AS (
  SELECT
    *,
    window(event_time, '2 minutes', '1 minute').end AS window_end
  FROM events
),
-- Each of these, with its age among the rows of its window that count: the latest has 1.
windows_2_by_age AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, seen DESC) AS age_for_moments
  FROM windows_2_of_rows
),
-- first_code, last_sizes, first_place, last_seen, last_tags, all_sizes and moments per user, over windows of 1 minute and 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    MIN_BY(code, CASE WHEN code IS NOT NULL THEN struct(event_time, code) END) AS first_code,
    MAX_BY(sizes, CASE WHEN sizes IS NOT NULL THEN struct(event_time, sizes) END) AS last_sizes,
    MIN_BY(place, CASE WHEN place IS NOT NULL THEN struct(event_time, place) END) FILTER (WHERE event_time >= window_end - INTERVAL '1' MINUTE) AS first_place,
    MAX_BY(seen, CASE WHEN seen IS NOT NULL THEN struct(event_time, seen) END) AS last_seen,
    MAX_BY(tags, CASE WHEN tags IS NOT NULL THEN struct(event_time, nr) END) AS last_tags,
    transform(sort_array(collect_list(CASE WHEN sizes IS NOT NULL THEN struct(struct(event_time) AS place, sizes AS value) END) FILTER (WHERE nr < 5)), one -> one.value) AS all_sizes,
    transform(sort_array(collect_list(CASE WHEN seen IS NOT NULL THEN struct(struct(event_time) AS place, seen AS value) END) FILTER (WHERE age_for_moments <= 2)), one -> one.value) AS moments
  FROM windows_2_by_age
  GROUP BY `user`, window_end
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    date_format(event_time, 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows_2
),
-- Each row, with the values of the row before it with the same user.
changed_or_not AS (
  SELECT
    LAG(event_time) OVER in_order AS previous_event_time,
    LAG(first_code) OVER in_order AS previous_first_code,
    LAG(last_sizes) OVER in_order AS previous_last_sizes,
    LAG(first_place) OVER in_order AS previous_first_place,
    LAG(last_seen) OVER in_order AS previous_last_seen,
    LAG(last_tags) OVER in_order AS previous_last_tags,
    LAG(all_sizes) OVER in_order AS previous_all_sizes,
    LAG(moments) OVER in_order AS previous_moments,
    with_time.*
  FROM with_time
  WINDOW in_order AS (PARTITION BY `user` ORDER BY event_time)
),
-- Of these, the rows that differ in first_code, last_sizes, first_place, last_seen, last_tags, all_sizes and moments from the row before of the same user.
changed AS (
  SELECT *
  FROM changed_or_not
  WHERE previous_event_time IS NULL
    OR first_code IS DISTINCT FROM previous_first_code
    OR last_sizes IS DISTINCT FROM previous_last_sizes
    OR first_place IS DISTINCT FROM previous_first_place
    OR last_seen IS DISTINCT FROM previous_last_seen
    OR sort_array(map_entries(last_tags)) IS DISTINCT FROM sort_array(map_entries(previous_last_tags))
    OR all_sizes IS DISTINCT FROM previous_all_sizes
    OR moments IS DISTINCT FROM previous_moments
)
SELECT
  `user`,
  until,
  first_code,
  last_sizes,
  first_place,
  last_seen,
  last_tags,
  all_sizes,
  moments,
  event_time
FROM changed;

-- The rows of windows.
SELECT `user`, until, first_code, last_sizes, first_place, last_seen, last_tags, all_sizes, moments
FROM windows;

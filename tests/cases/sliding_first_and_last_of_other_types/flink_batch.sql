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
  code BYTES,
  sizes ARRAY<BIGINT>,
  place ROW<city STRING, nr INT>,
  seen TIMESTAMP_LTZ(3),
  tags MAP<STRING, BIGINT>,
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
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_2_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_ended AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_2_numbered
),
-- Each row once for each window that holds it.
rows_of_windows_2 AS (
  SELECT
    *,
    window_end - 120000 AS window_start,
    window_end - 1 AS window_time
  FROM rows_of_windows_2_ended
),
-- The same, with first_code_counts: whether the row counts for first_code.
windows_2_with_first_code_matching AS (
  SELECT
    *,
    code IS NOT NULL AS first_code_counts
  FROM rows_of_windows_2
),
-- Of these, the 1 oldest of each window, from the oldest.
windows_2_with_first_code_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY first_code_counts DESC, event_time, code) AS first_code_age
    FROM windows_2_with_first_code_matching
  )
  WHERE first_code_age <= 1
),
-- first_code of each window, from these rows.
windows_2_with_first_code AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(code) FILTER (WHERE first_code_counts AND code IS NOT NULL) > 0 THEN (ARRAY_AGG(code) FILTER (WHERE first_code_counts AND code IS NOT NULL))[1] END AS first_code
  FROM windows_2_with_first_code_ranked
  GROUP BY `user`, window_end
),
-- The same, with last_sizes_counts: whether the row counts for last_sizes.
windows_2_with_last_sizes_matching AS (
  SELECT
    *,
    sizes IS NOT NULL AS last_sizes_counts
  FROM rows_of_windows_2
),
-- Of these, the 1 latest of each window, from the latest.
windows_2_with_last_sizes_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY last_sizes_counts DESC, event_time DESC, sizes DESC) AS last_sizes_age
    FROM windows_2_with_last_sizes_matching
  )
  WHERE last_sizes_age <= 1
),
-- last_sizes of each window, from these rows.
windows_2_with_last_sizes AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(sizes) FILTER (WHERE last_sizes_counts AND sizes IS NOT NULL) > 0 THEN (ARRAY_AGG(sizes) FILTER (WHERE last_sizes_counts AND sizes IS NOT NULL))[1] END AS last_sizes
  FROM windows_2_with_last_sizes_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with last_sizes.
windows_2_and_last_sizes AS (
  SELECT
    l.`user`,
    l.event_time,
    l.first_code,
    r.last_sizes
  FROM windows_2_with_first_code AS l
  JOIN windows_2_with_last_sizes AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with first_place_counts: whether the row counts for first_place.
windows_2_with_first_place_matching AS (
  SELECT
    *,
    (event_time >= window_end - 60000 AND place IS NOT NULL) IS TRUE AS first_place_counts
  FROM rows_of_windows_2
),
-- Of these, the 1 oldest of each window, from the oldest.
windows_2_with_first_place_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY first_place_counts DESC, event_time, place) AS first_place_age
    FROM windows_2_with_first_place_matching
  )
  WHERE first_place_age <= 1
),
-- first_place of each window, from these rows.
windows_2_with_first_place AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(place) FILTER (WHERE first_place_counts AND place IS NOT NULL) > 0 THEN (ARRAY_AGG(place) FILTER (WHERE first_place_counts AND place IS NOT NULL))[1] END AS first_place
  FROM windows_2_with_first_place_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with first_place.
windows_2_and_first_place AS (
  SELECT
    l.`user`,
    l.event_time,
    l.first_code,
    l.last_sizes,
    r.first_place
  FROM windows_2_and_last_sizes AS l
  JOIN windows_2_with_first_place AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with last_seen_counts: whether the row counts for last_seen.
windows_2_with_last_seen_matching AS (
  SELECT
    *,
    seen IS NOT NULL AS last_seen_counts
  FROM rows_of_windows_2
),
-- Of these, the 1 latest of each window, from the latest.
windows_2_with_last_seen_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY last_seen_counts DESC, event_time DESC, seen DESC) AS last_seen_age
    FROM windows_2_with_last_seen_matching
  )
  WHERE last_seen_age <= 1
),
-- last_seen of each window, from these rows.
windows_2_with_last_seen AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(seen) FILTER (WHERE last_seen_counts AND seen IS NOT NULL) > 0 THEN (ARRAY_AGG(seen) FILTER (WHERE last_seen_counts AND seen IS NOT NULL))[1] END AS last_seen
  FROM windows_2_with_last_seen_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with last_seen.
windows_2_and_last_seen AS (
  SELECT
    l.`user`,
    l.event_time,
    l.first_code,
    l.last_sizes,
    l.first_place,
    r.last_seen
  FROM windows_2_and_first_place AS l
  JOIN windows_2_with_last_seen AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with last_tags_counts: whether the row counts for last_tags.
windows_2_with_last_tags_matching AS (
  SELECT
    *,
    tags IS NOT NULL AS last_tags_counts
  FROM rows_of_windows_2
),
-- Of these, the 1 latest of each window, from the latest.
windows_2_with_last_tags_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY last_tags_counts DESC, event_time DESC, nr DESC) AS last_tags_age
    FROM windows_2_with_last_tags_matching
  )
  WHERE last_tags_age <= 1
),
-- last_tags of each window, from these rows.
windows_2_with_last_tags AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(tags) FILTER (WHERE last_tags_counts AND tags IS NOT NULL) > 0 THEN (ARRAY_AGG(tags) FILTER (WHERE last_tags_counts AND tags IS NOT NULL))[1] END AS last_tags
  FROM windows_2_with_last_tags_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with last_tags.
windows_2_and_last_tags AS (
  SELECT
    l.`user`,
    l.event_time,
    l.first_code,
    l.last_sizes,
    l.first_place,
    l.last_seen,
    r.last_tags
  FROM windows_2_and_last_seen AS l
  JOIN windows_2_with_last_tags AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same, with all_sizes_counts: whether the row counts for all_sizes.
windows_2_with_all_sizes_matching AS (
  SELECT
    *,
    (nr < 5) IS TRUE AS all_sizes_counts
  FROM rows_of_windows_2
),
-- Of these, all of each window, from the latest.
windows_2_with_all_sizes_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY all_sizes_counts DESC, event_time DESC, sizes DESC) AS all_sizes_age
    FROM windows_2_with_all_sizes_matching
  )
  WHERE all_sizes_age <= 1000000000000
),
-- all_sizes of each window, from these rows.
windows_2_with_all_sizes AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(sizes) FILTER (WHERE all_sizes_counts AND sizes IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(sizes) FILTER (WHERE all_sizes_counts AND sizes IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS ARRAY<BIGINT>)], 2, 2) END AS all_sizes
  FROM windows_2_with_all_sizes_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with all_sizes.
windows_2_and_all_sizes AS (
  SELECT
    l.`user`,
    l.event_time,
    l.first_code,
    l.last_sizes,
    l.first_place,
    l.last_seen,
    l.last_tags,
    r.all_sizes
  FROM windows_2_and_last_tags AS l
  JOIN windows_2_with_all_sizes AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- Of these, the 2 latest of each window, from the latest.
windows_2_with_moments_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, seen DESC) AS moments_age
    FROM rows_of_windows_2
  )
  WHERE moments_age <= 2
),
-- moments of each window, from these rows.
windows_2_with_moments AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(seen) FILTER (WHERE seen IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(seen) FILTER (WHERE seen IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS TIMESTAMP_LTZ(3))], 2, 2) END AS moments
  FROM windows_2_with_moments_ranked
  GROUP BY `user`, window_end
),
-- first_code, last_sizes, first_place, last_seen, last_tags, all_sizes and moments per user, over windows of 1 minute and 2 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    l.`user`,
    l.event_time,
    l.first_code,
    l.last_sizes,
    l.first_place,
    l.last_seen,
    l.last_tags,
    l.all_sizes,
    r.moments
  FROM windows_2_and_all_sizes AS l
  JOIN windows_2_with_moments AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- The same rows, with until, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(event_time, 3), 'yyyy-MM-dd HH:mm:ss') AS until
  FROM windows_2
),
-- Each row, with the values of the row before it with the same user.
changed_or_not AS (
  SELECT
    FIRST_VALUE(event_time) OVER row_before AS previous_event_time,
    FIRST_VALUE(first_code) OVER row_before AS previous_first_code,
    FIRST_VALUE(last_sizes) OVER row_before AS previous_last_sizes,
    FIRST_VALUE(first_place) OVER row_before AS previous_first_place,
    FIRST_VALUE(last_seen) OVER row_before AS previous_last_seen,
    FIRST_VALUE(last_tags) OVER row_before AS previous_last_tags,
    FIRST_VALUE(all_sizes) OVER row_before AS previous_all_sizes,
    FIRST_VALUE(moments) OVER row_before AS previous_moments,
    with_time.*
  FROM with_time
  WINDOW row_before AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING)
),
-- Of these, the rows that differ in first_code, last_sizes, first_place, last_seen, last_tags, all_sizes and moments from the row before of the same user.
changed AS (
  SELECT *
  FROM changed_or_not
  WHERE previous_event_time IS NULL
    OR first_code IS DISTINCT FROM previous_first_code
    OR JSON_STRING(last_sizes) IS DISTINCT FROM JSON_STRING(previous_last_sizes)
    OR JSON_STRING(first_place) IS DISTINCT FROM JSON_STRING(previous_first_place)
    OR last_seen IS DISTINCT FROM previous_last_seen
    OR JSON_STRING(last_tags) IS DISTINCT FROM JSON_STRING(previous_last_tags)
    OR JSON_STRING(all_sizes) IS DISTINCT FROM JSON_STRING(previous_all_sizes)
    OR JSON_STRING(moments) IS DISTINCT FROM JSON_STRING(previous_moments)
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

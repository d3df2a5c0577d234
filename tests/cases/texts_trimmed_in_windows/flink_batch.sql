-- trimmed, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- names_stored: json files.
CREATE TEMPORARY TABLE names_stored (
  `user` STRING,
  name STRING,
  characters STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'names.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- names: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW names AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source names, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM names_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- trimmed: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW trimmed AS
WITH
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_ended AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + 1 * 60000 AS window_end
  FROM names
),
-- Each row once for each window that holds it.
rows_of_windows AS (
  SELECT
    *,
    window_end - 60000 AS window_start,
    window_end - 1 AS window_time
  FROM rows_of_windows_ended
),
-- Of these, all of each window, from the latest.
windows_with_both_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, CAST(CASE WHEN characters = '' THEN name ELSE TRIM(BOTH TRIM(characters) || characters FROM name) END AS STRING) DESC) AS both_age
    FROM rows_of_windows
  )
  WHERE both_age <= 1000000000000
),
-- both of each window, from these rows.
windows_with_both AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(CAST(CASE WHEN characters = '' THEN name ELSE TRIM(BOTH TRIM(characters) || characters FROM name) END AS STRING)) FILTER (WHERE CAST(CASE WHEN characters = '' THEN name ELSE TRIM(BOTH TRIM(characters) || characters FROM name) END AS STRING) IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(CAST(CASE WHEN characters = '' THEN name ELSE TRIM(BOTH TRIM(characters) || characters FROM name) END AS STRING)) FILTER (WHERE CAST(CASE WHEN characters = '' THEN name ELSE TRIM(BOTH TRIM(characters) || characters FROM name) END AS STRING) IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS `both`
  FROM windows_with_both_ranked
  GROUP BY `user`, window_end
),
-- Of these, all of each window, from the latest.
windows_with_start_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, CAST(CASE WHEN characters = '' THEN name ELSE TRIM(LEADING TRIM(characters) || characters FROM name) END AS STRING) DESC) AS start_age
    FROM rows_of_windows
  )
  WHERE start_age <= 1000000000000
),
-- start of each window, from these rows.
windows_with_start AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(CAST(CASE WHEN characters = '' THEN name ELSE TRIM(LEADING TRIM(characters) || characters FROM name) END AS STRING)) FILTER (WHERE CAST(CASE WHEN characters = '' THEN name ELSE TRIM(LEADING TRIM(characters) || characters FROM name) END AS STRING) IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(CAST(CASE WHEN characters = '' THEN name ELSE TRIM(LEADING TRIM(characters) || characters FROM name) END AS STRING)) FILTER (WHERE CAST(CASE WHEN characters = '' THEN name ELSE TRIM(LEADING TRIM(characters) || characters FROM name) END AS STRING) IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS `start`
  FROM windows_with_start_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with start.
windows_and_start AS (
  SELECT
    l.`user`,
    l.event_time,
    l.`both`,
    r.`start`
  FROM windows_with_both AS l
  JOIN windows_with_start AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- Of these, all of each window, from the latest.
windows_with_end_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, CAST(CASE WHEN characters = '' THEN name ELSE TRIM(TRAILING TRIM(characters) || characters FROM name) END AS STRING) DESC) AS end_age
    FROM rows_of_windows
  )
  WHERE end_age <= 1000000000000
),
-- end of each window, from these rows.
windows_with_end AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(CAST(CASE WHEN characters = '' THEN name ELSE TRIM(TRAILING TRIM(characters) || characters FROM name) END AS STRING)) FILTER (WHERE CAST(CASE WHEN characters = '' THEN name ELSE TRIM(TRAILING TRIM(characters) || characters FROM name) END AS STRING) IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(CAST(CASE WHEN characters = '' THEN name ELSE TRIM(TRAILING TRIM(characters) || characters FROM name) END AS STRING)) FILTER (WHERE CAST(CASE WHEN characters = '' THEN name ELSE TRIM(TRAILING TRIM(characters) || characters FROM name) END AS STRING) IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS `end`
  FROM windows_with_end_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with end.
windows_and_end AS (
  SELECT
    l.`user`,
    l.event_time,
    l.`both`,
    l.`start`,
    r.`end`
  FROM windows_and_start AS l
  JOIN windows_with_end AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- Of these, all of each window, from the latest.
windows_with_spaces_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, CAST(TRIM(name) AS STRING) DESC) AS spaces_age
    FROM rows_of_windows
  )
  WHERE spaces_age <= 1000000000000
),
-- spaces of each window, from these rows.
windows_with_spaces AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(CAST(TRIM(name) AS STRING)) FILTER (WHERE CAST(TRIM(name) AS STRING) IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(CAST(TRIM(name) AS STRING)) FILTER (WHERE CAST(TRIM(name) AS STRING) IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS spaces
  FROM windows_with_spaces_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with spaces.
windows_and_spaces AS (
  SELECT
    l.`user`,
    l.event_time,
    l.`both`,
    l.`start`,
    l.`end`,
    r.spaces
  FROM windows_and_end AS l
  JOIN windows_with_spaces AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- Of these, all of each window, from the latest.
windows_with_constant_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, CAST(TRIM(BOTH ' a' FROM name) AS STRING) DESC) AS constant_age
    FROM rows_of_windows
  )
  WHERE constant_age <= 1000000000000
),
-- constant of each window, from these rows.
windows_with_constant AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(CAST(TRIM(BOTH ' a' FROM name) AS STRING)) FILTER (WHERE CAST(TRIM(BOTH ' a' FROM name) AS STRING) IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(CAST(TRIM(BOTH ' a' FROM name) AS STRING)) FILTER (WHERE CAST(TRIM(BOTH ' a' FROM name) AS STRING) IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS constant
  FROM windows_with_constant_ranked
  GROUP BY `user`, window_end
),
-- The same windows, with constant.
windows_and_constant AS (
  SELECT
    l.`user`,
    l.event_time,
    l.`both`,
    l.`start`,
    l.`end`,
    l.spaces,
    r.constant
  FROM windows_and_spaces AS l
  JOIN windows_with_constant AS r
    ON l.event_time = r.event_time AND l.`user` IS NOT DISTINCT FROM r.`user`
),
-- Of these, all of each window, from the latest.
windows_with_nothing_ranked AS (
  SELECT *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user`, window_end ORDER BY event_time DESC, CAST(TRIM(BOTH '' FROM name) AS STRING) DESC) AS nothing_age
    FROM rows_of_windows
  )
  WHERE nothing_age <= 1000000000000
),
-- nothing of each window, from these rows.
windows_with_nothing AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    CASE WHEN COUNT(CAST(TRIM(BOTH '' FROM name) AS STRING)) FILTER (WHERE CAST(TRIM(BOTH '' FROM name) AS STRING) IS NOT NULL) > 0 THEN ARRAY_REVERSE(ARRAY_AGG(CAST(TRIM(BOTH '' FROM name) AS STRING)) FILTER (WHERE CAST(TRIM(BOTH '' FROM name) AS STRING) IS NOT NULL)) ELSE ARRAY_SLICE(ARRAY[CAST(NULL AS STRING)], 2, 2) END AS nothing
  FROM windows_with_nothing_ranked
  GROUP BY `user`, window_end
),
-- both, start, end, spaces, constant and nothing per user, over windows of 1 minute of names that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    l.`user`,
    l.event_time,
    l.`both`,
    l.`start`,
    l.`end`,
    l.spaces,
    l.constant,
    r.nothing
  FROM windows_and_constant AS l
  JOIN windows_with_nothing AS r
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
  `both`,
  `start`,
  `end`,
  spaces,
  constant,
  nothing,
  event_time
FROM with_time;

-- The rows of trimmed.
SELECT `user`, window_time, `both`, `start`, `end`, spaces, constant, nothing
FROM trimmed;

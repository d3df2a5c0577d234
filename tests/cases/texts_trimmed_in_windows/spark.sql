-- trimmed, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- names_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW names_stored (
  `user` STRING,
  name STRING,
  characters STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'names.jsonl',
  'mode' 'FAILFAST'
);

-- names: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW names AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source names, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM names_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- trimmed: each user and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW trimmed AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '1 minute', '1 minute').end AS window_end
  FROM names
),
-- both, start, end, spaces, constant and nothing per user, over windows of 1 minute of names that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    transform(sort_array(collect_list(CASE WHEN TRIM(BOTH characters FROM name) IS NOT NULL THEN struct(struct(event_time) AS place, TRIM(BOTH characters FROM name) AS value) END)), one -> one.value) AS `both`,
    transform(sort_array(collect_list(CASE WHEN TRIM(LEADING characters FROM name) IS NOT NULL THEN struct(struct(event_time) AS place, TRIM(LEADING characters FROM name) AS value) END)), one -> one.value) AS `start`,
    transform(sort_array(collect_list(CASE WHEN TRIM(TRAILING characters FROM name) IS NOT NULL THEN struct(struct(event_time) AS place, TRIM(TRAILING characters FROM name) AS value) END)), one -> one.value) AS `end`,
    transform(sort_array(collect_list(CASE WHEN TRIM(name) IS NOT NULL THEN struct(struct(event_time) AS place, TRIM(name) AS value) END)), one -> one.value) AS spaces,
    transform(sort_array(collect_list(CASE WHEN TRIM(BOTH ' a' FROM name) IS NOT NULL THEN struct(struct(event_time) AS place, TRIM(BOTH ' a' FROM name) AS value) END)), one -> one.value) AS constant,
    transform(sort_array(collect_list(CASE WHEN TRIM(BOTH '' FROM name) IS NOT NULL THEN struct(struct(event_time) AS place, TRIM(BOTH '' FROM name) AS value) END)), one -> one.value) AS nothing
  FROM windows_of_rows
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

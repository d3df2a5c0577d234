-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- visits_stored: json files.
CREATE TEMPORARY TABLE visits_stored (
  email STRING,
  path STRING,
  code INT,
  seconds DOUBLE,
  discount DOUBLE,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'visits.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- visits: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW visits AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source visits, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM visits_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of visits.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of visits, with domain, section, page, item, slug, bucket, minutes, log_seconds and best computed from it.
with_expressions AS (
  SELECT
    *,
    LOWER(SUBSTRING(email, LOCATE('@', email) + 1)) AS domain,
    CASE WHEN path IS NOT NULL THEN COALESCE(SPLIT_INDEX(path, '/', 1), '') END AS section,
    CASE WHEN path IS NOT NULL THEN COALESCE(SPLIT(path, '/')[CARDINALITY(SPLIT(path, '/'))], '') END AS page,
    REGEXP_EXTRACT(path, '/item-([0-9]+)', 1) AS item,
    TRIM(BOTH '-' FROM REGEXP_REPLACE(LOWER(path), '[^a-z0-9]+', '-')) AS slug,
    LEFT(MD5(email), 2) AS bucket,
    CASE WHEN ABS(seconds / 60.0E0) < 9E15 THEN ROUND(seconds / 60.0E0, 1) ELSE seconds / 60.0E0 END AS minutes,
    CASE WHEN seconds <= 0 THEN NULL ELSE LN(seconds) END AS log_seconds,
    GREATEST(COALESCE(discount, 0), COALESCE(CAST(code AS DOUBLE) / 10.0E0, 0), 0) AS best
  FROM visits
),
-- Each row of visits, with is_company and shop computed from it.
with_expressions_2 AS (
  SELECT
    *,
    NOT REGEXP(domain, '(^|\.)(gmail|gmx)\.') AS is_company,
    CONCAT_WS('_', section, LEFT('0000', 4 - CHAR_LENGTH(CAST(code AS STRING))) || LEFT(CAST(code AS STRING), 4)) AS shop
  FROM with_expressions
)
SELECT
  email,
  path,
  code,
  seconds,
  discount,
  `time`,
  domain,
  is_company,
  section,
  page,
  item,
  slug,
  shop,
  bucket,
  minutes,
  log_seconds,
  best,
  event_time
FROM with_expressions_2;

-- The rows of features.
SELECT email, path, code, seconds, discount, `time`, domain, is_company, section, page, item, slug, shop, bucket, minutes, log_seconds, best
FROM features;

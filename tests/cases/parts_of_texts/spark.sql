-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- visits_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW visits_stored (
  email STRING,
  path STRING,
  code INT,
  seconds DOUBLE,
  discount DOUBLE,
  `time` STRING
) USING json OPTIONS (
  'path' 'visits.jsonl',
  'mode' 'FAILFAST'
);

-- visits: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW visits AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source visits, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM visits_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of visits.
CREATE OR REPLACE TEMPORARY VIEW features AS
WITH
-- Each row of visits, with domain, section, page, item, slug, bucket, minutes, log_seconds and best computed from it.
with_expressions AS (
  SELECT
    *,
    LOWER(SUBSTRING(email, LOCATE('@', email) + 1)) AS domain,
    SPLIT_PART(path, '/', 2) AS section,
    SPLIT_PART(path, '/', -1) AS page,
    CASE WHEN REGEXP_LIKE(path, '/item-([0-9]+)') THEN REGEXP_EXTRACT(path, '/item-([0-9]+)', 1) END AS item,
    TRIM(BOTH '-' FROM REGEXP_REPLACE(LOWER(path), '[^a-z0-9]+', '-')) AS slug,
    LEFT(MD5(email), 2) AS bucket,
    ROUND(seconds / 60.0E0, 1) AS minutes,
    LN(seconds) AS log_seconds,
    GREATEST(discount, CAST(code AS DOUBLE) / 10.0E0, 0) AS best
  FROM visits
),
-- Each row of visits, with is_company and shop computed from it.
with_expressions_2 AS (
  SELECT
    *,
    NOT REGEXP_LIKE(domain, '(^|\\.)(gmail|gmx)\\.') AS is_company,
    CONCAT_WS('_', section, LPAD(CAST(code AS STRING), 4, '0')) AS shop
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

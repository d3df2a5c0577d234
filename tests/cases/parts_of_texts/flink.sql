-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- visits: json files.
CREATE TEMPORARY TABLE visits (
  email STRING,
  path STRING,
  code INT,
  seconds DOUBLE,
  discount DOUBLE,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
      OR CAST('source visits, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'visits.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

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

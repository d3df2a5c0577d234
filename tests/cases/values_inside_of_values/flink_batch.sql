-- inside, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders_stored: json files.
CREATE TEMPORARY TABLE orders_stored (
  id INT,
  tags ARRAY<STRING>,
  ordered ARRAY<STRING>,
  stock MAP<STRING, BIGINT>,
  address ROW<city STRING, geo ROW<lon DOUBLE>>,
  lines ARRAY<ROW<sku STRING, `count` INT>>,
  payload STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source orders, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM orders_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- inside: each row of orders.
CREATE TEMPORARY VIEW inside AS
WITH
-- Each row of orders, with first_tag, tag_of_id, tag_count, is_new, in_stock, known, counts, city, is_east, second_sku, kind, amount_text, as_ordered and is_unchanged computed from it.
with_expressions AS (
  SELECT
    *,
    tags[1] AS first_tag,
    tags[id] AS tag_of_id,
    CARDINALITY(tags) AS tag_count,
    ARRAY_CONTAINS(tags, 'new') AS is_new,
    COALESCE(stock['a'], 0) + COALESCE(stock['b'], 0) AS in_stock,
    ARRAY_SORT(MAP_KEYS(stock)) AS known,
    ARRAY_SORT(MAP_VALUES(stock)) AS counts,
    (address).city AS city,
    (address).geo.lon > 0 AS is_east,
    (lines[2]).sku AS second_sku,
    CASE WHEN REGEXP(JSON_QUERY(payload, '$.kind' WITH WRAPPER), '^\[-?[0-9]+[.eE]') THEN CAST(CAST(JSON_VALUE(payload, '$.kind') AS DOUBLE) AS STRING) ELSE JSON_VALUE(payload, '$.kind') END AS kind,
    CASE WHEN REGEXP(JSON_QUERY(payload, '$.items[0].amount' WITH WRAPPER), '^\[-?[0-9]+[.eE]') THEN CAST(CAST(JSON_VALUE(payload, '$.items[0].amount') AS DOUBLE) AS STRING) ELSE JSON_VALUE(payload, '$.items[0].amount') END AS amount_text,
    JSON_STRING(tags) = JSON_STRING(ordered) AS as_ordered,
    JSON_STRING(tags) IS NOT DISTINCT FROM JSON_STRING(ordered) AS is_unchanged
  FROM orders
),
-- Each row of orders, with stock_of_tag, pair, made and amount computed from it.
with_expressions_2 AS (
  SELECT
    *,
    stock[first_tag] AS stock_of_tag,
    CAST(ARRAY[first_tag, city] AS ARRAY<STRING>) AS pair,
    CAST(MAP['city', city, 'tag', first_tag] AS MAP<STRING, STRING>) AS made,
    CASE WHEN REGEXP(amount_text, '^ *[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})? *\z') THEN TRY_CAST(amount_text AS DOUBLE) END AS amount
  FROM with_expressions
),
-- Each row of orders, with made_city and as_json computed from it.
with_expressions_3 AS (
  SELECT
    *,
    made['city'] AS made_city,
    JSON_STRING(made) AS as_json
  FROM with_expressions_2
)
SELECT
  id,
  `time`,
  first_tag,
  tag_of_id,
  tag_count,
  is_new,
  stock_of_tag,
  in_stock,
  known,
  counts,
  city,
  is_east,
  second_sku,
  pair,
  made,
  made_city,
  as_json,
  kind,
  amount_text,
  amount,
  as_ordered,
  is_unchanged,
  event_time
FROM with_expressions_3;

-- The rows of inside.
SELECT id, `time`, first_tag, tag_of_id, tag_count, is_new, stock_of_tag, in_stock, known, counts, city, is_east, second_sku, pair, made, made_city, as_json, kind, amount_text, amount, as_ordered, is_unchanged
FROM inside;

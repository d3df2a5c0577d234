-- inside, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- orders_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW orders_stored (
  id INT,
  tags ARRAY<STRING>,
  ordered ARRAY<STRING>,
  stock MAP<STRING, BIGINT>,
  address STRUCT<city: STRING, geo: STRUCT<lon: DOUBLE>>,
  lines ARRAY<STRUCT<sku: STRING, `count`: INT>>,
  payload STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'orders.jsonl',
  'mode' 'FAILFAST'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source orders, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM orders_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- inside: each row of orders.
CREATE OR REPLACE TEMPORARY VIEW inside AS
WITH
-- Each row of orders, with first_tag, tag_of_id, tag_count, is_new, in_stock, known, counts, city, is_east, second_sku, kind, amount_text, as_ordered and is_unchanged computed from it.
with_expressions AS (
  SELECT
    *,
    try_element_at(tags, 1) AS first_tag,
    try_element_at(tags, CASE WHEN id > 0 THEN id END) AS tag_of_id,
    CARDINALITY(tags) AS tag_count,
    array_contains(array_compact(tags), 'new') AS is_new,
    COALESCE(try_element_at(stock, 'a'), 0) + COALESCE(try_element_at(stock, 'b'), 0) AS in_stock,
    sort_array(map_keys(stock)) AS known,
    sort_array(map_values(stock)) AS counts,
    (address).city AS city,
    (address).geo.lon > 0 AS is_east,
    (try_element_at(lines, 2)).sku AS second_sku,
    CASE WHEN schema_of_variant(try_variant_get(try_parse_json(payload), '$.kind', 'variant')) NOT RLIKE '^(ARRAY|OBJECT|VOID)' THEN get_json_object(payload, '$.kind') END AS kind,
    CASE WHEN schema_of_variant(try_variant_get(try_parse_json(payload), '$.items[0].amount', 'variant')) NOT RLIKE '^(ARRAY|OBJECT|VOID)' THEN get_json_object(payload, '$.items[0].amount') END AS amount_text,
    tags = ordered AS as_ordered,
    tags IS NOT DISTINCT FROM ordered AS is_unchanged
  FROM orders
),
-- Each row of orders, with stock_of_tag, pair, made and amount computed from it.
with_expressions_2 AS (
  SELECT
    *,
    try_element_at(stock, first_tag) AS stock_of_tag,
    array(first_tag, city) AS pair,
    map('city', city, 'tag', first_tag) AS made,
    TRY_CAST(CASE WHEN amount_text RLIKE '^ *[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})? *\\z' THEN amount_text END AS DOUBLE) AS amount
  FROM with_expressions
),
-- Each row of orders, with made_city and as_json computed from it.
with_expressions_3 AS (
  SELECT
    *,
    try_element_at(made, 'city') AS made_city,
    to_json(map_from_entries(sort_array(map_entries(made))), map('ignoreNullFields', 'false')) AS as_json
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

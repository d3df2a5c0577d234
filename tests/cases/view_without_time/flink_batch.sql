-- taxed, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- items: json files.
CREATE TEMPORARY TABLE items (
  item STRING,
  price DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = 'items.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- taxed: each row of items.
CREATE TEMPORARY VIEW taxed AS
WITH
-- Each row of items, with with_tax computed from it.
with_expressions AS (
  SELECT
    *,
    price * 1.25E0 AS with_tax
  FROM items
),
-- Of these, the rows for which the view's filter_expr is true.
kept AS (
  SELECT *
  FROM with_expressions
  WHERE item IS NOT NULL
)
SELECT
  item,
  with_tax
FROM kept;

-- The rows of taxed.
SELECT item, with_tax
FROM taxed;

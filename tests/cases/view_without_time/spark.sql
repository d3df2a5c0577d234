-- taxed, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- items: json files.
CREATE OR REPLACE TEMPORARY VIEW items (
  item STRING,
  price DOUBLE
) USING json OPTIONS (
  'path' 'items.jsonl',
  'mode' 'FAILFAST'
);

-- taxed: each row of items.
CREATE OR REPLACE TEMPORARY VIEW taxed AS
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

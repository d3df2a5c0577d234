-- shops, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- shops: json files.
CREATE OR REPLACE TEMPORARY VIEW shops (
  shop BIGINT,
  opened DATE,
  rate DECIMAL(10, 2),
  `open` BOOLEAN,
  name STRING
) USING json OPTIONS (
  'path' 'shops.jsonl',
  'mode' 'FAILFAST'
);

-- shops_selected: the rows of shops with one of the keys that were asked for.
CREATE OR REPLACE TEMPORARY VIEW shops_selected AS
SELECT *
FROM shops
WHERE shop = 7 AND opened = DATE '2022-01-31' AND rate = 0.5 AND `open` = TRUE
  OR shop = 3000000000 AND opened = DATE '2022-02-01' AND rate = 2 AND `open` = FALSE;

-- The rows of shops_selected.
SELECT shop, opened, rate, `open`, name
FROM shops_selected;

-- shops, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- shops: json files.
CREATE TEMPORARY TABLE shops (
  shop BIGINT,
  opened DATE,
  rate DECIMAL(10, 2),
  `open` BOOLEAN,
  name STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'shops.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- shops_selected: the rows of shops with one of the keys that were asked for.
CREATE TEMPORARY VIEW shops_selected AS
SELECT *
FROM shops
WHERE shop = 7 AND opened = DATE '2022-01-31' AND rate = 0.5 AND `open` = TRUE
  OR shop = 3000000000 AND opened = DATE '2022-02-01' AND rate = 2 AND `open` = FALSE;

-- The rows of shops_selected.
SELECT shop, opened, rate, `open`, name
FROM shops_selected;

-- totals, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases: json files.
CREATE TEMPORARY TABLE purchases (
  name STRING,
  cost INT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
      OR CAST('source purchases, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchases.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- totals_written: the SELECT of totals, as its definition has it.
CREATE TEMPORARY VIEW totals_written AS
WITH
-- What comes out of the tables that the SELECT reads.
purchases AS (
  SELECT name, cost, `time`
  FROM purchases
)
SELECT name, CAST(SUM(cost) AS BIGINT) AS total, COUNT(*) AS purchases FROM purchases GROUP BY name;

-- totals: the columns that its definition declares, in their types.
CREATE TEMPORARY VIEW totals AS
SELECT
  CAST(name AS STRING) AS name,
  CAST(total AS BIGINT) AS total,
  CAST(purchases AS BIGINT) AS purchases
FROM totals_written;

-- totals_selected: the rows of totals with one of the keys that were asked for.
CREATE TEMPORARY VIEW totals_selected AS
SELECT *
FROM totals
WHERE name IN ('Alex', 'Jack', 'Nobody');

-- The rows of totals_selected.
SELECT name, total, purchases
FROM totals_selected;

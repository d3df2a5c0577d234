-- totals, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases_stored: json files.
CREATE TEMPORARY TABLE purchases_stored (
  name STRING,
  cost INT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchases.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- purchases: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW purchases AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source purchases, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM purchases_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

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

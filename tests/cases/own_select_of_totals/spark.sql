-- totals, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- purchases_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW purchases_stored (
  name STRING,
  cost INT,
  `time` STRING
) USING json OPTIONS (
  'path' 'purchases.jsonl',
  'mode' 'FAILFAST'
);

-- purchases: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW purchases AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source purchases, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM purchases_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- totals_written: the SELECT of totals, as its definition has it.
CREATE OR REPLACE TEMPORARY VIEW totals_written AS
WITH
-- What comes out of the tables that the SELECT reads.
purchases AS (
  SELECT name, cost, `time`
  FROM purchases
)
SELECT name, CAST(SUM(cost) AS BIGINT) AS total, COUNT(*) AS purchases FROM purchases GROUP BY name;

-- totals: the columns that its definition declares, in their types.
CREATE OR REPLACE TEMPORARY VIEW totals AS
SELECT
  CAST(name AS STRING) AS name,
  CAST(total AS BIGINT) AS total,
  CAST(purchases AS BIGINT) AS purchases
FROM totals_written;

-- totals_selected: the rows of totals with one of the keys that were asked for.
CREATE OR REPLACE TEMPORARY VIEW totals_selected AS
SELECT *
FROM totals
WHERE name IN ('Alex', 'Jack', 'Nobody');

-- The rows of totals_selected.
SELECT name, total, purchases
FROM totals_selected;

-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  id INT,
  n BIGINT,
  x DOUBLE,
  price DECIMAL(9, 2)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of events, with one_first, whole_first, double_first, decimal_first, small_first and none_of_them computed from it.
with_expressions AS (
  SELECT
    *,
    1.0E0 IN (1.5E0, CAST(n AS DOUBLE)) AS one_first,
    CAST(n AS DOUBLE) IN (1.5E0, 2.5E0) AS whole_first,
    x IN (1, 2) AS double_first,
    CAST(price AS DECIMAL(21, 2)) IN (CAST(1 AS DECIMAL(21, 2)), CAST(n AS DECIMAL(21, 2))) AS decimal_first,
    CAST(id AS DOUBLE) IN (x, CAST(price AS DOUBLE)) AS small_first,
    CAST(n AS DOUBLE) NOT IN (1.5E0, x) AS none_of_them
  FROM events
)
SELECT
  id,
  n,
  x,
  price,
  one_first,
  whole_first,
  double_first,
  decimal_first,
  small_first,
  none_of_them
FROM with_expressions;

-- The rows of features.
SELECT id, n, x, price, one_first, whole_first, double_first, decimal_first, small_first, none_of_them
FROM features;

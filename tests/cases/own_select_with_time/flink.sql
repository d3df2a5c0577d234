-- costs, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- costs, feature 'so_far': the rows of purchases come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'Asia/Shanghai';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases: json files.
CREATE TEMPORARY TABLE purchases (
  name STRING,
  cost INT,
  `time` STRING,
  event_time AS TIMESTAMP '1970-01-01 00:00:00.000' + (CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source purchases, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchases.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- cheap_written: the SELECT of cheap, as its definition has it.
CREATE TEMPORARY VIEW cheap_written AS
SELECT UPPER(name) AS name, cost, `time`, event_time
FROM purchases AS p -- all
WHERE cost < 500;

-- cheap: the columns that its definition declares, in their types.
CREATE TEMPORARY VIEW cheap AS
SELECT
  CAST(name AS STRING) AS name,
  CAST(cost AS BIGINT) AS cost,
  CAST(`time` AS STRING) AS `time`,
  event_time
FROM cheap_written;

-- totals: each name and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW totals AS
WITH
-- total per name, over windows of 2 days of cheap that end every 1 day; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    name,
    window_time AS event_time,
    COALESCE(SUM(cost), 0) AS total
  FROM TABLE(HOP(TABLE cheap, DESCRIPTOR(event_time), INTERVAL '1' DAY, INTERVAL '2' DAY, INTERVAL '16' HOUR))
  GROUP BY name, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(TO_TIMESTAMP_LTZ(CAST(event_time AS STRING), 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC') AS TIMESTAMP_LTZ(3)) AS window_time
  FROM windows
)
SELECT
  name,
  window_time,
  total,
  event_time
FROM with_time;

-- cheap_by_name: the versions of cheap, each valid from its event time on.
CREATE TEMPORARY VIEW cheap_by_name AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    name,
    cost,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM cheap
  WINDOW same_time AS (PARTITION BY name ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    name,
    cost,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY name ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  name,
  cost,
  event_time
FROM numbered
WHERE age = 1 AND name IS NOT NULL;

-- totals_by_name: the versions of totals, each valid from its event time on.
CREATE TEMPORARY VIEW totals_by_name AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    name,
    total,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM totals
  WINDOW same_time AS (PARTITION BY name ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    name,
    total,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY name ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  name,
  total,
  event_time
FROM numbered
WHERE age = 1 AND name IS NOT NULL;

-- costs: each row of cheap.
CREATE TEMPORARY VIEW costs AS
WITH
-- Each row of cheap, with last of cheap by name, from the latest row at or before its time (NULL where there is none).
with_cheap AS (
  SELECT
    l.*,
    r.cost AS last
  FROM cheap AS l
  LEFT JOIN cheap_by_name FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.name = r.name
),
-- Each row of cheap, with total of totals by name, from the window that is current at its time (0 or NULL where none is).
with_totals AS (
  SELECT
    l.*,
    COALESCE(r.total, 0) AS total
  FROM with_cheap AS l
  LEFT JOIN totals_by_name FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.name = r.name
    AND l.event_time < CAST(CAST(r.event_time AS TIMESTAMP(3)) + INTERVAL '1' DAY AS TIMESTAMP_LTZ(3))
),
-- Each row of cheap, with so_far over the rows with its name from 1 day before its time up to it, both included.
last_1_day_by_name AS (
  SELECT
    COALESCE(SUM(cost) OVER last_1_day_by_name, 0) AS so_far,
    with_totals.*
  FROM with_totals
  WINDOW
    last_1_day_by_name AS (PARTITION BY name ORDER BY event_time RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW)
)
SELECT
  name,
  `time`,
  cost,
  last,
  total,
  so_far,
  event_time
FROM last_1_day_by_name;

-- The rows of costs.
SELECT name, `time`, cost, last, total, so_far
FROM costs;

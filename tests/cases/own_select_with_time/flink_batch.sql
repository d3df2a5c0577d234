-- costs, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'Asia/Shanghai';

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
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_numbered AS (
  SELECT
    cheap.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM cheap
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TIMESTAMPADD(DAY, window_number, CAST(FLOOR(CAST(TO_TIMESTAMP_LTZ(event_time, 3) AS TIMESTAMP(3)) TO DAY) AS DATE)) AS TIMESTAMP(3)) AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 AS window_end
  FROM rows_of_windows_numbered
),
-- total per name, over windows of 2 days of cheap that end every 1 day; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    name,
    window_end - 1 AS event_time,
    COALESCE(SUM(cost), 0) AS total
  FROM rows_of_windows
  GROUP BY name, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows
)
SELECT
  name,
  window_time,
  total,
  event_time
FROM with_time;

-- costs: each row of cheap.
CREATE TEMPORARY VIEW costs AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by name on one timeline.
with_cheap_timeline AS (
  SELECT
    name,
    cost,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<cost BIGINT>) AS version
  FROM cheap
  UNION ALL
  SELECT
    name,
    CAST(NULL AS BIGINT),
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(cost) AS ROW<cost BIGINT>)
  FROM cheap
  WHERE name IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by cost.
with_cheap_carried AS (
  SELECT
    name,
    cost,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_cheap_timeline
  WINDOW so_far AS (PARTITION BY name ORDER BY event_time, side, version.cost ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of cheap, with last of cheap by name, from the latest row at or before its time (NULL where there is none).
with_cheap AS (
  SELECT
    name,
    cost,
    `time`,
    event_time,
    version.cost AS last
  FROM with_cheap_carried
  WHERE side = 1
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by name on one timeline.
with_totals_timeline AS (
  SELECT
    name,
    cost,
    `time`,
    event_time,
    last,
    1 AS side,
    CAST(NULL AS ROW<total BIGINT, event_time BIGINT>) AS version
  FROM with_cheap
  UNION ALL
  SELECT
    name,
    CAST(NULL AS BIGINT),
    CAST(NULL AS STRING),
    event_time,
    CAST(NULL AS BIGINT),
    0,
    CAST(ROW(total, event_time) AS ROW<total BIGINT, event_time BIGINT>)
  FROM totals
  WHERE name IS NOT NULL
),
-- The same rows, each with the latest version at or before it.
with_totals_carried AS (
  SELECT
    name,
    cost,
    `time`,
    event_time,
    last,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_totals_timeline
  WINDOW so_far AS (PARTITION BY name ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of cheap, with total of totals by name, from the window that is current at its time (0 or NULL where none is).
with_totals AS (
  SELECT
    name,
    cost,
    `time`,
    event_time,
    last,
    COALESCE(CASE WHEN event_time < EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(CAST(TO_TIMESTAMP_LTZ(version.event_time, 3) AS TIMESTAMP(3)) + INTERVAL '1' DAY AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM CAST(CAST(TO_TIMESTAMP_LTZ(version.event_time, 3) AS TIMESTAMP(3)) + INTERVAL '1' DAY AS TIMESTAMP_LTZ(3))) THEN version.total END, 0) AS total
  FROM with_totals_carried
  WHERE side = 1
),
-- Each row of cheap, with so_far over the rows with its name from 1 day before its time up to it, both included.
with_windows AS (
  SELECT
    COALESCE(SUM(cost) OVER last_1_day_by_name, 0) AS so_far,
    with_totals.*
  FROM with_totals
  WINDOW
    last_1_day_by_name AS (PARTITION BY name ORDER BY event_time RANGE BETWEEN 86400000 PRECEDING AND CURRENT ROW)
)
SELECT
  name,
  `time`,
  cost,
  last,
  total,
  so_far,
  event_time
FROM with_windows;

-- The rows of costs.
SELECT name, `time`, cost, last, total, so_far
FROM costs;

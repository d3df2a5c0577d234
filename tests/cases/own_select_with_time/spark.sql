-- costs, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = Asia/Shanghai;

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

-- cheap_written: the SELECT of cheap, as its definition has it.
CREATE OR REPLACE TEMPORARY VIEW cheap_written AS
SELECT upper(p.name) AS name, cost, p.time, event_time
FROM purchases p
WHERE cost < 500;

-- cheap: the columns that its definition declares, in their types.
CREATE OR REPLACE TEMPORARY VIEW cheap AS
SELECT
  CAST(name AS STRING) AS name,
  CAST(cost AS BIGINT) AS cost,
  CAST(`time` AS STRING) AS `time`,
  event_time
FROM cheap_written;

-- totals: each name and window, stamped with its last millisecond.
CREATE OR REPLACE TEMPORARY VIEW totals AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    cheap.*,
    CAST(window_end_day AS TIMESTAMP) AS window_end
  FROM cheap
  LATERAL VIEW explode(sequence(CAST(event_time AS DATE) + 1, CAST(event_time AS DATE) + 1 + 1, INTERVAL 1 DAY)) AS window_end_day
),
-- total per name, over windows of 2 days of cheap that end every 1 day; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    name,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COALESCE(SUM(cost), 0) AS total
  FROM windows_of_rows
  GROUP BY name, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
  FROM windows
)
SELECT
  name,
  window_time,
  total,
  event_time
FROM with_time;

-- costs: each row of cheap.
CREATE OR REPLACE TEMPORARY VIEW costs AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by name on one timeline.
with_cheap_timeline AS (
  SELECT
    name,
    cost,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS STRUCT<cost: BIGINT>) AS version
  FROM cheap
  UNION ALL
  SELECT
    name,
    NULL,
    NULL,
    event_time,
    0,
    struct(cost)
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
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
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
    CAST(NULL AS STRUCT<total: BIGINT, event_time: TIMESTAMP>) AS version
  FROM with_cheap
  UNION ALL
  SELECT
    name,
    NULL,
    NULL,
    event_time,
    NULL,
    0,
    struct(total, event_time)
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
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
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
    COALESCE(CASE WHEN event_time < version.event_time + INTERVAL '1' DAY THEN version.total END, 0) AS total
  FROM with_totals_carried
  WHERE side = 1
),
-- Each row of cheap, with so_far over the rows with its name from 1 day before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    COALESCE(SUM(cost) OVER last_1_day_by_name, 0) AS so_far
  FROM with_totals
  WINDOW
    last_1_day_by_name AS (PARTITION BY name ORDER BY unix_millis(event_time) RANGE BETWEEN 86400000 PRECEDING AND CURRENT ROW)
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

-- group, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- order_stored: json files.
CREATE TEMPORARY TABLE order_stored (
  `select` STRING,
  `it's` STRING,
  `say "hi"` BIGINT,
  `back``tick` BIGINT,
  `two words; DROP TABLE x` BIGINT,
  `🎉 price` DOUBLE,
  `back\slash` STRING,
  `timestamp` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- the table; of `rates`_stored: json files.
CREATE TEMPORARY TABLE `the table; of ``rates``_stored` (
  `it's` STRING,
  `value` DOUBLE,
  `date` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'rates.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- order: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW `order` AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `timestamp`
        OR CAST('source order, column timestamp: cannot use the timestamp ' || COALESCE(`timestamp`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM order_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- the table; of `rates`: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW `the table; of ``rates``` AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`date`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `date`
        OR CAST('source the table; of `rates`, column date: cannot use the timestamp ' || COALESCE(`date`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`date`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM `the table; of ``rates``_stored`
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- group: each row of order.
CREATE TEMPORARY VIEW `group` AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by it's on one timeline.
`with_the table; of ``rates``_timeline` AS (
  SELECT
    `select`,
    `it's`,
    `say "hi"`,
    `back``tick`,
    `two words; DROP TABLE x`,
    `🎉 price`,
    `back\slash`,
    `timestamp`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<`value` DOUBLE>) AS version
  FROM `order`
  UNION ALL
  SELECT
    CAST(NULL AS STRING),
    `it's`,
    CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS STRING),
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(`value`) AS ROW<`value` DOUBLE>)
  FROM `the table; of ``rates```
  WHERE `it's` IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by value.
`with_the table; of ``rates``_carried` AS (
  SELECT
    `select`,
    `it's`,
    `say "hi"`,
    `back``tick`,
    `two words; DROP TABLE x`,
    `🎉 price`,
    `back\slash`,
    `timestamp`,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM `with_the table; of ``rates``_timeline`
  WINDOW so_far AS (PARTITION BY `it's` ORDER BY event_time, side, version.`value` ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of order, with table of the table; of `rates` by it's, from the latest row at or before its time (NULL where there is none).
`with_the table; of ``rates``` AS (
  SELECT
    `select`,
    `it's`,
    `say "hi"`,
    `back``tick`,
    `two words; DROP TABLE x`,
    `🎉 price`,
    `back\slash`,
    `timestamp`,
    event_time,
    version.`value` AS `table`
  FROM `with_the table; of ``rates``_carried`
  WHERE side = 1
),
-- Each row of order, with where; -- and user computed from it.
with_expressions AS (
  SELECT
    *,
    `say "hi"` + `back``tick` * `two words; DROP TABLE x` AS `where; --`,
    UPPER(`back\slash`) AS `user`
  FROM `with_the table; of ``rates```
),
-- Each row of order, with each feature over its window, named below.
with_windows AS (
  SELECT
    COUNT(*) OVER last_1_minute_by_select AS `count`,
    COALESCE(SUM(`🎉 price`) OVER `all_so_far_by_it's_and_select`, 0) AS `'s 🎉`,
    with_expressions.*
  FROM with_expressions
  WINDOW
    last_1_minute_by_select AS (PARTITION BY `select` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW),
    `all_so_far_by_it's_and_select` AS (PARTITION BY `it's`, `select` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
  `select`,
  `it's`,
  `say "hi"`,
  `back``tick`,
  `two words; DROP TABLE x`,
  `🎉 price`,
  `back\slash`,
  `timestamp`,
  `table`,
  `where; --`,
  `count`,
  `'s 🎉`,
  `user`,
  event_time
FROM with_windows;

-- The rows of group.
SELECT `select`, `it's`, `say "hi"`, `back``tick`, `two words; DROP TABLE x`, `🎉 price`, `back\slash`, `timestamp`, `table`, `where; --`, `count`, `'s 🎉`, `user`
FROM `group`;

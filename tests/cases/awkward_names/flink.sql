-- group, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- group, feature 'count': the rows of order and the table; of `rates` come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- order: json files.
CREATE TEMPORARY TABLE `order` (
  `select` STRING,
  `it's` STRING,
  `say "hi"` BIGINT,
  `back``tick` BIGINT,
  `two words; DROP TABLE x` BIGINT,
  `🎉 price` DOUBLE,
  `back\slash` STRING,
  `timestamp` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `timestamp` AND CAST(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source order, column timestamp: cannot use the timestamp ' || COALESCE(`timestamp`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`timestamp`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- the table; of `rates`: json files.
CREATE TEMPORARY TABLE `the table; of ``rates``` (
  `it's` STRING,
  `value` DOUBLE,
  `date` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`date`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `date` AND CAST(TO_TIMESTAMP(`date`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source the table; of `rates`, column date: cannot use the timestamp ' || COALESCE(`date`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`date`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'rates.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- the table; of `rates`_by_it's: the versions of the table; of `rates`, each valid from its event time on.
CREATE TEMPORARY VIEW `the table; of ``rates``_by_it's` AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    `it's`,
    `value`,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM `the table; of ``rates```
  WINDOW same_time AS (PARTITION BY `it's` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    `it's`,
    `value`,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY `it's` ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  `it's`,
  `value`,
  event_time
FROM numbered
WHERE age = 1 AND `it's` IS NOT NULL;

-- group: each row of order.
CREATE TEMPORARY VIEW `group` AS
WITH
-- Each row of order, with table of the table; of `rates` by it's, from the latest row at or before its time (NULL where there is none).
`with_the table; of ``rates``` AS (
  SELECT
    l.*,
    r.`value` AS `table`
  FROM `order` AS l
  LEFT JOIN `the table; of ``rates``_by_it's` FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.`it's` = r.`it's`
),
-- Each row of order, with where; -- and user computed from it.
with_expressions AS (
  SELECT
    *,
    `say "hi"` + `back``tick` * `two words; DROP TABLE x` AS `where; --`,
    UPPER(`back\slash`) AS `user`
  FROM `with_the table; of ``rates```
),
-- Each row of order, with count over the rows with its select from 1 minute before its time up to it, both included.
last_1_minute_by_select AS (
  SELECT
    COUNT(*) OVER last_1_minute_by_select AS `count`,
    with_expressions.*
  FROM with_expressions
  WINDOW
    last_1_minute_by_select AS (PARTITION BY `select` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of order, with 's 🎉 over the rows with its it's and select up to its time.
`all_so_far_by_it's_and_select` AS (
  SELECT
    COALESCE(SUM(`🎉 price`) OVER `all_so_far_by_it's_and_select`, 0) AS `'s 🎉`,
    last_1_minute_by_select.*
  FROM last_1_minute_by_select
  WINDOW
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
FROM `all_so_far_by_it's_and_select`;

-- The rows of group.
SELECT `select`, `it's`, `say "hi"`, `back``tick`, `two words; DROP TABLE x`, `🎉 price`, `back\slash`, `timestamp`, `table`, `where; --`, `count`, `'s 🎉`, `user`
FROM `group`;

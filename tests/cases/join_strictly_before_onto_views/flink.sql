-- training_set, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases: json files.
CREATE TEMPORARY TABLE purchases (
  item STRING,
  number BIGINT,
  `at` BIGINT,
  event_time AS TIMESTAMP '1970-01-01 00:00:00.000' + (CASE
    WHEN `at` BETWEEN -62135596800000 AND 253402300799999 AND TO_TIMESTAMP_LTZ(`at`, 3) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source purchases, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
    THEN TO_TIMESTAMP_LTZ(`at`, 3)
  END - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchases.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- prices: json files.
CREATE TEMPORARY TABLE prices (
  item STRING,
  price DOUBLE,
  window_end BIGINT,
  `at` BIGINT,
  event_time AS TIMESTAMP '1970-01-01 00:00:00.000' + (CASE
    WHEN `at` BETWEEN -62135596800000 AND 253402300799999 AND TO_TIMESTAMP_LTZ(`at`, 3) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source prices, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
    THEN TO_TIMESTAMP_LTZ(`at`, 3)
  END - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'prices.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- numbers_numbers: numbers of rows.
CREATE TEMPORARY TABLE numbers_numbers (
  `row_number` BIGINT,
  event_time AS TIMESTAMP '1970-01-01 00:00:00.000' + (TO_TIMESTAMP_LTZ((1667712600 + `row_number`) * 1000, 3) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '1000000000',
  'fields.row_number.kind' = 'sequence',
  'fields.row_number.start' = '0',
  'fields.row_number.end' = '3'
);

-- rated: each row of prices.
CREATE TEMPORARY VIEW rated AS
WITH
-- Each row of prices, with rate computed from it.
with_expressions AS (
  SELECT
    *,
    price * 2 AS rate
  FROM prices
)
SELECT
  item,
  price,
  window_end,
  `at`,
  rate,
  event_time
FROM with_expressions;

-- lately: each item and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW lately AS
WITH
-- The columns that the windows need, beside those that they will have.
windows_input AS (
  SELECT
    event_time,
    item,
    price
  FROM prices
),
-- total per item, over windows of 2 minutes of prices that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    item,
    window_time AS event_time,
    COALESCE(SUM(price), 0) AS total
  FROM TABLE(HOP(TABLE windows_input, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE))
  GROUP BY item, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(TO_TIMESTAMP_LTZ(CAST(event_time AS STRING), 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC') AS TIMESTAMP_LTZ(3)) AS window_time
  FROM windows
)
SELECT
  item,
  window_time,
  total,
  event_time
FROM with_time;

-- numbers: rows that are made up, the same in every run.
CREATE TEMPORARY VIEW numbers AS
SELECT
  1 + `row_number` AS number,
  1667712600 + `row_number` AS t,
  event_time
FROM numbers_numbers;

-- rated_a_millisecond_later_by_item: the versions of rated_a_millisecond_later, each valid from its event time on.
CREATE TEMPORARY VIEW rated_a_millisecond_later_by_item AS
WITH
-- The rows, beside columns that the windows will have.
a_millisecond_later_input AS (
  SELECT
    event_time,
    item,
    price,
    window_end AS window_end_of_row,
    `at`,
    rate
  FROM rated
),
-- The rows one millisecond later, each at the second and last one of the window that begins with it.
a_millisecond_later AS (
  SELECT
    item,
    price,
    window_end_of_row AS window_end,
    `at`,
    rate,
    window_time AS event_time
  FROM TABLE(HOP(TABLE a_millisecond_later_input, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND, INTERVAL '0.002' SECOND))
  WHERE window_start = CAST(event_time AS TIMESTAMP(3))
),
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    item,
    window_end,
    rate,
    event_time,
    MAX(rate) OVER same_time AS greatest_rate
  FROM a_millisecond_later
  WINDOW same_time AS (PARTITION BY item ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the greatest rate counts.
numbered AS (
  SELECT
    item,
    window_end,
    rate,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY item ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE rate IS NOT DISTINCT FROM greatest_rate
)
SELECT
  item,
  window_end,
  rate,
  event_time
FROM numbered
WHERE age = 1 AND item IS NOT NULL;

-- rated_by_item: the versions of rated, each valid from its event time on.
CREATE TEMPORARY VIEW rated_by_item AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    item,
    rate,
    event_time,
    MAX(rate) OVER same_time AS greatest_rate
  FROM rated
  WINDOW same_time AS (PARTITION BY item ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the greatest rate counts.
numbered AS (
  SELECT
    item,
    rate,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY item ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE rate IS NOT DISTINCT FROM greatest_rate
)
SELECT
  item,
  rate,
  event_time
FROM numbered
WHERE age = 1 AND item IS NOT NULL;

-- lately_a_millisecond_later_by_item: the versions of lately_a_millisecond_later, each valid from its event time on.
CREATE TEMPORARY VIEW lately_a_millisecond_later_by_item AS
WITH
-- The rows, beside columns that the windows will have.
a_millisecond_later_input AS (
  SELECT
    event_time,
    item,
    window_time AS window_time_of_row,
    total
  FROM lately
),
-- The rows one millisecond later, each at the second and last one of the window that begins with it.
a_millisecond_later AS (
  SELECT
    item,
    window_time_of_row AS window_time,
    total,
    window_time AS event_time
  FROM TABLE(HOP(TABLE a_millisecond_later_input, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND, INTERVAL '0.002' SECOND))
  WHERE window_start = CAST(event_time AS TIMESTAMP(3))
),
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    item,
    total,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM a_millisecond_later
  WINDOW same_time AS (PARTITION BY item ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    item,
    total,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY item ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  item,
  total,
  event_time
FROM numbered
WHERE age = 1 AND item IS NOT NULL;

-- lately_by_item: the versions of lately, each valid from its event time on.
CREATE TEMPORARY VIEW lately_by_item AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    item,
    total,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM lately
  WINDOW same_time AS (PARTITION BY item ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    item,
    total,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY item ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  item,
  total,
  event_time
FROM numbered
WHERE age = 1 AND item IS NOT NULL;

-- numbers_a_millisecond_later_by_number: the versions of numbers_a_millisecond_later, each valid from its event time on.
CREATE TEMPORARY VIEW numbers_a_millisecond_later_by_number AS
WITH
-- The rows one millisecond later, each at the second and last one of the window that begins with it.
a_millisecond_later AS (
  SELECT
    number,
    t,
    window_time AS event_time
  FROM TABLE(HOP(TABLE numbers, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND, INTERVAL '0.002' SECOND))
  WHERE window_start = CAST(event_time AS TIMESTAMP(3))
),
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    number,
    t,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM a_millisecond_later
  WINDOW same_time AS (PARTITION BY number ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    number,
    t,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY number ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  number,
  t,
  event_time
FROM numbered
WHERE age = 1 AND number IS NOT NULL;

-- training_set: each row of purchases.
CREATE TEMPORARY VIEW training_set AS
WITH
-- Each row of purchases, with rate and ended of rated by item, from the latest row before its time (NULL where there is none).
with_rated AS (
  SELECT
    l.*,
    r.rate,
    r.window_end AS ended
  FROM purchases AS l
  LEFT JOIN rated_a_millisecond_later_by_item FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item = r.item
),
-- Each row of purchases, with rate_now of rated by item, from the latest row at or before its time (NULL where there is none).
with_rated_2 AS (
  SELECT
    l.*,
    r.rate AS rate_now
  FROM with_rated AS l
  LEFT JOIN rated_by_item FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item = r.item
),
-- Each row of purchases, with rate_lately of rated by item, from the latest row before its time, at most 1 minute old (NULL where there is none).
with_rated_3 AS (
  SELECT
    l.*,
    r.rate AS rate_lately
  FROM with_rated_2 AS l
  LEFT JOIN rated_a_millisecond_later_by_item FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item = r.item
    AND r.event_time >= l.event_time - INTERVAL '59.999' SECOND
),
-- Each row of purchases, with total of lately by item, from the window that is current at its time (0 or NULL where none is).
with_lately AS (
  SELECT
    l.*,
    COALESCE(r.total, 0) AS total
  FROM with_rated_3 AS l
  LEFT JOIN lately_a_millisecond_later_by_item FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item = r.item
    AND l.event_time < r.event_time + INTERVAL '59.999' SECOND
),
-- Each row of purchases, with total_now of lately by item, from the window that is current at its time (0 or NULL where none is).
with_lately_2 AS (
  SELECT
    l.*,
    COALESCE(r.total, 0) AS total_now
  FROM with_lately AS l
  LEFT JOIN lately_by_item FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item = r.item
    AND l.event_time < r.event_time + INTERVAL '1' MINUTE
),
-- Each row of purchases, with made_at of numbers by number, from the latest row before its time (NULL where there is none).
with_numbers AS (
  SELECT
    l.*,
    r.t AS made_at
  FROM with_lately_2 AS l
  LEFT JOIN numbers_a_millisecond_later_by_number FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.number = r.number
)
SELECT
  item,
  number,
  `at`,
  rate,
  ended,
  rate_now,
  rate_lately,
  total,
  total_now,
  made_at,
  event_time
FROM with_numbers;

-- The rows of training_set.
SELECT item, number, `at`, rate, ended, rate_now, rate_lately, total, total_now, made_at
FROM training_set;

-- training_set, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- purchases_stored: json files.
CREATE TEMPORARY TABLE purchases_stored (
  item STRING,
  number BIGINT,
  `at` BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = 'purchases.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- prices_stored: json files.
CREATE TEMPORARY TABLE prices_stored (
  item STRING,
  price DOUBLE,
  window_end BIGINT,
  `at` BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = 'prices.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- numbers_numbers_stored: numbers of rows.
CREATE TEMPORARY TABLE numbers_numbers_stored (
  `row_number` BIGINT
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '1000000000',
  'fields.row_number.kind' = 'sequence',
  'fields.row_number.start' = '0',
  'fields.row_number.end' = '3',
  'number-of-rows' = '4'
);

-- purchases: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW purchases AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN `at` BETWEEN -62135596800000 AND 253402300799999
        OR CAST('source purchases, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
      THEN CAST(`at` AS BIGINT)
    END AS event_time
  FROM purchases_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- prices: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW prices AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN `at` BETWEEN -62135596800000 AND 253402300799999
        OR CAST('source prices, column at: cannot use the timestamp ' || COALESCE(CAST(`at` AS STRING), 'NULL') AS BOOLEAN)
      THEN CAST(`at` AS BIGINT)
    END AS event_time
  FROM prices_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- numbers_numbers: each number, with the event time of its row.
CREATE TEMPORARY VIEW numbers_numbers AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    (1667712600 + `row_number`) * 1000 AS event_time
  FROM numbers_numbers_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

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
-- Each row 2 times: once for each window that holds it, from the first on.
rows_of_windows_numbered AS (
  SELECT
    windows_input.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM windows_input
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 1), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_numbered
),
-- total per item, over windows of 2 minutes of prices that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    item,
    window_end - 1 AS event_time,
    COALESCE(SUM(price), 0) AS total
  FROM rows_of_windows
  GROUP BY item, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
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

-- training_set: each row of purchases.
CREATE TEMPORARY VIEW training_set AS
WITH
-- The rows to be joined (side 0) and the versions that they may match (side 1), by item on one timeline.
with_rated_timeline AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    0 AS side,
    CAST(NULL AS ROW<rate DOUBLE, window_end BIGINT>) AS version
  FROM purchases
  UNION ALL
  SELECT
    item,
    CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT),
    event_time,
    1,
    CAST(ROW(rate, window_end) AS ROW<rate DOUBLE, window_end BIGINT>)
  FROM rated
  WHERE item IS NOT NULL
),
-- The same rows, each with the latest version before it; of versions of one time, the greatest by rate, then window_end.
with_rated_carried AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_rated_timeline
  WINDOW so_far AS (PARTITION BY item ORDER BY event_time, side, version.rate, version.window_end ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with rate and ended of rated by item, from the latest row before its time (NULL where there is none).
with_rated AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    version.rate,
    version.window_end AS ended
  FROM with_rated_carried
  WHERE side = 0
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item on one timeline.
with_rated_2_timeline AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    1 AS side,
    CAST(NULL AS ROW<rate DOUBLE>) AS version
  FROM with_rated
  UNION ALL
  SELECT
    item,
    CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT),
    event_time,
    CAST(NULL AS DOUBLE),
    CAST(NULL AS BIGINT),
    0,
    CAST(ROW(rate) AS ROW<rate DOUBLE>)
  FROM rated
  WHERE item IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by rate.
with_rated_2_carried AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_rated_2_timeline
  WINDOW so_far AS (PARTITION BY item ORDER BY event_time, side, version.rate ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with rate_now of rated by item, from the latest row at or before its time (NULL where there is none).
with_rated_2 AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    version.rate AS rate_now
  FROM with_rated_2_carried
  WHERE side = 1
),
-- The rows to be joined (side 0) and the versions that they may match (side 1), by item on one timeline.
with_rated_3_timeline AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    rate_now,
    0 AS side,
    CAST(NULL AS ROW<rate DOUBLE, event_time BIGINT>) AS version
  FROM with_rated_2
  UNION ALL
  SELECT
    item,
    CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT),
    event_time,
    CAST(NULL AS DOUBLE),
    CAST(NULL AS BIGINT),
    CAST(NULL AS DOUBLE),
    1,
    CAST(ROW(rate, event_time) AS ROW<rate DOUBLE, event_time BIGINT>)
  FROM rated
  WHERE item IS NOT NULL
),
-- The same rows, each with the latest version before it; of versions of one time, the greatest by rate.
with_rated_3_carried AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    rate_now,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_rated_3_timeline
  WINDOW so_far AS (PARTITION BY item ORDER BY event_time, side, version.rate ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with rate_lately of rated by item, from the latest row before its time, at most 1 minute old (NULL where there is none).
with_rated_3 AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    rate_now,
    CASE WHEN version.event_time >= event_time - 60000 THEN version.rate END AS rate_lately
  FROM with_rated_3_carried
  WHERE side = 0
),
-- The rows to be joined (side 0) and the versions that they may match (side 1), by item on one timeline.
with_lately_timeline AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    rate_now,
    rate_lately,
    0 AS side,
    CAST(NULL AS ROW<total DOUBLE, event_time BIGINT>) AS version
  FROM with_rated_3
  UNION ALL
  SELECT
    item,
    CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT),
    event_time,
    CAST(NULL AS DOUBLE),
    CAST(NULL AS BIGINT),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS DOUBLE),
    1,
    CAST(ROW(total, event_time) AS ROW<total DOUBLE, event_time BIGINT>)
  FROM lately
  WHERE item IS NOT NULL
),
-- The same rows, each with the latest version before it.
with_lately_carried AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    rate_now,
    rate_lately,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_lately_timeline
  WINDOW so_far AS (PARTITION BY item ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with total of lately by item, from the window that is current at its time (0 or NULL where none is).
with_lately AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    rate_now,
    rate_lately,
    COALESCE(CASE WHEN event_time < version.event_time + 60000 THEN version.total END, 0) AS total
  FROM with_lately_carried
  WHERE side = 0
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item on one timeline.
with_lately_2_timeline AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    rate_now,
    rate_lately,
    total,
    1 AS side,
    CAST(NULL AS ROW<total DOUBLE, event_time BIGINT>) AS version
  FROM with_lately
  UNION ALL
  SELECT
    item,
    CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT),
    event_time,
    CAST(NULL AS DOUBLE),
    CAST(NULL AS BIGINT),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS DOUBLE),
    0,
    CAST(ROW(total, event_time) AS ROW<total DOUBLE, event_time BIGINT>)
  FROM lately
  WHERE item IS NOT NULL
),
-- The same rows, each with the latest version at or before it.
with_lately_2_carried AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    rate_now,
    rate_lately,
    total,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_lately_2_timeline
  WINDOW so_far AS (PARTITION BY item ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with total_now of lately by item, from the window that is current at its time (0 or NULL where none is).
with_lately_2 AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    rate_now,
    rate_lately,
    total,
    COALESCE(CASE WHEN event_time < version.event_time + 60000 THEN version.total END, 0) AS total_now
  FROM with_lately_2_carried
  WHERE side = 1
),
-- The rows to be joined (side 0) and the versions that they may match (side 1), by number on one timeline.
with_numbers_timeline AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    rate_now,
    rate_lately,
    total,
    total_now,
    0 AS side,
    CAST(NULL AS ROW<t BIGINT>) AS version
  FROM with_lately_2
  UNION ALL
  SELECT
    CAST(NULL AS STRING),
    number,
    CAST(NULL AS BIGINT),
    event_time,
    CAST(NULL AS DOUBLE),
    CAST(NULL AS BIGINT),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS DOUBLE),
    1,
    CAST(ROW(t) AS ROW<t BIGINT>)
  FROM numbers
  WHERE number IS NOT NULL
),
-- The same rows, each with the latest version before it; of versions of one time, the greatest by t.
with_numbers_carried AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    rate_now,
    rate_lately,
    total,
    total_now,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_numbers_timeline
  WINDOW so_far AS (PARTITION BY number ORDER BY event_time, side, version.t ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of purchases, with made_at of numbers by number, from the latest row before its time (NULL where there is none).
with_numbers AS (
  SELECT
    item,
    number,
    `at`,
    event_time,
    rate,
    ended,
    rate_now,
    rate_lately,
    total,
    total_now,
    version.t AS made_at
  FROM with_numbers_carried
  WHERE side = 0
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

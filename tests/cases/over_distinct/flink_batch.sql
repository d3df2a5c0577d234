-- events_with_windows, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  shop STRING,
  price DOUBLE,
  cents DECIMAL(10, 2),
  `day` DATE,
  code BYTES,
  `member` BOOLEAN,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- events_with_windows: each row of events.
CREATE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row of events, with each feature over its window, named below, the values of shops, dear_shops, prices, amounts, days, codes, kinds and shops_so_far in lists.
with_windows_in_lists AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(shop) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS shops_values,
    ARRAY_REMOVE(ARRAY_AGG(CASE WHEN price > 1 THEN shop END) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS dear_shops_values,
    ARRAY_REMOVE(ARRAY_AGG(CASE WHEN price = 0 THEN ABS(price) ELSE price END) OVER last_1_minute_by_user, CAST(NULL AS DOUBLE)) AS prices_values,
    ARRAY_REMOVE(ARRAY_AGG(cents) OVER last_1_minute_by_user, CAST(NULL AS DECIMAL(10, 2))) AS amounts_values,
    ARRAY_REMOVE(ARRAY_AGG(`day`) OVER last_1_minute_by_user, CAST(NULL AS DATE)) AS days_values,
    ARRAY_REMOVE(ARRAY_AGG(DECODE(code, 'ISO-8859-1')) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS codes_values,
    ARRAY_REMOVE(ARRAY_AGG(`member`) OVER last_1_minute_by_user, CAST(NULL AS BOOLEAN)) AS kinds_values,
    ARRAY_REMOVE(ARRAY_AGG(shop) OVER all_so_far, CAST(NULL AS STRING)) AS shops_so_far_values,
    events.*
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW),
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    CAST(COALESCE(CARDINALITY(ARRAY_DISTINCT(shops_values)), 0) AS BIGINT) AS shops,
    CAST(COALESCE(CARDINALITY(ARRAY_DISTINCT(dear_shops_values)), 0) AS BIGINT) AS dear_shops,
    CAST(COALESCE(CARDINALITY(ARRAY_DISTINCT(prices_values)), 0) AS BIGINT) AS prices,
    CAST(COALESCE(CARDINALITY(ARRAY_DISTINCT(amounts_values)), 0) AS BIGINT) AS amounts,
    CAST(COALESCE(CARDINALITY(ARRAY_DISTINCT(days_values)), 0) AS BIGINT) AS days,
    CAST(COALESCE(CARDINALITY(ARRAY_DISTINCT(codes_values)), 0) AS BIGINT) AS codes,
    CAST(COALESCE(CARDINALITY(ARRAY_DISTINCT(kinds_values)), 0) AS BIGINT) AS kinds,
    CAST(COALESCE(CARDINALITY(ARRAY_DISTINCT(shops_so_far_values)), 0) AS BIGINT) AS shops_so_far
  FROM with_windows_in_lists
)
SELECT
  `user`,
  `time`,
  shops,
  dear_shops,
  prices,
  amounts,
  days,
  codes,
  kinds,
  shops_so_far,
  event_time
FROM with_windows;

-- The rows of events_with_windows.
SELECT `user`, `time`, shops, dear_shops, prices, amounts, days, codes, kinds, shops_so_far
FROM events_with_windows;

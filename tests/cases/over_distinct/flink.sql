-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'shops, dear_shops, prices, amounts, days, codes, kinds': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  shop STRING,
  price DOUBLE,
  cents DECIMAL(10, 2),
  `day` DATE,
  code BYTES,
  `member` BOOLEAN,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events_with_windows: each row of events.
CREATE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row of events, with shops, dear_shops, prices, amounts, days, codes and kinds over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user AS (
  SELECT
    COUNT(DISTINCT shop) OVER last_1_minute_by_user AS shops,
    COUNT(DISTINCT CASE WHEN price > 1 THEN shop END) OVER last_1_minute_by_user AS dear_shops,
    COUNT(DISTINCT CASE WHEN price = 0 THEN ABS(price) ELSE price END) OVER last_1_minute_by_user AS prices,
    COUNT(DISTINCT cents) OVER last_1_minute_by_user AS amounts,
    COUNT(DISTINCT `day`) OVER last_1_minute_by_user AS days,
    COUNT(DISTINCT DECODE(code, 'ISO-8859-1')) OVER last_1_minute_by_user AS codes,
    COUNT(DISTINCT `member`) OVER last_1_minute_by_user AS kinds,
    events.*
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with shops_so_far over all rows up to its time.
all_so_far AS (
  SELECT
    COUNT(DISTINCT shop) OVER all_so_far AS shops_so_far,
    last_1_minute_by_user.*
  FROM last_1_minute_by_user
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
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
FROM all_so_far;

-- The rows of events_with_windows.
SELECT `user`, `time`, shops, dear_shops, prices, amounts, days, codes, kinds, shops_so_far
FROM events_with_windows;

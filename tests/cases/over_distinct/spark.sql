-- events_with_windows, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  `user` STRING,
  shop STRING,
  price DOUBLE,
  cents DECIMAL(10, 2),
  `day` DATE,
  code BINARY,
  `member` BOOLEAN,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- events_with_windows: each row of events.
CREATE OR REPLACE TEMPORARY VIEW events_with_windows AS
WITH
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    CAST(size(collect_set(shop) OVER last_1_minute_by_user) AS BIGINT) AS shops,
    CAST(size(collect_set(CASE WHEN price > 1 THEN shop END) OVER last_1_minute_by_user) AS BIGINT) AS dear_shops,
    CAST(size(collect_set(price) OVER last_1_minute_by_user) AS BIGINT) AS prices,
    CAST(size(collect_set(cents) OVER last_1_minute_by_user) AS BIGINT) AS amounts,
    CAST(size(collect_set(`day`) OVER last_1_minute_by_user) AS BIGINT) AS days,
    CAST(size(collect_set(code) OVER last_1_minute_by_user) AS BIGINT) AS codes,
    CAST(size(collect_set(`member`) OVER last_1_minute_by_user) AS BIGINT) AS kinds,
    CAST(size(collect_set(shop) OVER all_so_far) AS BIGINT) AS shops_so_far
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW),
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
FROM with_windows;

-- The rows of events_with_windows.
SELECT `user`, `time`, shops, dear_shops, prices, amounts, days, codes, kinds, shops_so_far
FROM events_with_windows;

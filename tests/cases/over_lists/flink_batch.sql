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
  `count` BIGINT,
  `day` DATE,
  `member` BOOLEAN,
  tags ARRAY<BIGINT>,
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
-- The rows of one time in the order that counts for shops and dear_shops: an OVER takes them as they come.
with_windows_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, shop) AS place
    FROM events
  )
  WHERE place > 0
),
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(shop) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS shops,
    ARRAY_REMOVE(ARRAY_AGG(CASE WHEN price > 1 THEN shop END) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS dear_shops,
    with_windows_in_order.*
  FROM with_windows_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for shops_by_count: an OVER takes them as they come.
with_windows_2_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    shops,
    dear_shops
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, `count`, shop) AS place
    FROM with_windows
  )
  WHERE place > 0
),
-- Each row of events, with each feature over its window, named below.
with_windows_2 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(shop) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS shops_by_count,
    with_windows_2_in_order.*
  FROM with_windows_2_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for counts: an OVER takes them as they come.
with_windows_3_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    shops,
    dear_shops,
    shops_by_count
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, `count`) AS place
    FROM with_windows_2
  )
  WHERE place > 0
),
-- Each row of events, with each feature over its window, named below.
with_windows_3 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(`count`) OVER last_1_minute_by_user, CAST(NULL AS BIGINT)) AS counts,
    with_windows_3_in_order.*
  FROM with_windows_3_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for all_tags: an OVER takes them as they come.
with_windows_4_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    shops,
    dear_shops,
    shops_by_count,
    counts
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, tags) AS place
    FROM with_windows_3
  )
  WHERE place > 0
),
-- Each row of events, with each feature over its window, named below.
with_windows_4 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(tags) OVER last_1_minute_by_user, CAST(NULL AS ARRAY<BIGINT>)) AS all_tags,
    with_windows_4_in_order.*
  FROM with_windows_4_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- Each row, with what last_2_so_far reads of it, if it counts.
last_2_so_far_read AS (
  SELECT
    *,
    (price > 1) IS TRUE AS last_2_so_far_counts
  FROM with_windows_4
),
-- Each row, with last_2_so_far of the latest rows of those that count, itself the last, and its place.
last_2_so_far_of_latest AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(shop) OVER latest_2_by_user_and_last_2_so_far_counts, CAST(NULL AS STRING)) AS last_2_so_far_of_latest,
    COUNT(*) OVER in_order_by_user_and_last_2_so_far_counts AS last_2_so_far_place,
    last_2_so_far_read.*
  FROM last_2_so_far_read
  WINDOW
    latest_2_by_user_and_last_2_so_far_counts AS (PARTITION BY `user`, last_2_so_far_counts ORDER BY event_time, shop ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user_and_last_2_so_far_counts AS (PARTITION BY `user`, last_2_so_far_counts ORDER BY event_time, shop ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- last_2_so_far of each row that counts, in an array: NULL in it is a value, too.
last_2_so_far_held AS (
  SELECT
    *,
    CASE WHEN last_2_so_far_counts THEN CAST(ARRAY[last_2_so_far_of_latest] AS ARRAY<ARRAY<STRING>>) END AS last_2_so_far_held
  FROM last_2_so_far_of_latest
),
-- The rows of one time in the order that counts for last_2_so_far_carried: an OVER takes them as they come.
last_2_so_far_latest_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    shops,
    dear_shops,
    shops_by_count,
    counts,
    all_tags,
    last_2_so_far_counts,
    last_2_so_far_of_latest,
    last_2_so_far_place,
    last_2_so_far_held
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, last_2_so_far_place) AS place
    FROM last_2_so_far_held
  )
  WHERE place > 0
),
-- Each row, with last_2_so_far of the latest rows that there are up to its time.
last_2_so_far_latest AS (
  SELECT
    LAST_VALUE(last_2_so_far_held) OVER so_far_by_user AS last_2_so_far_carried,
    last_2_so_far_latest_in_order.*
  FROM last_2_so_far_latest_in_order
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with last_2_so_far_rows, which any order of the rows gives.
last_2_so_far_whole_in_any_order AS (
  SELECT
    COUNT(CASE WHEN last_2_so_far_counts THEN 1 END) OVER all_so_far_by_user AS last_2_so_far_rows,
    last_2_so_far_latest.*
  FROM last_2_so_far_latest
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for last_2_so_far_whole: an OVER takes them as they come.
last_2_so_far_whole_in_order AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    shops,
    dear_shops,
    shops_by_count,
    counts,
    all_tags,
    last_2_so_far_counts,
    last_2_so_far_of_latest,
    last_2_so_far_place,
    last_2_so_far_held,
    last_2_so_far_carried,
    last_2_so_far_rows
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, shop) AS place
    FROM last_2_so_far_whole_in_any_order
  )
  WHERE place > 0
),
-- Each row, with last_2_so_far of the whole window, and of how many rows.
last_2_so_far_whole AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(CASE WHEN last_2_so_far_counts THEN shop END) OVER all_so_far_by_user, CAST(NULL AS STRING)) AS last_2_so_far_whole,
    last_2_so_far_whole_in_order.*
  FROM last_2_so_far_whole_in_order
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with last_2_so_far of no more than the latest.
last_2_so_far_limited AS (
  SELECT
    `user`,
    shop,
    price,
    cents,
    `count`,
    `day`,
    `member`,
    tags,
    `time`,
    event_time,
    shops,
    shops_by_count,
    dear_shops,
    counts,
    all_tags,
    CASE WHEN last_2_so_far_rows > 2 THEN last_2_so_far_carried[1] ELSE last_2_so_far_whole END AS last_2_so_far
  FROM last_2_so_far_whole
)
SELECT
  `user`,
  `time`,
  shops,
  shops_by_count,
  dear_shops,
  last_2_so_far,
  counts,
  all_tags,
  event_time
FROM last_2_so_far_limited;

-- The rows of events_with_windows.
SELECT `user`, `time`, shops, shops_by_count, dear_shops, last_2_so_far, counts, all_tags
FROM events_with_windows;

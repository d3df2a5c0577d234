-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'shops, shops_by_count, dear_shops, counts, all_tags': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

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
  `count` BIGINT,
  `day` DATE,
  `member` BOOLEAN,
  tags ARRAY<BIGINT>,
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
    window_time AS event_time
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY shop) AS place
    FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row of events, with shops and dear_shops over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(shop) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS shops,
    ARRAY_REMOVE(ARRAY_AGG(CASE WHEN price > 1 THEN shop END) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS dear_shops,
    with_windows_in_order.*
  FROM with_windows_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
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
    window_time AS event_time,
    shops,
    dear_shops
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY `count`, shop) AS place
    FROM TABLE(TUMBLE(TABLE last_1_minute_by_user, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row of events, with shops_by_count over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_2 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(shop) OVER last_1_minute_by_user, CAST(NULL AS STRING)) AS shops_by_count,
    with_windows_2_in_order.*
  FROM with_windows_2_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
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
    window_time AS event_time,
    shops,
    dear_shops,
    shops_by_count
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY `count`) AS place
    FROM TABLE(TUMBLE(TABLE last_1_minute_by_user_2, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row of events, with counts over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_3 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(`count`) OVER last_1_minute_by_user, CAST(NULL AS BIGINT)) AS counts,
    with_windows_3_in_order.*
  FROM with_windows_3_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
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
    window_time AS event_time,
    shops,
    dear_shops,
    shops_by_count,
    counts
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY tags) AS place
    FROM TABLE(TUMBLE(TABLE last_1_minute_by_user_3, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row of events, with all_tags over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_4 AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(tags) OVER last_1_minute_by_user, CAST(NULL AS ARRAY<BIGINT>)) AS all_tags,
    with_windows_4_in_order.*
  FROM with_windows_4_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with what last_2_so_far reads of it, if it counts.
last_2_so_far_read AS (
  SELECT
    *,
    (price > 1) IS TRUE AS last_2_so_far_counts
  FROM last_1_minute_by_user_4
),
-- The rows of one time in the order that counts for last_2_so_far_of_latest and last_2_so_far_place: an OVER takes them as they come.
last_2_so_far_of_latest_in_order AS (
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
    window_time AS event_time,
    shops,
    dear_shops,
    shops_by_count,
    counts,
    all_tags,
    last_2_so_far_counts
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user`, last_2_so_far_counts ORDER BY shop) AS place
    FROM TABLE(TUMBLE(TABLE last_2_so_far_read, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with last_2_so_far of the latest rows of those that count, itself the last, and its place.
last_2_so_far_of_latest AS (
  SELECT
    ARRAY_REMOVE(ARRAY_AGG(shop) OVER latest_2_by_user_and_last_2_so_far_counts, CAST(NULL AS STRING)) AS last_2_so_far_of_latest,
    last_2_so_far_of_latest_in_order.*
  FROM last_2_so_far_of_latest_in_order
  WINDOW
    latest_2_by_user_and_last_2_so_far_counts AS (PARTITION BY `user`, last_2_so_far_counts ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- last_2_so_far of each row that counts, in an array: NULL in it is a value, too.
last_2_so_far_held AS (
  SELECT
    *,
    CASE WHEN last_2_so_far_counts THEN CAST(ARRAY[last_2_so_far_of_latest] AS ARRAY<ARRAY<STRING>>) END AS last_2_so_far_held
  FROM last_2_so_far_of_latest
),
-- Each row, with last_2_so_far of the latest rows that there are up to its time.
last_2_so_far_latest AS (
  SELECT
    LAST_VALUE(last_2_so_far_held) OVER so_far_by_user AS last_2_so_far_carried,
    last_2_so_far_held.*
  FROM last_2_so_far_held
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
    window_time AS event_time,
    shops,
    dear_shops,
    shops_by_count,
    counts,
    all_tags,
    last_2_so_far_counts,
    last_2_so_far_of_latest,
    last_2_so_far_held,
    last_2_so_far_carried,
    last_2_so_far_rows
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY shop) AS place
    FROM TABLE(TUMBLE(TABLE last_2_so_far_whole_in_any_order, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
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

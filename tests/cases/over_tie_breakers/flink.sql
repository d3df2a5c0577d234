-- events_with_windows, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place, last_share': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  amount BIGINT,
  code BYTES,
  `at` TIMESTAMP_LTZ(3),
  tags ARRAY<BIGINT>,
  place ROW<y BIGINT, x STRING>,
  share MAP<STRING, BIGINT>,
  version INT,
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
-- Each row, with first_code_text_of_its_time over the rows with its user at its time.
same_time_by_user_as_text_of_one_time AS (
  SELECT
    MIN(DECODE(code, 'ISO-8859-1')) OVER same_time_by_user AS first_code_text_of_its_time,
    events.*
  FROM events
  WINDOW
    same_time_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row of events, with first_code_text over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_as_text_in_any_order AS (
  SELECT
    FIRST_VALUE(first_code_text_of_its_time) OVER last_1_minute_by_user AS first_code_text,
    same_time_by_user_as_text_of_one_time.*
  FROM same_time_by_user_as_text_of_one_time
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for first_amount: an OVER takes them as they come.
with_windows_as_text_in_order AS (
  SELECT
    `user`,
    amount,
    code,
    `at`,
    tags,
    place,
    share,
    version,
    `time`,
    window_time AS event_time,
    first_code_text_of_its_time,
    first_code_text
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY version, amount) AS place_
    FROM TABLE(TUMBLE(TABLE last_1_minute_by_user_as_text_in_any_order, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- Each row of events, with first_amount over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_as_text AS (
  SELECT
    FIRST_VALUE(amount) OVER last_1_minute_by_user AS first_amount,
    with_windows_as_text_in_order.*
  FROM with_windows_as_text_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for last_by_code: an OVER takes them as they come.
with_windows_as_text_2_in_order AS (
  SELECT
    `user`,
    amount,
    code,
    `at`,
    tags,
    place,
    share,
    version,
    `time`,
    window_time AS event_time,
    first_code_text_of_its_time,
    first_code_text,
    first_amount
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY code, amount) AS place_
    FROM TABLE(TUMBLE(TABLE last_1_minute_by_user_as_text, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- Each row of events, with last_by_code over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_as_text_2 AS (
  SELECT
    LAST_VALUE(amount) OVER last_1_minute_by_user AS last_by_code,
    with_windows_as_text_2_in_order.*
  FROM with_windows_as_text_2_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with what last_code_text goes by.
with_windows_as_text_3_to_order AS (
  SELECT
    `user`,
    amount,
    code,
    `at`,
    tags,
    place,
    share,
    version,
    `time`,
    event_time,
    first_code_text_of_its_time,
    first_code_text,
    first_amount,
    last_by_code,
    DECODE(code, 'ISO-8859-1') AS order_2
  FROM last_1_minute_by_user_as_text_2
),
-- The rows of one time in the order that counts for last_code_text: an OVER takes them as they come.
with_windows_as_text_3_in_order AS (
  SELECT
    `user`,
    amount,
    code,
    `at`,
    tags,
    place,
    share,
    version,
    `time`,
    window_time AS event_time,
    first_code_text_of_its_time,
    first_code_text,
    first_amount,
    last_by_code
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY version, order_2) AS place_
    FROM TABLE(TUMBLE(TABLE with_windows_as_text_3_to_order, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- Each row of events, with last_code_text over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_as_text_3 AS (
  SELECT
    LAST_VALUE(DECODE(code, 'ISO-8859-1')) OVER last_1_minute_by_user AS last_code_text,
    with_windows_as_text_3_in_order.*
  FROM with_windows_as_text_3_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for last_at: an OVER takes them as they come.
with_windows_as_text_4_in_order AS (
  SELECT
    `user`,
    amount,
    code,
    `at`,
    tags,
    place,
    share,
    version,
    `time`,
    window_time AS event_time,
    first_code_text_of_its_time,
    first_code_text,
    first_amount,
    last_by_code,
    last_code_text
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY version, `at`) AS place_
    FROM TABLE(TUMBLE(TABLE last_1_minute_by_user_as_text_3, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- Each row of events, with last_at over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_as_text_4 AS (
  SELECT
    LAST_VALUE(`at`) OVER last_1_minute_by_user AS last_at,
    with_windows_as_text_4_in_order.*
  FROM with_windows_as_text_4_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for last_tags: an OVER takes them as they come.
with_windows_as_text_5_in_order AS (
  SELECT
    `user`,
    amount,
    code,
    `at`,
    tags,
    place,
    share,
    version,
    `time`,
    window_time AS event_time,
    first_code_text_of_its_time,
    first_code_text,
    first_amount,
    last_by_code,
    last_code_text,
    last_at
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY version, tags) AS place_
    FROM TABLE(TUMBLE(TABLE last_1_minute_by_user_as_text_4, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- Each row of events, with last_tags over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_as_text_5 AS (
  SELECT
    LAST_VALUE(tags) OVER last_1_minute_by_user AS last_tags,
    with_windows_as_text_5_in_order.*
  FROM with_windows_as_text_5_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for last_place: an OVER takes them as they come.
with_windows_as_text_6_in_order AS (
  SELECT
    `user`,
    amount,
    code,
    `at`,
    tags,
    place,
    share,
    version,
    `time`,
    window_time AS event_time,
    first_code_text_of_its_time,
    first_code_text,
    first_amount,
    last_by_code,
    last_code_text,
    last_at,
    last_tags
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY version, place) AS place_
    FROM TABLE(TUMBLE(TABLE last_1_minute_by_user_as_text_5, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- Each row of events, with last_place over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_as_text_6 AS (
  SELECT
    LAST_VALUE(place) OVER last_1_minute_by_user AS last_place,
    with_windows_as_text_6_in_order.*
  FROM with_windows_as_text_6_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for last_share: an OVER takes them as they come.
with_windows_as_text_7_in_order AS (
  SELECT
    `user`,
    amount,
    code,
    `at`,
    tags,
    place,
    share,
    version,
    `time`,
    window_time AS event_time,
    first_code_text_of_its_time,
    first_code_text,
    first_amount,
    last_by_code,
    last_code_text,
    last_at,
    last_tags,
    last_place
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY version) AS place_
    FROM TABLE(TUMBLE(TABLE last_1_minute_by_user_as_text_6, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place_ <= 2147483647
),
-- Each row of events, with last_share over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_as_text_7 AS (
  SELECT
    LAST_VALUE(share) OVER last_1_minute_by_user AS last_share,
    with_windows_as_text_7_in_order.*
  FROM with_windows_as_text_7_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place and last_share over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    *,
    ENCODE(first_code_text, 'ISO-8859-1') AS first_code,
    ENCODE(last_code_text, 'ISO-8859-1') AS last_code
  FROM last_1_minute_by_user_as_text_7
)
SELECT
  `user`,
  `time`,
  first_amount,
  last_by_code,
  first_code,
  last_code,
  last_at,
  last_tags,
  last_place,
  last_share,
  event_time
FROM with_windows;

-- The rows of events_with_windows.
SELECT `user`, `time`, first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place, last_share
FROM events_with_windows;

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
  amount BIGINT,
  code BYTES,
  `at` TIMESTAMP_LTZ(3),
  tags ARRAY<BIGINT>,
  place ROW<y BIGINT, x STRING>,
  share MAP<STRING, BIGINT>,
  version INT,
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
-- The rows of one time in the order that counts for first_amount: an OVER takes them as they come.
with_windows_in_order AS (
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
    event_time
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, version, amount) AS place_
    FROM events
  )
  WHERE place_ > 0
),
-- Each row of events, with first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place and last_share over the rows with its user from 1 minute before its time up to it, both included.
with_windows AS (
  SELECT
    FIRST_VALUE(amount) OVER last_1_minute_by_user AS first_amount,
    with_windows_in_order.*
  FROM with_windows_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for last_by_code: an OVER takes them as they come.
with_windows_2_in_order AS (
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
    first_amount
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, code, amount) AS place_
    FROM with_windows
  )
  WHERE place_ > 0
),
-- Each row of events, with first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place and last_share over the rows with its user from 1 minute before its time up to it, both included.
with_windows_2 AS (
  SELECT
    LAST_VALUE(amount) OVER last_1_minute_by_user AS last_by_code,
    with_windows_2_in_order.*
  FROM with_windows_2_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for first_code: an OVER takes them as they come.
with_windows_3_in_order AS (
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
    first_amount,
    last_by_code
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, code) AS place_
    FROM with_windows_2
  )
  WHERE place_ > 0
),
-- Each row of events, with first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place and last_share over the rows with its user from 1 minute before its time up to it, both included.
with_windows_3 AS (
  SELECT
    FIRST_VALUE(code) OVER last_1_minute_by_user AS first_code,
    with_windows_3_in_order.*
  FROM with_windows_3_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for last_code: an OVER takes them as they come.
with_windows_4_in_order AS (
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
    first_amount,
    last_by_code,
    first_code
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, version, code) AS place_
    FROM with_windows_3
  )
  WHERE place_ > 0
),
-- Each row of events, with first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place and last_share over the rows with its user from 1 minute before its time up to it, both included.
with_windows_4 AS (
  SELECT
    LAST_VALUE(code) OVER last_1_minute_by_user AS last_code,
    with_windows_4_in_order.*
  FROM with_windows_4_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for last_at: an OVER takes them as they come.
with_windows_5_in_order AS (
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
    first_amount,
    last_by_code,
    first_code,
    last_code
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, version, `at`) AS place_
    FROM with_windows_4
  )
  WHERE place_ > 0
),
-- Each row of events, with first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place and last_share over the rows with its user from 1 minute before its time up to it, both included.
with_windows_5 AS (
  SELECT
    LAST_VALUE(`at`) OVER last_1_minute_by_user AS last_at,
    with_windows_5_in_order.*
  FROM with_windows_5_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for last_tags: an OVER takes them as they come.
with_windows_6_in_order AS (
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
    first_amount,
    last_by_code,
    first_code,
    last_code,
    last_at
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, version, tags) AS place_
    FROM with_windows_5
  )
  WHERE place_ > 0
),
-- Each row of events, with first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place and last_share over the rows with its user from 1 minute before its time up to it, both included.
with_windows_6 AS (
  SELECT
    LAST_VALUE(tags) OVER last_1_minute_by_user AS last_tags,
    with_windows_6_in_order.*
  FROM with_windows_6_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for last_place: an OVER takes them as they come.
with_windows_7_in_order AS (
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
    first_amount,
    last_by_code,
    first_code,
    last_code,
    last_at,
    last_tags
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, version, place) AS place_
    FROM with_windows_6
  )
  WHERE place_ > 0
),
-- Each row of events, with first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place and last_share over the rows with its user from 1 minute before its time up to it, both included.
with_windows_7 AS (
  SELECT
    LAST_VALUE(place) OVER last_1_minute_by_user AS last_place,
    with_windows_7_in_order.*
  FROM with_windows_7_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
),
-- The rows of one time in the order that counts for last_share: an OVER takes them as they come.
with_windows_8_in_order AS (
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
    first_amount,
    last_by_code,
    first_code,
    last_code,
    last_at,
    last_tags,
    last_place
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, version) AS place_
    FROM with_windows_7
  )
  WHERE place_ > 0
),
-- Each row of events, with first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place and last_share over the rows with its user from 1 minute before its time up to it, both included.
with_windows_8 AS (
  SELECT
    LAST_VALUE(share) OVER last_1_minute_by_user AS last_share,
    with_windows_8_in_order.*
  FROM with_windows_8_in_order
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
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
FROM with_windows_8;

-- The rows of events_with_windows.
SELECT `user`, `time`, first_amount, last_by_code, first_code, last_code, last_at, last_tags, last_place, last_share
FROM events_with_windows;

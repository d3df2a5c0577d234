-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- events_with_windows, feature 'least, greatest, least_of_2, greatest_of_b': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  code BYTES,
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
-- Each row of events, with least_text, greatest_text and greatest_of_b_text over the rows with its user from 1 minute before its time up to it, both included.
last_1_minute_by_user_as_text AS (
  SELECT
    MIN(DECODE(code, 'ISO-8859-1')) OVER last_1_minute_by_user AS least_text,
    MAX(DECODE(code, 'ISO-8859-1')) OVER last_1_minute_by_user AS greatest_text,
    MAX(CASE WHEN code > CAST('b' AS BYTES) THEN DECODE(code, 'ISO-8859-1') END) OVER last_1_minute_by_user AS greatest_of_b_text,
    events.*
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row of events, with greatest_so_far_text over the rows with its user up to its time.
all_so_far_by_user_as_text AS (
  SELECT
    MAX(DECODE(code, 'ISO-8859-1')) OVER all_so_far_by_user AS greatest_so_far_text,
    last_1_minute_by_user_as_text.*
  FROM last_1_minute_by_user_as_text
  WINDOW
    all_so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    *,
    ENCODE(least_text, 'ISO-8859-1') AS least,
    ENCODE(greatest_text, 'ISO-8859-1') AS greatest,
    ENCODE(greatest_so_far_text, 'ISO-8859-1') AS greatest_so_far,
    ENCODE(greatest_of_b_text, 'ISO-8859-1') AS greatest_of_b
  FROM all_so_far_by_user_as_text
),
-- The rows of one time in the order that counts for least_of_2_of_latest_text and least_of_2_place: an OVER takes them as they come.
least_of_2_of_latest_as_text_in_order AS (
  SELECT
    `user`,
    code,
    `time`,
    window_time AS event_time,
    least_text,
    greatest_text,
    greatest_so_far_text,
    greatest_of_b_text,
    least,
    greatest,
    greatest_so_far,
    greatest_of_b
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end, `user` ORDER BY code) AS place
    FROM TABLE(TUMBLE(TABLE with_windows, DESCRIPTOR(event_time), INTERVAL '0.001' SECOND))
  )
  WHERE place <= 2147483647
),
-- Each row, with least_of_2 of the latest rows, itself the last, and its place, bytes as text.
least_of_2_of_latest_as_text AS (
  SELECT
    MIN(DECODE(code, 'ISO-8859-1')) OVER latest_2_by_user AS least_of_2_of_latest_text,
    least_of_2_of_latest_as_text_in_order.*
  FROM least_of_2_of_latest_as_text_in_order
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
),
-- Each row, with least_of_2 of the latest rows, itself the last, and its place.
least_of_2_of_latest AS (
  SELECT
    *,
    ENCODE(least_of_2_of_latest_text, 'ISO-8859-1') AS least_of_2_of_latest
  FROM least_of_2_of_latest_as_text
),
-- least_of_2 of each row, in an array: NULL in it is a value, too.
least_of_2_held AS (
  SELECT
    *,
    CAST(ARRAY[least_of_2_of_latest] AS ARRAY<BYTES>) AS least_of_2_held
  FROM least_of_2_of_latest
),
-- Each row, with least_of_2 of the latest rows that there are up to its time.
least_of_2_latest AS (
  SELECT
    LAST_VALUE(least_of_2_held) OVER so_far_by_user AS least_of_2_carried,
    least_of_2_held.*
  FROM least_of_2_held
  WINDOW
    so_far_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row, with least_of_2 of the whole window, and of how many rows, bytes as text.
least_of_2_whole_as_text AS (
  SELECT
    MIN(DECODE(code, 'ISO-8859-1')) OVER last_1_minute_by_user AS least_of_2_whole_text,
    COUNT(*) OVER last_1_minute_by_user AS least_of_2_rows,
    least_of_2_latest.*
  FROM least_of_2_latest
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
),
-- Each row, with least_of_2 of the whole window, and of how many rows.
least_of_2_whole AS (
  SELECT
    *,
    ENCODE(least_of_2_whole_text, 'ISO-8859-1') AS least_of_2_whole
  FROM least_of_2_whole_as_text
),
-- Each row of events, with least_of_2 of no more than the latest.
least_of_2_limited AS (
  SELECT
    `user`,
    code,
    `time`,
    event_time,
    least,
    greatest,
    greatest_so_far,
    greatest_of_b,
    CASE WHEN least_of_2_rows > 2 THEN least_of_2_carried[1] ELSE least_of_2_whole END AS least_of_2
  FROM least_of_2_whole
)
SELECT
  `user`,
  code,
  `time`,
  least,
  greatest,
  greatest_so_far,
  least_of_2,
  greatest_of_b,
  event_time
FROM least_of_2_limited;

-- windows: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW windows AS
WITH
-- least_of_windows and greatest_of_windows per user, over windows of 1 minute and 3 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond, bytes as text.
windows_2_as_text AS (
  SELECT
    `user`,
    window_time AS event_time,
    MIN(DECODE(code, 'ISO-8859-1')) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '1' MINUTE) AS least_of_windows_text,
    MAX(DECODE(code, 'ISO-8859-1')) AS greatest_of_windows_text
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '3' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- least_of_windows and greatest_of_windows per user, over windows of 1 minute and 3 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond.
windows_2 AS (
  SELECT
    *,
    ENCODE(least_of_windows_text, 'ISO-8859-1') AS least_of_windows,
    ENCODE(greatest_of_windows_text, 'ISO-8859-1') AS greatest_of_windows
  FROM windows_2_as_text
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(event_time AS TIMESTAMP_LTZ(3)) AS window_time
  FROM windows_2
)
SELECT
  `user`,
  window_time,
  least_of_windows,
  greatest_of_windows,
  event_time
FROM with_time;

-- windows_by_user: the versions of windows, each valid from its event time on.
CREATE TEMPORARY VIEW windows_by_user AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    `user`,
    least_of_windows,
    greatest_of_windows,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM windows
  WINDOW same_time AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    `user`,
    least_of_windows,
    greatest_of_windows,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  `user`,
  least_of_windows,
  greatest_of_windows,
  event_time
FROM numbered
WHERE age = 1 AND `user` IS NOT NULL;

-- features: each row of events_with_windows.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of events_with_windows, with least_lately and greatest_lately of windows by user, from the window that is current at its time (0 or NULL where none is).
with_windows AS (
  SELECT
    l.*,
    r.least_of_windows AS least_lately,
    r.greatest_of_windows AS greatest_lately
  FROM events_with_windows AS l
  LEFT JOIN windows_by_user FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.`user` = r.`user`
    AND l.event_time < r.event_time + INTERVAL '1' MINUTE
)
SELECT
  `user`,
  code,
  `time`,
  least,
  greatest,
  greatest_so_far,
  least_of_2,
  greatest_of_b,
  least_lately,
  greatest_lately,
  event_time
FROM with_windows;

-- The rows of features.
SELECT `user`, code, `time`, least, greatest, greatest_so_far, least_of_2, greatest_of_b, least_lately, greatest_lately
FROM features;

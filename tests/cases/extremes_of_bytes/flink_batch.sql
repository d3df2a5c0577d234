-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  code BYTES,
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
-- Each row of events, with each feature over its window, named below, bytes as text.
with_windows_as_text AS (
  SELECT
    MIN(DECODE(code, 'ISO-8859-1')) OVER last_1_minute_by_user AS least_text,
    MAX(DECODE(code, 'ISO-8859-1')) OVER last_1_minute_by_user AS greatest_text,
    MAX(DECODE(code, 'ISO-8859-1')) OVER all_so_far_by_user AS greatest_so_far_text,
    MAX(CASE WHEN code > CAST('b' AS BYTES) THEN DECODE(code, 'ISO-8859-1') END) OVER last_1_minute_by_user AS greatest_of_b_text,
    events.*
  FROM events
  WINDOW
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW),
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
  FROM with_windows_as_text
),
-- Each row, with least_of_2 of the latest rows, itself the last, and its place, bytes as text.
least_of_2_of_latest_as_text AS (
  SELECT
    MIN(DECODE(code, 'ISO-8859-1')) OVER latest_2_by_user AS least_of_2_of_latest_text,
    COUNT(*) OVER in_order_by_user AS least_of_2_place,
    with_windows.*
  FROM with_windows
  WINDOW
    latest_2_by_user AS (PARTITION BY `user` ORDER BY event_time, code ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    in_order_by_user AS (PARTITION BY `user` ORDER BY event_time, code ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
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
-- The rows of one time in the order that counts for least_of_2_carried: an OVER takes them as they come.
least_of_2_latest_in_order AS (
  SELECT
    `user`,
    code,
    `time`,
    event_time,
    least_text,
    greatest_text,
    greatest_so_far_text,
    greatest_of_b_text,
    least,
    greatest,
    greatest_so_far,
    greatest_of_b,
    least_of_2_of_latest_text,
    least_of_2_place,
    least_of_2_of_latest,
    least_of_2_held
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time, least_of_2_place) AS place
    FROM least_of_2_held
  )
  WHERE place > 0
),
-- Each row, with least_of_2 of the latest rows that there are up to its time.
least_of_2_latest AS (
  SELECT
    LAST_VALUE(least_of_2_held) OVER so_far_by_user AS least_of_2_carried,
    least_of_2_latest_in_order.*
  FROM least_of_2_latest_in_order
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
    last_1_minute_by_user AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN 60000 PRECEDING AND CURRENT ROW)
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
-- Each row 3 times: once for each window that holds it, from the first on.
rows_of_windows_2_as_text_numbered AS (
  SELECT
    events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 2), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows_2_as_text AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + window_number * 60000 AS window_end
  FROM rows_of_windows_2_as_text_numbered
),
-- least_of_windows and greatest_of_windows per user, over windows of 1 minute and 3 minutes of events that end every 1 minute; each row is stamped with its window's last millisecond, bytes as text.
windows_2_as_text AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    MIN(DECODE(code, 'ISO-8859-1')) FILTER (WHERE event_time >= window_end - 60000) AS least_of_windows_text,
    MAX(DECODE(code, 'ISO-8859-1')) AS greatest_of_windows_text
  FROM rows_of_windows_2_as_text
  GROUP BY `user`, window_end
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
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows_2
)
SELECT
  `user`,
  window_time,
  least_of_windows,
  greatest_of_windows,
  event_time
FROM with_time;

-- features: each row of events_with_windows.
CREATE TEMPORARY VIEW features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_windows_timeline AS (
  SELECT
    `user`,
    code,
    `time`,
    least,
    greatest,
    greatest_so_far,
    least_of_2,
    greatest_of_b,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<least_of_windows BYTES, greatest_of_windows BYTES, event_time BIGINT>) AS version
  FROM events_with_windows
  UNION ALL
  SELECT
    `user`,
    CAST(NULL AS BYTES),
    CAST(NULL AS STRING),
    CAST(NULL AS BYTES),
    CAST(NULL AS BYTES),
    CAST(NULL AS BYTES),
    CAST(NULL AS BYTES),
    CAST(NULL AS BYTES),
    event_time,
    0,
    CAST(ROW(least_of_windows, greatest_of_windows, event_time) AS ROW<least_of_windows BYTES, greatest_of_windows BYTES, event_time BIGINT>)
  FROM windows
  WHERE `user` IS NOT NULL
),
-- The same rows, each with the latest version at or before it.
with_windows_carried AS (
  SELECT
    `user`,
    code,
    `time`,
    least,
    greatest,
    greatest_so_far,
    least_of_2,
    greatest_of_b,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_windows_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events_with_windows, with least_lately and greatest_lately of windows by user, from the window that is current at its time (0 or NULL where none is).
with_windows AS (
  SELECT
    `user`,
    code,
    `time`,
    least,
    greatest,
    greatest_so_far,
    least_of_2,
    greatest_of_b,
    event_time,
    CASE WHEN event_time < version.event_time + 60000 THEN version.least_of_windows END AS least_lately,
    CASE WHEN event_time < version.event_time + 60000 THEN version.greatest_of_windows END AS greatest_lately
  FROM with_windows_carried
  WHERE side = 1
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

-- payments_with_minutes, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `user` STRING,
  pieces INT,
  price DOUBLE,
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

-- payments: each row of events.
CREATE TEMPORARY VIEW payments AS
WITH
-- Each row of events, with payment computed from it.
with_expressions AS (
  SELECT
    *,
    pieces * price AS payment
  FROM events
)
SELECT
  `user`,
  pieces,
  price,
  `time`,
  payment,
  event_time
FROM with_expressions;

-- minutes: each user and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW minutes AS
WITH
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 60000) + 60000, 60000) + 1 * 60000 AS window_end
  FROM payments
),
-- paid per user, over windows of 1 minute of payments that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_end - 1 AS event_time,
    COALESCE(SUM(payment), 0) AS paid
  FROM rows_of_windows
  GROUP BY `user`, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows
)
SELECT
  `user`,
  window_time,
  paid,
  event_time
FROM with_time;

-- payments_with_minutes: each row of payments.
CREATE TEMPORARY VIEW payments_with_minutes AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user on one timeline.
with_minutes_timeline AS (
  SELECT
    `user`,
    pieces,
    price,
    `time`,
    payment,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<paid DOUBLE, event_time BIGINT>) AS version
  FROM payments
  UNION ALL
  SELECT
    `user`,
    CAST(NULL AS INT),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS STRING),
    CAST(NULL AS DOUBLE),
    event_time,
    0,
    CAST(ROW(paid, event_time) AS ROW<paid DOUBLE, event_time BIGINT>)
  FROM minutes
  WHERE `user` IS NOT NULL
),
-- The same rows, each with the latest version at or before it.
with_minutes_carried AS (
  SELECT
    `user`,
    pieces,
    price,
    `time`,
    payment,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_minutes_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of payments, with paid of minutes by user, from the window that is current at its time (0 or NULL where none is).
with_minutes AS (
  SELECT
    `user`,
    pieces,
    price,
    `time`,
    payment,
    event_time,
    COALESCE(CASE WHEN event_time < version.event_time + 60000 THEN version.paid END, 0) AS paid
  FROM with_minutes_carried
  WHERE side = 1
),
-- events, with last_payment computed from each row.
events_values AS (
  SELECT
    *,
    pieces * price AS last_payment
  FROM events
),
-- The rows to be joined (side 0) and the versions that they may match (side 1), by user on one timeline.
with_events_timeline AS (
  SELECT
    `user`,
    pieces,
    price,
    `time`,
    payment,
    event_time,
    paid,
    0 AS side,
    CAST(NULL AS ROW<last_payment DOUBLE>) AS version
  FROM with_minutes
  UNION ALL
  SELECT
    `user`,
    CAST(NULL AS INT),
    CAST(NULL AS DOUBLE),
    CAST(NULL AS STRING),
    CAST(NULL AS DOUBLE),
    event_time,
    CAST(NULL AS DOUBLE),
    1,
    CAST(ROW(last_payment) AS ROW<last_payment DOUBLE>)
  FROM events_values
  WHERE `user` IS NOT NULL
),
-- The same rows, each with the latest version before it; of versions of one time, the greatest by last_payment.
with_events_carried AS (
  SELECT
    `user`,
    pieces,
    price,
    `time`,
    payment,
    event_time,
    paid,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_events_timeline
  WINDOW so_far AS (PARTITION BY `user` ORDER BY event_time, side, version.last_payment ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of payments, with last_payment of events by user, from the latest row before its time (NULL where there is none).
with_events AS (
  SELECT
    `user`,
    pieces,
    price,
    `time`,
    payment,
    event_time,
    paid,
    version.last_payment
  FROM with_events_carried
  WHERE side = 0
)
SELECT
  `user`,
  `time`,
  payment,
  paid,
  last_payment,
  event_time
FROM with_events;

-- The rows of payments_with_minutes.
SELECT `user`, `time`, payment, paid, last_payment
FROM payments_with_minutes;

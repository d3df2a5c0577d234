-- payments_with_minutes, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `user` STRING,
  pieces INT,
  price DOUBLE,
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

-- events_a_millisecond_later: json files.
CREATE TEMPORARY TABLE events_a_millisecond_later (
  `user` STRING,
  pieces INT,
  price DOUBLE,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END + INTERVAL '0.001' SECOND,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

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
-- paid per user, over windows of 1 minute of payments that end every 1 minute; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    `user`,
    window_time AS event_time,
    COALESCE(SUM(payment), 0) AS paid
  FROM TABLE(HOP(TABLE payments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '1' MINUTE))
  GROUP BY `user`, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(event_time AS TIMESTAMP_LTZ(3)) AS window_time
  FROM windows
)
SELECT
  `user`,
  window_time,
  paid,
  event_time
FROM with_time;

-- minutes_by_user: the versions of minutes, each valid from its event time on.
CREATE TEMPORARY VIEW minutes_by_user AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    `user`,
    paid,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM minutes
  WINDOW same_time AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    `user`,
    paid,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  `user`,
  paid,
  event_time
FROM numbered
WHERE age = 1 AND `user` IS NOT NULL;

-- events_a_millisecond_later_by_user: the versions of events_a_millisecond_later, each valid from its event time on.
CREATE TEMPORARY VIEW events_a_millisecond_later_by_user AS
WITH
-- events, with last_payment computed from each row.
events_values AS (
  SELECT
    *,
    pieces * price AS last_payment
  FROM events_a_millisecond_later
),
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    `user`,
    event_time,
    last_payment,
    COUNT(*) OVER same_time AS peers
  FROM events_values
  WINDOW same_time AS (PARTITION BY `user` ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    `user`,
    event_time,
    last_payment,
    ROW_NUMBER() OVER (PARTITION BY `user` ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  `user`,
  event_time,
  last_payment
FROM numbered
WHERE age = 1 AND `user` IS NOT NULL;

-- payments_with_minutes: each row of payments.
CREATE TEMPORARY VIEW payments_with_minutes AS
WITH
-- Each row of payments, with paid of minutes by user, from the window that is current at its time (0 or NULL where none is).
with_minutes AS (
  SELECT
    l.*,
    COALESCE(r.paid, 0) AS paid
  FROM payments AS l
  LEFT JOIN minutes_by_user FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.`user` = r.`user`
    AND l.event_time < r.event_time + INTERVAL '1' MINUTE
),
-- Each row of payments, with last_payment of events by user, from the latest row before its time (NULL where there is none).
with_events AS (
  SELECT
    l.*,
    r.last_payment
  FROM with_minutes AS l
  LEFT JOIN events_a_millisecond_later_by_user FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.`user` = r.`user`
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

-- fraud_features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- priced_orders, feature 'paid_by_user_last_hour, orders_of_item_last_day': the rows of orders, item_prices and accounts come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.
-- fraud_features, feature 'paid_by_card_last_ten_minutes': the rows of orders, item_prices, accounts and card_events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders: json files.
CREATE TEMPORARY TABLE orders (
  order_id BIGINT,
  user_id STRING,
  card STRING,
  item_id STRING,
  pieces INT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source orders, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- item_prices: json files.
CREATE TEMPORARY TABLE item_prices (
  item_id STRING,
  price DECIMAL(10, 2),
  revision BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source item_prices, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'item_prices.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- accounts: json files.
CREATE TEMPORARY TABLE accounts (
  user_id STRING,
  country STRING,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source accounts, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'accounts.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- card_events: json files.
CREATE TEMPORARY TABLE card_events (
  card STRING,
  outcome STRING,
  `time` STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` AND CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source card_events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'card_events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- item_prices_by_item_id: the versions of item_prices, each valid from its event time on.
CREATE TEMPORARY VIEW item_prices_by_item_id AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    item_id,
    price,
    event_time,
    revision,
    MAX(revision) OVER same_time AS greatest_revision
  FROM item_prices
  WINDOW same_time AS (PARTITION BY item_id ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the greatest revision counts.
numbered AS (
  SELECT
    item_id,
    price,
    event_time,
    revision,
    ROW_NUMBER() OVER (PARTITION BY item_id ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE revision IS NOT DISTINCT FROM greatest_revision
)
SELECT
  item_id,
  price,
  event_time
FROM numbered
WHERE age = 1 AND item_id IS NOT NULL;

-- accounts_by_user_id: the versions of accounts, each valid from its event time on.
CREATE TEMPORARY VIEW accounts_by_user_id AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    user_id,
    country,
    event_time,
    MAX(country) OVER same_time AS greatest_country
  FROM accounts
  WINDOW same_time AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the greatest country counts.
numbered AS (
  SELECT
    user_id,
    country,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE country IS NOT DISTINCT FROM greatest_country
)
SELECT
  user_id,
  country,
  event_time
FROM numbered
WHERE age = 1 AND user_id IS NOT NULL;

-- priced_orders: each row of orders.
CREATE TEMPORARY VIEW priced_orders AS
WITH
-- Each row of orders, with price of item_prices by item_id, from the latest row at or before its time (NULL where there is none).
with_item_prices AS (
  SELECT
    l.*,
    r.price
  FROM orders AS l
  LEFT JOIN item_prices_by_item_id FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.item_id = r.item_id
),
-- Each row of orders, with country of accounts by user_id, from the latest row at or before its time, at most 365 days old (NULL where there is none).
with_accounts AS (
  SELECT
    l.*,
    r.country
  FROM with_item_prices AS l
  LEFT JOIN accounts_by_user_id FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.user_id = r.user_id
    AND r.event_time >= l.event_time - INTERVAL '365' DAY(3)
),
-- Each row of orders, with payment computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(CAST(pieces AS DECIMAL(10, 0)) * price AS DECIMAL(21, 2)) AS payment
  FROM with_accounts
),
-- Each row of orders, with paid_by_user_last_hour over the rows with its user_id from 1 hour before its time up to it, both included.
last_1_hour_by_user_id AS (
  SELECT
    COALESCE(SUM(payment) OVER last_1_hour_by_user_id, 0) AS paid_by_user_last_hour,
    with_expressions.*
  FROM with_expressions
  WINDOW
    last_1_hour_by_user_id AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)
),
-- Each row of orders, with orders_of_item_last_day over the rows with its item_id from 1 day before its time up to it, both included.
last_1_day_by_item_id AS (
  SELECT
    COUNT(*) OVER last_1_day_by_item_id AS orders_of_item_last_day,
    last_1_hour_by_user_id.*
  FROM last_1_hour_by_user_id
  WINDOW
    last_1_day_by_item_id AS (PARTITION BY item_id ORDER BY event_time RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW)
)
SELECT
  order_id,
  user_id,
  card,
  item_id,
  pieces,
  `time`,
  price,
  country,
  payment,
  paid_by_user_last_hour,
  orders_of_item_last_day,
  event_time
FROM last_1_day_by_item_id;

-- card_hours: each card and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW card_hours AS
WITH
-- tries_last_day and declined_last_hour per card, over windows of 1 hour and 1 day of card_events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    card,
    window_time AS event_time,
    COUNT(*) AS tries_last_day,
    COUNT(*) FILTER (WHERE CAST(event_time AS TIMESTAMP(3)) >= window_end - INTERVAL '1' HOUR AND outcome = 'declined') AS declined_last_hour
  FROM TABLE(HOP(TABLE card_events, DESCRIPTOR(event_time), INTERVAL '1' HOUR, INTERVAL '1' DAY))
  GROUP BY card, window_start, window_end, window_time
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    CAST(event_time AS TIMESTAMP_LTZ(3)) AS window_time
  FROM windows
)
SELECT
  card,
  window_time,
  tries_last_day,
  declined_last_hour,
  event_time
FROM with_time;

-- card_hours_by_card: the versions of card_hours, each valid from its event time on.
CREATE TEMPORARY VIEW card_hours_by_card AS
WITH
-- The rows in the order of their event time, whatever order they arrive in.
in_time_order AS (
  SELECT
    card,
    tries_last_day,
    declined_last_hour,
    event_time,
    COUNT(*) OVER same_time AS peers
  FROM card_hours
  WINDOW same_time AS (PARTITION BY card ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- The rows of each key, numbered from the latest; of rows of one time, the latest to arrive counts.
numbered AS (
  SELECT
    card,
    tries_last_day,
    declined_last_hour,
    event_time,
    ROW_NUMBER() OVER (PARTITION BY card ORDER BY event_time DESC) AS age
  FROM in_time_order
  WHERE peers > 0
)
SELECT
  card,
  tries_last_day,
  declined_last_hour,
  event_time
FROM numbered
WHERE age = 1 AND card IS NOT NULL;

-- fraud_features: each row of priced_orders.
CREATE TEMPORARY VIEW fraud_features AS
WITH
-- Each row of priced_orders, with card_tries_last_day and card_declined_last_hour of card_hours by card, from the window that is current at its time (0 or NULL where none is).
with_card_hours AS (
  SELECT
    l.*,
    COALESCE(r.tries_last_day, 0) AS card_tries_last_day,
    COALESCE(r.declined_last_hour, 0) AS card_declined_last_hour
  FROM priced_orders AS l
  LEFT JOIN card_hours_by_card FOR SYSTEM_TIME AS OF l.event_time AS r
    ON l.card = r.card
    AND l.event_time < r.event_time + INTERVAL '1' HOUR
),
-- Each row of priced_orders, with looks_like_fraud computed from it.
with_expressions AS (
  SELECT
    *,
    card_declined_last_hour >= 2 OR (paid_by_user_last_hour > 1000 AND country IS NULL) AS looks_like_fraud
  FROM with_card_hours
),
-- Each row of priced_orders, with most_paid_so_far over the rows with its user_id up to its time.
all_so_far_by_user_id AS (
  SELECT
    MAX(payment) OVER all_so_far_by_user_id AS most_paid_so_far,
    with_expressions.*
  FROM with_expressions
  WINDOW
    all_so_far_by_user_id AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of priced_orders, with paid_by_card_last_ten_minutes over the rows with its card from 10 minutes before its time up to it, both included.
last_10_minutes_by_card AS (
  SELECT
    COALESCE(SUM(CASE WHEN country IS NOT NULL THEN payment END) OVER last_10_minutes_by_card, 0) AS paid_by_card_last_ten_minutes,
    all_so_far_by_user_id.*
  FROM all_so_far_by_user_id
  WINDOW
    last_10_minutes_by_card AS (PARTITION BY card ORDER BY event_time RANGE BETWEEN INTERVAL '10' MINUTE PRECEDING AND CURRENT ROW)
),
-- Of these, the rows for which the view's filter_expr is true.
kept AS (
  SELECT *
  FROM last_10_minutes_by_card
  WHERE payment IS NOT NULL
)
SELECT
  card,
  user_id,
  `time`,
  order_id,
  country,
  payment,
  paid_by_user_last_hour,
  orders_of_item_last_day,
  card_tries_last_day,
  card_declined_last_hour,
  most_paid_so_far,
  paid_by_card_last_ten_minutes,
  looks_like_fraud,
  event_time
FROM kept;

-- The rows of fraud_features.
SELECT card, user_id, `time`, order_id, country, payment, paid_by_user_last_hour, orders_of_item_last_day, card_tries_last_day, card_declined_last_hour, most_paid_so_far, paid_by_card_last_ten_minutes, looks_like_fraud
FROM fraud_features;

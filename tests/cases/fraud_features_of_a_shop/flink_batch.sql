-- fraud_features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders_stored: json files.
CREATE TEMPORARY TABLE orders_stored (
  order_id BIGINT,
  user_id STRING,
  card STRING,
  item_id STRING,
  pieces INT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'orders.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- item_prices_stored: json files.
CREATE TEMPORARY TABLE item_prices_stored (
  item_id STRING,
  price DECIMAL(10, 2),
  revision BIGINT,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'item_prices.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- accounts_stored: json files.
CREATE TEMPORARY TABLE accounts_stored (
  user_id STRING,
  country STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'accounts.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- card_events_stored: json files.
CREATE TEMPORARY TABLE card_events_stored (
  card STRING,
  outcome STRING,
  `time` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = 'card_events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source orders, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM orders_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- item_prices: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW item_prices AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source item_prices, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM item_prices_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- accounts: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW accounts AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source accounts, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM accounts_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- card_events: each stored row, with its event time; one that cannot be read stops the run.
CREATE TEMPORARY VIEW card_events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    CASE
      WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
        OR CAST('source card_events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000
    END AS event_time
  FROM card_events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- priced_orders: each row of orders.
CREATE TEMPORARY VIEW priced_orders AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by item_id on one timeline.
with_item_prices_timeline AS (
  SELECT
    order_id,
    user_id,
    card,
    item_id,
    pieces,
    `time`,
    event_time,
    1 AS side,
    CAST(NULL AS ROW<revision BIGINT, price DECIMAL(10, 2)>) AS version
  FROM orders
  UNION ALL
  SELECT
    CAST(NULL AS BIGINT),
    CAST(NULL AS STRING),
    CAST(NULL AS STRING),
    item_id,
    CAST(NULL AS INT),
    CAST(NULL AS STRING),
    event_time,
    0,
    CAST(ROW(revision, price) AS ROW<revision BIGINT, price DECIMAL(10, 2)>)
  FROM item_prices
  WHERE item_id IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by revision, then price.
with_item_prices_carried AS (
  SELECT
    order_id,
    user_id,
    card,
    item_id,
    pieces,
    `time`,
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_item_prices_timeline
  WINDOW so_far AS (PARTITION BY item_id ORDER BY event_time, side, version.revision, version.price ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of orders, with price of item_prices by item_id, from the latest row at or before its time (NULL where there is none).
with_item_prices AS (
  SELECT
    order_id,
    user_id,
    card,
    item_id,
    pieces,
    `time`,
    event_time,
    version.price
  FROM with_item_prices_carried
  WHERE side = 1
),
-- The rows to be joined (side 1) and the versions that they may match (side 0), by user_id on one timeline.
with_accounts_timeline AS (
  SELECT
    order_id,
    user_id,
    card,
    item_id,
    pieces,
    `time`,
    event_time,
    price,
    1 AS side,
    CAST(NULL AS ROW<country STRING, event_time BIGINT>) AS version
  FROM with_item_prices
  UNION ALL
  SELECT
    CAST(NULL AS BIGINT),
    user_id,
    CAST(NULL AS STRING),
    CAST(NULL AS STRING),
    CAST(NULL AS INT),
    CAST(NULL AS STRING),
    event_time,
    CAST(NULL AS DECIMAL(10, 2)),
    0,
    CAST(ROW(country, event_time) AS ROW<country STRING, event_time BIGINT>)
  FROM accounts
  WHERE user_id IS NOT NULL
),
-- The same rows, each with the latest version at or before it; of versions of one time, the greatest by country.
with_accounts_carried AS (
  SELECT
    order_id,
    user_id,
    card,
    item_id,
    pieces,
    `time`,
    event_time,
    price,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_accounts_timeline
  WINDOW so_far AS (PARTITION BY user_id ORDER BY event_time, side, version.country ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of orders, with country of accounts by user_id, from the latest row at or before its time, at most 365 days old (NULL where there is none).
with_accounts AS (
  SELECT
    order_id,
    user_id,
    card,
    item_id,
    pieces,
    `time`,
    event_time,
    price,
    CASE WHEN version.event_time >= event_time - 31536000000 THEN version.country END AS country
  FROM with_accounts_carried
  WHERE side = 1
),
-- Each row of orders, with payment computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(CAST(pieces AS DECIMAL(10, 0)) * price AS DECIMAL(21, 2)) AS payment
  FROM with_accounts
),
-- Each row of orders, with each feature over its window, named below.
with_windows AS (
  SELECT
    COALESCE(SUM(payment) OVER last_1_hour_by_user_id, 0) AS paid_by_user_last_hour,
    COUNT(*) OVER last_1_day_by_item_id AS orders_of_item_last_day,
    with_expressions.*
  FROM with_expressions
  WINDOW
    last_1_hour_by_user_id AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN 3600000 PRECEDING AND CURRENT ROW),
    last_1_day_by_item_id AS (PARTITION BY item_id ORDER BY event_time RANGE BETWEEN 86400000 PRECEDING AND CURRENT ROW)
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
FROM with_windows;

-- card_hours: each card and window, stamped with its last millisecond.
CREATE TEMPORARY VIEW card_hours AS
WITH
-- Each row 24 times: once for each window that holds it, from the first on.
rows_of_windows_numbered AS (
  SELECT
    card_events.*,
    CAST(numbers.number AS BIGINT) AS window_number
  FROM card_events
  CROSS JOIN UNNEST(SPLIT(REPEAT(',', 23), ',')) WITH ORDINALITY AS numbers (part, number)
),
-- Each row once for each window that holds it, with the window's end.
rows_of_windows AS (
  SELECT
    *,
    event_time - MOD(MOD(event_time, 3600000) + 3600000, 3600000) + window_number * 3600000 AS window_end
  FROM rows_of_windows_numbered
),
-- tries_last_day and declined_last_hour per card, over windows of 1 hour and 1 day of card_events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    card,
    window_end - 1 AS event_time,
    COUNT(*) AS tries_last_day,
    COUNT(*) FILTER (WHERE event_time >= window_end - 3600000 AND outcome = 'declined') AS declined_last_hour
  FROM rows_of_windows
  GROUP BY card, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(event_time, 3) AS window_time
  FROM windows
)
SELECT
  card,
  window_time,
  tries_last_day,
  declined_last_hour,
  event_time
FROM with_time;

-- fraud_features: each row of priced_orders.
CREATE TEMPORARY VIEW fraud_features AS
WITH
-- The rows to be joined (side 1) and the versions that they may match (side 0), by card on one timeline.
with_card_hours_timeline AS (
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
    event_time,
    1 AS side,
    CAST(NULL AS ROW<tries_last_day BIGINT, declined_last_hour BIGINT, event_time BIGINT>) AS version
  FROM priced_orders
  UNION ALL
  SELECT
    CAST(NULL AS BIGINT),
    CAST(NULL AS STRING),
    card,
    CAST(NULL AS STRING),
    CAST(NULL AS INT),
    CAST(NULL AS STRING),
    CAST(NULL AS DECIMAL(10, 2)),
    CAST(NULL AS STRING),
    CAST(NULL AS DECIMAL(21, 2)),
    CAST(NULL AS DECIMAL(38, 2)),
    CAST(NULL AS BIGINT),
    event_time,
    0,
    CAST(ROW(tries_last_day, declined_last_hour, event_time) AS ROW<tries_last_day BIGINT, declined_last_hour BIGINT, event_time BIGINT>)
  FROM card_hours
  WHERE card IS NOT NULL
),
-- The same rows, each with the latest version at or before it.
with_card_hours_carried AS (
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
    event_time,
    side,
    LAST_VALUE(version) OVER so_far AS version
  FROM with_card_hours_timeline
  WINDOW so_far AS (PARTITION BY card ORDER BY event_time, side ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of priced_orders, with card_tries_last_day and card_declined_last_hour of card_hours by card, from the window that is current at its time (0 or NULL where none is).
with_card_hours AS (
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
    event_time,
    COALESCE(CASE WHEN event_time < version.event_time + 3600000 THEN version.tries_last_day END, 0) AS card_tries_last_day,
    COALESCE(CASE WHEN event_time < version.event_time + 3600000 THEN version.declined_last_hour END, 0) AS card_declined_last_hour
  FROM with_card_hours_carried
  WHERE side = 1
),
-- Each row of priced_orders, with looks_like_fraud computed from it.
with_expressions AS (
  SELECT
    *,
    card_declined_last_hour >= 2 OR (paid_by_user_last_hour > 1000 AND country IS NULL) AS looks_like_fraud
  FROM with_card_hours
),
-- Each row of priced_orders, with each feature over its window, named below.
with_windows AS (
  SELECT
    MAX(payment) OVER all_so_far_by_user_id AS most_paid_so_far,
    COALESCE(SUM(CASE WHEN country IS NOT NULL THEN payment END) OVER last_10_minutes_by_card, 0) AS paid_by_card_last_ten_minutes,
    with_expressions.*
  FROM with_expressions
  WINDOW
    all_so_far_by_user_id AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
    last_10_minutes_by_card AS (PARTITION BY card ORDER BY event_time RANGE BETWEEN 600000 PRECEDING AND CURRENT ROW)
),
-- Of these, the rows for which the view's filter_expr is true.
kept AS (
  SELECT *
  FROM with_windows
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

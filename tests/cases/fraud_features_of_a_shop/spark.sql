-- fraud_features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- orders_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW orders_stored (
  order_id BIGINT,
  user_id STRING,
  card STRING,
  item_id STRING,
  pieces INT,
  `time` STRING
) USING json OPTIONS (
  'path' 'orders.jsonl',
  'mode' 'FAILFAST'
);

-- item_prices_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW item_prices_stored (
  item_id STRING,
  price DECIMAL(10, 2),
  revision BIGINT,
  `time` STRING
) USING json OPTIONS (
  'path' 'item_prices.jsonl',
  'mode' 'FAILFAST'
);

-- accounts_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW accounts_stored (
  user_id STRING,
  country STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'accounts.jsonl',
  'mode' 'FAILFAST'
);

-- card_events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW card_events_stored (
  card STRING,
  outcome STRING,
  `time` STRING
) USING json OPTIONS (
  'path' 'card_events.jsonl',
  'mode' 'FAILFAST'
);

-- orders: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW orders AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source orders, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM orders_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- item_prices: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW item_prices AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source item_prices, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM item_prices_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- accounts: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW accounts AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source accounts, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM accounts_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- card_events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW card_events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source card_events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM card_events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- priced_orders: each row of orders.
CREATE OR REPLACE TEMPORARY VIEW priced_orders AS
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
    CAST(NULL AS STRUCT<revision: BIGINT, price: DECIMAL(10, 2)>) AS version
  FROM orders
  UNION ALL
  SELECT
    NULL,
    NULL,
    NULL,
    item_id,
    NULL,
    NULL,
    event_time,
    0,
    struct(revision, price)
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
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
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
    CAST(NULL AS STRUCT<country: STRING, event_time: TIMESTAMP>) AS version
  FROM with_item_prices
  UNION ALL
  SELECT
    NULL,
    user_id,
    NULL,
    NULL,
    NULL,
    NULL,
    event_time,
    NULL,
    0,
    struct(country, event_time)
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
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
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
    CASE WHEN version.event_time >= timestamp_millis(unix_millis(event_time) - 31536000000) THEN version.country END AS country
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
    *,
    COALESCE(SUM(payment) OVER last_1_hour_by_user_id, 0) AS paid_by_user_last_hour,
    COUNT(*) OVER last_1_day_by_item_id AS orders_of_item_last_day
  FROM with_expressions
  WINDOW
    last_1_hour_by_user_id AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW),
    last_1_day_by_item_id AS (PARTITION BY item_id ORDER BY unix_millis(event_time) RANGE BETWEEN 86400000 PRECEDING AND CURRENT ROW)
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
CREATE OR REPLACE TEMPORARY VIEW card_hours AS
WITH
-- Each row once for each window that holds it, with the end of that window.
windows_of_rows AS (
  SELECT
    *,
    window(event_time, '1 day', '1 hour').end AS window_end
  FROM card_events
),
-- tries_last_day and declined_last_hour per card, over windows of 1 hour and 1 day of card_events that end every 1 hour; each row is stamped with its window's last millisecond.
windows AS (
  SELECT
    card,
    window_end - INTERVAL '0.001' SECOND AS event_time,
    COUNT(*) AS tries_last_day,
    COUNT(*) FILTER (WHERE event_time >= window_end - INTERVAL '1' HOUR AND outcome = 'declined') AS declined_last_hour
  FROM windows_of_rows
  GROUP BY card, window_end
),
-- The same rows, with window_time, the window's time, as the view shows it.
with_time AS (
  SELECT
    *,
    timestamp(event_time) AS window_time
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
CREATE OR REPLACE TEMPORARY VIEW fraud_features AS
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
    CAST(NULL AS STRUCT<tries_last_day: BIGINT, declined_last_hour: BIGINT, event_time: TIMESTAMP>) AS version
  FROM priced_orders
  UNION ALL
  SELECT
    NULL,
    NULL,
    card,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    event_time,
    0,
    struct(tries_last_day, declined_last_hour, event_time)
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
    LAST_VALUE(version) IGNORE NULLS OVER so_far AS version
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
    COALESCE(CASE WHEN event_time < version.event_time + INTERVAL '1' HOUR THEN version.tries_last_day END, 0) AS card_tries_last_day,
    COALESCE(CASE WHEN event_time < version.event_time + INTERVAL '1' HOUR THEN version.declined_last_hour END, 0) AS card_declined_last_hour
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
    *,
    MAX(payment) OVER all_so_far_by_user_id AS most_paid_so_far,
    COALESCE(SUM(CASE WHEN country IS NOT NULL THEN payment END) OVER last_10_minutes_by_card, 0) AS paid_by_card_last_ten_minutes
  FROM with_expressions
  WINDOW
    all_so_far_by_user_id AS (PARTITION BY user_id ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
    last_10_minutes_by_card AS (PARTITION BY card ORDER BY event_time RANGE BETWEEN INTERVAL '10' MINUTE PRECEDING AND CURRENT ROW)
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

-- calendar, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = America/New_York;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- orders_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW orders_stored (
  id INT,
  `time` STRING,
  paid TIMESTAMP,
  born DATE,
  shipped STRING
) USING json OPTIONS (
  'path' 'orders.jsonl',
  'mode' 'FAILFAST',
  'timeZone' 'UTC'
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

-- calendar: each row of orders.
CREATE OR REPLACE TEMPORARY VIEW calendar AS
WITH
-- Each row of orders, with ordered, end_of_month, delivered, seconds, month and is_late computed from it.
with_expressions AS (
  SELECT
    *,
    to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss') AS ordered,
    CAST(timestampadd(DAY, -1, CAST(CAST(timestampadd(MONTH, 1, CAST(trunc(born, 'MONTH') AS TIMESTAMP_NTZ)) AS DATE) AS TIMESTAMP_NTZ)) AS DATE) AS end_of_month,
    try_to_timestamp(CASE WHEN shipped RLIKE '^.{10}T.{8}(Z|[+-](?:0\\d|1[0-7]):?[0-5]\\d)\\z' THEN shipped END, 'yyyy-MM-dd\'T\'HH:mm:ss[XXX][XX]') AS delivered,
    unix_seconds(to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss')) AS seconds,
    date_format(paid, 'yyyy-MM') AS `month`,
    paid >= TIMESTAMP '2022-11-06 00:00:00.000' OR born < DATE '1970-01-01' AS is_late
  FROM orders
),
-- Each row of orders, with hour, is_weekend, week, day, tomorrow, after_24_hours, paid_after_minutes, months_to_pay and age computed from it.
with_expressions_2 AS (
  SELECT
    *,
    CAST(hour(ordered) AS BIGINT) AS `hour`,
    CAST(weekday(ordered) + 1 AS BIGINT) > 5 AS is_weekend,
    CAST(weekofyear(ordered) AS BIGINT) AS week,
    CAST(CAST(ordered AS DATE) AS TIMESTAMP) AS `day`,
    CAST(timestampadd(DAY, 1, CAST(ordered AS TIMESTAMP_NTZ)) AS TIMESTAMP) AS tomorrow,
    timestamp_millis(unix_millis(ordered) + 86400000) AS after_24_hours,
    (unix_millis(paid) - unix_millis(ordered)) DIV 60000 AS paid_after_minutes,
    (((year(paid) * 12 + month(paid)) * 100000000000 + CAST(date_format(paid, 'ddHHmmssSSS') AS BIGINT)) - ((year(ordered) * 12 + month(ordered)) * 100000000000 + CAST(date_format(ordered, 'ddHHmmssSSS') AS BIGINT))) DIV 100000000000 AS months_to_pay,
    (((year(CAST(ordered AS DATE)) * 12 + month(CAST(ordered AS DATE))) * 100 + day(CAST(ordered AS DATE))) - ((year(born) * 12 + month(born)) * 100 + day(born))) DIV 100 DIV 12 AS age
  FROM with_expressions
),
-- Each row of orders, with second_of_the_day computed from it.
with_expressions_3 AS (
  SELECT
    *,
    (unix_millis(ordered) - unix_millis(`day`)) DIV 1000 AS second_of_the_day
  FROM with_expressions_2
)
SELECT
  id,
  `time`,
  ordered,
  `hour`,
  is_weekend,
  week,
  `day`,
  second_of_the_day,
  tomorrow,
  after_24_hours,
  paid_after_minutes,
  months_to_pay,
  age,
  end_of_month,
  delivered,
  seconds,
  `month`,
  is_late,
  event_time
FROM with_expressions_3;

-- The rows of calendar.
SELECT id, `time`, ordered, `hour`, is_weekend, week, `day`, second_of_the_day, tomorrow, after_24_hours, paid_after_minutes, months_to_pay, age, end_of_month, delivered, seconds, `month`, is_late
FROM calendar;

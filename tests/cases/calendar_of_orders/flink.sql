-- calendar, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'America/New_York';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- orders: json files.
CREATE TEMPORARY TABLE orders (
  id INT,
  `time` STRING,
  paid TIMESTAMP_LTZ(3),
  born DATE,
  shipped STRING,
  event_time AS CASE
    WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time`
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

-- calendar: each row of orders.
CREATE TEMPORARY VIEW calendar AS
WITH
-- Each row of orders, with ordered, end_of_month, delivered, seconds, month and is_late computed from it.
with_expressions AS (
  SELECT
    *,
    CASE WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` OR CAST('TO_TIMESTAMP cannot read ' || `time` AS BOOLEAN) THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) END AS ordered,
    TIMESTAMPADD(DAY, -1, TIMESTAMPADD(MONTH, 1, TIMESTAMPADD(DAY, 1 - EXTRACT(DAY FROM born), born))) AS end_of_month,
    CASE WHEN REGEXP(shipped, '^.{10}T.{8}(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(shipped, 1, 19), 'yyyy-MM-dd''T''HH:mm:ss'), 'yyyy-MM-dd''T''HH:mm:ss') = SUBSTRING(shipped, 1, 19) THEN TO_TIMESTAMP_LTZ(SUBSTRING(shipped, 1, 19), 'yyyy-MM-dd''T''HH:mm:ss', REGEXP_EXTRACT(shipped, '^.{10}T.{8}(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1)) END AS delivered,
    EXTRACT(EPOCH FROM FLOOR(TIMESTAMP '1970-01-01 00:00:00.000' + (CASE WHEN DATE_FORMAT(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss'), 'yyyy-MM-dd HH:mm:ss') = `time` OR CAST('UNIX_TIMESTAMP cannot read ' || `time` AS BOOLEAN) THEN CAST(TO_TIMESTAMP(`time`, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP_LTZ(3)) END - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND TO SECOND)) AS seconds,
    DATE_FORMAT(paid, 'yyyy-MM') AS `month`,
    paid >= CAST(TIMESTAMP '2022-11-06 00:00:00.000' AS TIMESTAMP_LTZ(3)) OR born < DATE '1970-01-01' AS is_late
  FROM orders
),
-- Each row of orders, with hour, is_weekend, week, day, tomorrow, after_24_hours, paid_after_minutes, months_to_pay and age computed from it.
with_expressions_2 AS (
  SELECT
    *,
    EXTRACT(HOUR FROM CAST(ordered AS TIME)) AS `hour`,
    EXTRACT(ISODOW FROM CAST(ordered AS DATE)) > 5 AS is_weekend,
    EXTRACT(WEEK FROM CAST(ordered AS DATE)) AS week,
    CAST(CAST(ordered AS DATE) AS TIMESTAMP_LTZ(3)) AS `day`,
    CAST(TIMESTAMPADD(DAY, 1, CAST(ordered AS TIMESTAMP(3))) AS TIMESTAMP_LTZ(3)) AS tomorrow,
    TIMESTAMPADD(HOUR, 24, ordered) AS after_24_hours,
    CAST(TIMESTAMPDIFF(DAY, ordered, paid) AS BIGINT) * 1440 + TIMESTAMPDIFF(MINUTE, TIMESTAMPADD(DAY, TIMESTAMPDIFF(DAY, ordered, paid), ordered), paid) AS paid_after_minutes,
    (((EXTRACT(YEAR FROM CAST(paid AS DATE)) * 12 + EXTRACT(MONTH FROM CAST(paid AS DATE))) * 100000000000 + CAST(DATE_FORMAT(paid, 'ddHHmmssSSS') AS BIGINT)) - ((EXTRACT(YEAR FROM CAST(ordered AS DATE)) * 12 + EXTRACT(MONTH FROM CAST(ordered AS DATE))) * 100000000000 + CAST(DATE_FORMAT(ordered, 'ddHHmmssSSS') AS BIGINT))) / 100000000000 AS months_to_pay,
    (((EXTRACT(YEAR FROM CAST(ordered AS DATE)) * 12 + EXTRACT(MONTH FROM CAST(ordered AS DATE))) * 100 + EXTRACT(DAY FROM CAST(ordered AS DATE))) - ((EXTRACT(YEAR FROM born) * 12 + EXTRACT(MONTH FROM born)) * 100 + EXTRACT(DAY FROM born))) / 100 / 12 AS age
  FROM with_expressions
),
-- Each row of orders, with second_of_the_day computed from it.
with_expressions_3 AS (
  SELECT
    *,
    CAST(TIMESTAMPDIFF(DAY, `day`, ordered) AS BIGINT) * 86400 + TIMESTAMPDIFF(SECOND, TIMESTAMPADD(DAY, TIMESTAMPDIFF(DAY, `day`, ordered), `day`), ordered) AS second_of_the_day
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

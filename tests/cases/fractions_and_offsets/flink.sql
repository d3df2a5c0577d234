-- features, in Flink SQL, in streaming mode. Made by sqlfeat from the definition: change that, not this.
-- features, feature 'last_second': the rows of events come in any order, and in streaming mode a window over such rows takes a time that grows with the square of the rows of a key. For many rows of a key, render it for flink_batch, or say their max_out_of_orderness.

-- The statements of production, for files too.
SET 'execution.runtime-mode' = 'streaming';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  `row` BIGINT,
  `time` STRING,
  event_time AS CASE
    WHEN REGEXP(`time`, '^.{10}T.{8}\.(\d{1,6})(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd''T''HH:mm:ss'), 'yyyy-MM-dd''T''HH:mm:ss') = SUBSTRING(`time`, 1, 19) AND TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{10}T.{8}\.(\d{1,6})(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1) || '00', 1, 3) AS INT), TO_TIMESTAMP_LTZ(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd''T''HH:mm:ss', REGEXP_EXTRACT(`time`, '^.{10}T.{8}\.(\d{1,6})(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 2))) > TO_TIMESTAMP_LTZ(0, 3)
      OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
    THEN TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{10}T.{8}\.(\d{1,6})(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1) || '00', 1, 3) AS INT), TO_TIMESTAMP_LTZ(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd''T''HH:mm:ss', REGEXP_EXTRACT(`time`, '^.{10}T.{8}\.(\d{1,6})(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 2)))
  END,
  WATERMARK FOR event_time AS event_time - INTERVAL '1000' YEAR(4)
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of events, with so_far over all rows up to its time.
all_so_far AS (
  SELECT
    COUNT(*) OVER all_so_far AS so_far,
    events.*
  FROM events
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Each row of events, with same_time over all rows at its time.
last_0_milliseconds AS (
  SELECT
    COUNT(*) OVER last_0_milliseconds AS same_time,
    all_so_far.*
  FROM all_so_far
  WINDOW
    last_0_milliseconds AS (ORDER BY event_time RANGE BETWEEN INTERVAL '0' SECOND PRECEDING AND CURRENT ROW)
),
-- Each row of events, with last_second over all rows from 1 second before its time up to it, both included.
last_1_second AS (
  SELECT
    COALESCE(SUM(`row`) OVER last_1_second, 0) AS last_second,
    last_0_milliseconds.*
  FROM last_0_milliseconds
  WINDOW
    last_1_second AS (ORDER BY event_time RANGE BETWEEN INTERVAL '1' SECOND PRECEDING AND CURRENT ROW)
)
SELECT
  `row`,
  `time`,
  so_far,
  same_time,
  last_second,
  event_time
FROM last_1_second;

-- The rows of features.
SELECT `row`, `time`, so_far, same_time, last_second
FROM features;

-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  `row` BIGINT,
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
      WHEN REGEXP(`time`, '^.{10}T.{8}\.(\d{1,6})(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z') AND DATE_FORMAT(TO_TIMESTAMP(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd''T''HH:mm:ss'), 'yyyy-MM-dd''T''HH:mm:ss') = SUBSTRING(`time`, 1, 19)
        OR CAST('source events, column time: cannot use the timestamp ' || COALESCE(`time`, 'NULL') AS BOOLEAN)
      THEN EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{10}T.{8}\.(\d{1,6})(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1) || '00', 1, 3) AS INT), TO_TIMESTAMP_LTZ(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd''T''HH:mm:ss', REGEXP_EXTRACT(`time`, '^.{10}T.{8}\.(\d{1,6})(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 2))) - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM TIMESTAMPADD(MILLISECOND, CAST(SUBSTRING(REGEXP_EXTRACT(`time`, '^.{10}T.{8}\.(\d{1,6})(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 1) || '00', 1, 3) AS INT), TO_TIMESTAMP_LTZ(SUBSTRING(`time`, 1, 19), 'yyyy-MM-dd''T''HH:mm:ss', REGEXP_EXTRACT(`time`, '^.{10}T.{8}\.(\d{1,6})(Z|[+-](?:0\d|1[0-7]):?[0-5]\d)\z', 2))))
    END AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- features: each row of events.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of events, with each feature over its window, named below.
with_windows AS (
  SELECT
    COUNT(*) OVER all_so_far AS so_far,
    COUNT(*) OVER last_0_milliseconds AS same_time,
    COALESCE(SUM(`row`) OVER last_1_second, 0) AS last_second,
    events.*
  FROM events
  WINDOW
    all_so_far AS (ORDER BY event_time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
    last_0_milliseconds AS (ORDER BY event_time RANGE BETWEEN 0 PRECEDING AND CURRENT ROW),
    last_1_second AS (ORDER BY event_time RANGE BETWEEN 1000 PRECEDING AND CURRENT ROW)
)
SELECT
  `row`,
  `time`,
  so_far,
  same_time,
  last_second,
  event_time
FROM with_windows;

-- The rows of features.
SELECT `row`, `time`, so_far, same_time, last_second
FROM features;

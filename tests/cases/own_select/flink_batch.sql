-- features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'UTC';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- people: json files.
CREATE TEMPORARY TABLE people (
  name STRING,
  age INT
) WITH (
  'connector' = 'filesystem',
  'path' = 'people.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events_stored: json files.
CREATE TEMPORARY TABLE events_stored (
  name STRING,
  cost INT,
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

-- doubled: each row of events.
CREATE TEMPORARY VIEW doubled AS
WITH
-- Each row of events, with twice computed from it.
with_expressions AS (
  SELECT
    *,
    CAST(cost AS BIGINT) * 2 AS twice
  FROM events
)
SELECT
  name,
  cost,
  `time`,
  twice,
  event_time
FROM with_expressions;

-- grown up_written: the SELECT of grown up, as its definition has it.
CREATE TEMPORARY VIEW `grown up_written` AS
WITH
-- What comes out of the tables that the SELECT reads.
doubled AS (
  SELECT name, cost, `time`, twice
  FROM doubled
),
adults AS (SELECT * FROM people WHERE age >= 18)
SELECT doubled.*, adults.age, 1.5 AS factor, 'x;y' AS note, CAST(NULL AS BIGINT) AS nothing
FROM doubled JOIN adults ON doubled.name = adults.name;

-- grown up: the columns that its definition declares, in their types.
CREATE TEMPORARY VIEW `grown up` AS
SELECT
  CAST(name AS STRING) AS name,
  CAST(cost AS BIGINT) AS cost,
  CAST(`time` AS STRING) AS `time`,
  CAST(twice AS BIGINT) AS twice,
  CAST(age AS INT) AS age,
  CAST(factor AS DOUBLE) AS factor,
  CAST(note AS STRING) AS note,
  CAST(nothing AS BIGINT) AS nothing
FROM `grown up_written`;

-- features: each row of grown up.
CREATE TEMPORARY VIEW features AS
WITH
-- Each row of grown up, with scaled computed from it.
with_expressions AS (
  SELECT
    *,
    twice * factor AS scaled
  FROM `grown up`
)
SELECT
  name,
  cost,
  twice,
  scaled,
  note,
  nothing
FROM with_expressions;

-- The rows of features.
SELECT name, cost, twice, scaled, note, nothing
FROM features;

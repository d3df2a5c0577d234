-- features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- people: json files.
CREATE OR REPLACE TEMPORARY VIEW people (
  name STRING,
  age INT
) USING json OPTIONS (
  'path' 'people.jsonl',
  'mode' 'FAILFAST'
);

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  name STRING,
  cost INT,
  `time` STRING
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(try_to_timestamp(`time`, 'yyyy-MM-dd HH:mm:ss'), raise_error(concat('source events, column time: cannot use the timestamp ', coalesce(CAST(`time` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- doubled: each row of events.
CREATE OR REPLACE TEMPORARY VIEW doubled AS
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
CREATE OR REPLACE TEMPORARY VIEW `grown up_written` AS
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
CREATE OR REPLACE TEMPORARY VIEW `grown up` AS
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
CREATE OR REPLACE TEMPORARY VIEW features AS
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

-- addresses, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = UTC;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events_stored: json files.
CREATE OR REPLACE TEMPORARY VIEW events_stored (
  id INT,
  home STRING,
  work STRING,
  place INT,
  `at` TIMESTAMP
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST',
  'timeZone' 'UTC'
);

-- events: each stored row, with its event time; one that cannot be read stops the run.
CREATE OR REPLACE TEMPORARY VIEW events AS
WITH
-- Each row, with its event time.
in_time AS (
  SELECT
    *,
    coalesce(date_trunc('MILLISECOND', `at`), raise_error(concat('source events, column at: cannot use the timestamp ', coalesce(CAST(`at` AS STRING), 'NULL')))) AS event_time
  FROM events_stored
)
SELECT *
FROM in_time
WHERE event_time IS NOT NULL;

-- addresses: each row of events.
CREATE OR REPLACE TEMPORARY VIEW addresses AS
WITH
-- Each row of events, with first, chosen, bracketed and none computed from it.
with_expressions AS (
  SELECT
    *,
    try_element_at(array(home, work), 1) AS `first`,
    try_element_at(array(home, work), CASE WHEN place > 0 THEN place END) AS chosen,
    try_element_at(array(home, work), 2) AS bracketed,
    try_element_at(array(home, work), 3) AS `none`
  FROM events
)
SELECT
  `at`,
  id,
  `first`,
  chosen,
  bracketed,
  `none`,
  event_time
FROM with_expressions;

-- The rows of addresses.
SELECT `at`, id, `first`, chosen, bracketed, `none`
FROM addresses;

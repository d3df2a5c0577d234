-- events_with_features, in Spark SQL, in batch. Made by sqlfeat from the definition: change that, not this.

-- It calls functions of Python. sqlfeat registers them when it runs it; in another session register them before:
--   events_with_features__seen(BOOLEAN, INT, BIGINT, FLOAT, DOUBLE, DECIMAL(20, 4), STRING, BINARY, DATE, BIGINT, ARRAY<STRING>, MAP<STRING, BIGINT>, STRUCT<city: STRING, zip: INT>, ARRAY<STRUCT<city: STRING>>) RETURNS STRING: shown, for seen of events_with_features.
--   events_with_features__same_ok(BOOLEAN) RETURNS BOOLEAN: same, for same_ok of events_with_features.
--   events_with_features__same_small(INT) RETURNS INT: same, for same_small of events_with_features.
--   events_with_features__same_large(BIGINT) RETURNS BIGINT: same, for same_large of events_with_features.
--   events_with_features__same_single(FLOAT) RETURNS FLOAT: same, for same_single of events_with_features.
--   events_with_features__same_double(DOUBLE) RETURNS DOUBLE: same, for same_double of events_with_features.
--   events_with_features__same_exact(DECIMAL(20, 4)) RETURNS DECIMAL(20, 4): same, for same_exact of events_with_features.
--   events_with_features__same_text(STRING) RETURNS STRING: same, for same_text of events_with_features.
--   events_with_features__same_bytes(BINARY) RETURNS BINARY: same, for same_bytes of events_with_features.
--   events_with_features__same_day(DATE) RETURNS DATE: same, for same_day of events_with_features.
--   events_with_features__same_moment(BIGINT) RETURNS BIGINT: same, for same_moment of events_with_features.
--   events_with_features__same_list(ARRAY<STRING>) RETURNS ARRAY<STRING>: same, for same_list of events_with_features.
--   events_with_features__same_counts(MAP<STRING, BIGINT>) RETURNS MAP<STRING, BIGINT>: same, for same_counts of events_with_features.
--   events_with_features__same_place(STRUCT<city: STRING, zip: INT>) RETURNS STRUCT<city: STRING, zip: INT>: same, for same_place of events_with_features.
--   events_with_features__same_places(ARRAY<STRUCT<city: STRING>>) RETURNS ARRAY<STRUCT<city: STRING>>: same, for same_places of events_with_features.
--   events_with_features__before(BIGINT) RETURNS BIGINT: last_millisecond_of_1969, for before of events_with_features.

-- Text without an offset is read in this zone.
SET spark.sql.session.timeZone = Europe/Paris;

-- Overflow and bad casts stop the run.
SET spark.sql.ansi.enabled = true;

-- events: json files.
CREATE OR REPLACE TEMPORARY VIEW events (
  id BIGINT,
  ok BOOLEAN,
  small INT,
  `large` BIGINT,
  single FLOAT,
  `double` DOUBLE,
  exact DECIMAL(20, 4),
  text STRING,
  `bytes` BINARY,
  `day` DATE,
  moment TIMESTAMP,
  list ARRAY<STRING>,
  counts MAP<STRING, BIGINT>,
  place STRUCT<city: STRING, zip: INT>,
  places ARRAY<STRUCT<city: STRING>>
) USING json OPTIONS (
  'path' 'events.jsonl',
  'mode' 'FAILFAST',
  'timeZone' 'UTC'
);

-- events_with_features: each row of events.
CREATE OR REPLACE TEMPORARY VIEW events_with_features AS
WITH
-- Each row of events, with seen, same_ok, same_small, same_large, same_single, same_double, same_exact, same_text, same_bytes, same_day, same_moment, same_list, same_counts, same_place and same_places computed from it.
with_expressions AS (
  SELECT
    *,
    events_with_features__seen(ok, small, `large`, single, `double`, exact, text, `bytes`, `day`, unix_millis(moment), list, counts, place, places) AS seen,
    events_with_features__same_ok(ok) AS same_ok,
    events_with_features__same_small(small) AS same_small,
    events_with_features__same_large(`large`) AS same_large,
    events_with_features__same_single(single) AS same_single,
    events_with_features__same_double(`double`) AS same_double,
    events_with_features__same_exact(exact) AS same_exact,
    events_with_features__same_text(text) AS same_text,
    events_with_features__same_bytes(`bytes`) AS same_bytes,
    events_with_features__same_day(`day`) AS same_day,
    timestamp_millis(events_with_features__same_moment(unix_millis(moment))) AS same_moment,
    events_with_features__same_list(list) AS same_list,
    events_with_features__same_counts(counts) AS same_counts,
    events_with_features__same_place(place) AS same_place,
    events_with_features__same_places(places) AS same_places
  FROM events
),
-- Each row of events, with before computed from it.
with_expressions_2 AS (
  SELECT
    *,
    timestamp_millis(events_with_features__before(id)) AS before
  FROM with_expressions
)
SELECT
  id,
  seen,
  same_ok,
  same_small,
  same_large,
  same_single,
  same_double,
  same_exact,
  same_text,
  same_bytes,
  same_day,
  same_moment,
  same_list,
  same_counts,
  same_place,
  same_places,
  before
FROM with_expressions_2;

-- The rows of events_with_features.
SELECT id, seen, same_ok, same_small, same_large, same_single, same_double, same_exact, same_text, same_bytes, same_day, same_moment, same_list, same_counts, same_place, same_places, before
FROM events_with_features;

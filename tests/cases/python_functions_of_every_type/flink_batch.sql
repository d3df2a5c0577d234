-- events_with_features, in Flink SQL, in batch mode. Made by sqlfeat from the definition: change that, not this.

-- It calls functions of Python. sqlfeat registers them when it runs it; in another session register them before:
--   events_with_features__seen(BOOLEAN, INT, BIGINT, FLOAT, DOUBLE, DECIMAL(20, 4), STRING, BYTES, DATE, BIGINT, ARRAY<STRING>, MAP<STRING, BIGINT>, ROW<city STRING, zip INT>, ARRAY<ROW<city STRING>>) RETURNS STRING: shown, for seen of events_with_features.
--   events_with_features__same_ok(BOOLEAN) RETURNS BOOLEAN: same, for same_ok of events_with_features.
--   events_with_features__same_small(INT) RETURNS INT: same, for same_small of events_with_features.
--   events_with_features__same_large(BIGINT) RETURNS BIGINT: same, for same_large of events_with_features.
--   events_with_features__same_single(FLOAT) RETURNS FLOAT: same, for same_single of events_with_features.
--   events_with_features__same_double(DOUBLE) RETURNS DOUBLE: same, for same_double of events_with_features.
--   events_with_features__same_exact(DECIMAL(20, 4)) RETURNS DECIMAL(20, 4): same, for same_exact of events_with_features.
--   events_with_features__same_text(STRING) RETURNS STRING: same, for same_text of events_with_features.
--   events_with_features__same_bytes(BYTES) RETURNS BYTES: same, for same_bytes of events_with_features.
--   events_with_features__same_day(DATE) RETURNS DATE: same, for same_day of events_with_features.
--   events_with_features__same_moment(BIGINT) RETURNS BIGINT: same, for same_moment of events_with_features.
--   events_with_features__same_list(ARRAY<STRING>) RETURNS ARRAY<STRING>: same, for same_list of events_with_features.
--   events_with_features__same_counts(MAP<STRING, BIGINT>) RETURNS MAP<STRING, BIGINT>: same, for same_counts of events_with_features.
--   events_with_features__same_place(ROW<city STRING, zip INT>) RETURNS ROW<city STRING, zip INT>: same, for same_place of events_with_features.
--   events_with_features__same_places(ARRAY<ROW<city STRING>>) RETURNS ARRAY<ROW<city STRING>>: same, for same_places of events_with_features.
--   events_with_features__before(BIGINT) RETURNS BIGINT: last_millisecond_of_1969, for before of events_with_features.

-- Bounded sources, read to their ends.
SET 'execution.runtime-mode' = 'batch';

-- Text without an offset is read in this zone.
SET 'table.local-time-zone' = 'Europe/Paris';

-- Rows are printed as they come.
SET 'sql-client.execution.result-mode' = 'tableau';

-- events: json files.
CREATE TEMPORARY TABLE events (
  id BIGINT,
  ok BOOLEAN,
  small INT,
  `large` BIGINT,
  single FLOAT,
  `double` DOUBLE,
  exact DECIMAL(20, 4),
  text STRING,
  `bytes` BYTES,
  `day` DATE,
  moment TIMESTAMP_LTZ(3),
  list ARRAY<STRING>,
  counts MAP<STRING, BIGINT>,
  place ROW<city STRING, zip INT>,
  places ARRAY<ROW<city STRING>>
) WITH (
  'connector' = 'filesystem',
  'path' = 'events.jsonl',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

-- events_with_features: each row of events.
CREATE TEMPORARY VIEW events_with_features AS
WITH
-- Each row of events, with seen, same_ok, same_small, same_large, same_single, same_double, same_exact, same_text, same_bytes, same_day, same_moment, same_list, same_counts, same_place and same_places computed from it.
with_expressions AS (
  SELECT
    *,
    events_with_features__seen(ok, small, `large`, single, `double`, exact, text, `bytes`, `day`, EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (moment - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM TIMESTAMP '1970-01-01 00:00:00.000' + (moment - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND), list, counts, place, places) AS seen,
    events_with_features__same_ok(ok) AS same_ok,
    events_with_features__same_small(small) AS same_small,
    events_with_features__same_large(`large`) AS same_large,
    events_with_features__same_single(single) AS same_single,
    events_with_features__same_double(`double`) AS same_double,
    events_with_features__same_exact(exact) AS same_exact,
    events_with_features__same_text(text) AS same_text,
    events_with_features__same_bytes(`bytes`) AS same_bytes,
    events_with_features__same_day(`day`) AS same_day,
    TO_TIMESTAMP_LTZ(events_with_features__same_moment(EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 00:00:00.000' + (moment - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND) * 1000 + EXTRACT(MILLISECOND FROM TIMESTAMP '1970-01-01 00:00:00.000' + (moment - TO_TIMESTAMP_LTZ(0, 3)) DAY TO SECOND)), 3) AS same_moment,
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
    TO_TIMESTAMP_LTZ(events_with_features__before(id), 3) AS before
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

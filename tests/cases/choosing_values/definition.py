"""CASE, IF, COALESCE and NULLIF choose among values of one meaning but different types; a
condition that is NULL is not met.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"a": sf.Int32, "b": sf.Int64, "x": sf.Float64, "kind": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature(
            "size",
            "CASE WHEN a > 10 THEN 'big' WHEN a > 5 THEN 'middle' "
            "WHEN a IS NULL THEN 'unknown' ELSE 'small' END",
        ),
        sf.Feature("points", "CASE kind WHEN 'pay' THEN 1 WHEN 'refund' THEN -1 END"),
        sf.Feature("mixed", "CASE WHEN kind = 'pay' THEN a ELSE x END"),
        sf.Feature("chosen", "IF(a > 5, a, b)"),
        sf.Feature("first_known", "COALESCE(a, b, 0)"),
        sf.Feature("first_number", "COALESCE(a, x)"),
        sf.Feature("not_seven", "NULLIF(a, 7)"),
        sf.Feature("kind_or_text", "COALESCE(NULLIF(kind, ''), 'none')"),
        sf.Feature("nested", "IF(a IS NULL, NULL, IF(a % 2 = 0, 'even', 'odd'))"),
    ],
    keep_source_fields=True,
)

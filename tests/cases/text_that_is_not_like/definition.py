"""NOT LIKE is the opposite of LIKE, wherever the NOT stands, and NULL where LIKE is."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"word": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("not_like", "word NOT LIKE 'a%'"),
        sf.Feature("not_before", "NOT word LIKE 'a%'"),
        sf.Feature("not_not", "NOT (word NOT LIKE 'a%')"),
    ],
    keep_source_fields=True,
    filter_expr="word IS NULL OR word NOT LIKE '%x%'",
)

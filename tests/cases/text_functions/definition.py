"""Text in other cases, joined, and compared with patterns in which only % and _ are wild."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"word": sf.String, "other": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("lower", "LOWER(word)"),
        sf.Feature("upper", "UPPER(word)"),
        sf.Feature("joined", "word || '-' || other"),
        sf.Feature("concat", "CONCAT(word, other)"),
        sf.Feature("starts", "word LIKE 'a%'"),
        sf.Feature("one_between", "word LIKE 'a_c'"),
        sf.Feature("has_dot", "word LIKE '%.%'"),
        sf.Feature("like_other", "word LIKE other"),
        sf.Feature("less", "word < other"),
    ],
    keep_source_fields=True,
)

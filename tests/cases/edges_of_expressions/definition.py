"""What engines say differently: a count of NULLs, an instant as text, a cast that is not needed, and a
backslash in a pattern.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    schema={"word": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S.%f",
)

minutes = sf.SlidingFeatureView(
    "minutes",
    source=events,
    features=[
        sf.Feature(
            "nothing",
            sf.SlidingWindowTransform("CAST(NULL AS INT)", "COUNT", "1 minute", "1 minute", ["word"]),
        ),
        sf.Feature(
            "sum",
            sf.SlidingWindowTransform(
                "COALESCE(amount, CAST(word AS BIGINT))", "SUM", "1 minute", "1 minute", ["word"]
            ),
        ),
    ],
)

target = sf.DerivedFeatureView(
    "features",
    source=minutes,
    features=[
        "word",
        "nothing",
        "sum",
        sf.Feature("until", "CAST(window_time AS STRING)"),
        sf.Feature("is_path", r"word LIKE '_\_'"),
        sf.Feature("ends_in_slash", r"word LIKE '%\'"),
    ],
)

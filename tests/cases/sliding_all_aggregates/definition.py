"""Each aggregate over windows with NULLs: the first and last values are by event time, not by
their place in the file, and of a tie the least and the greatest.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int32, "city": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature(
            "total", sf.SlidingWindowTransform("amount", "SUM", "2 minutes", "1 minute", ["user"])
        ),
        sf.Feature(
            "known", sf.SlidingWindowTransform("amount", "COUNT", "2 minutes", "1 minute", ["user"])
        ),
        sf.Feature("mean", sf.SlidingWindowTransform("amount", "AVG", "2 minutes", "1 minute", ["user"])),
        sf.Feature(
            "least", sf.SlidingWindowTransform("amount", "MIN", "2 minutes", "1 minute", ["user"])
        ),
        sf.Feature(
            "greatest",
            sf.SlidingWindowTransform("amount", "MAX", "2 minutes", "1 minute", ["user"]),
        ),
        sf.Feature(
            "first",
            sf.SlidingWindowTransform("amount", "FIRST_VALUE", "2 minutes", "1 minute", ["user"]),
        ),
        sf.Feature(
            "last",
            sf.SlidingWindowTransform("amount", "LAST_VALUE", "2 minutes", "1 minute", ["user"]),
        ),
        sf.Feature(
            "first_city",
            sf.SlidingWindowTransform("city", "FIRST_VALUE", "2 minutes", "1 minute", ["user"]),
        ),
        sf.Feature(
            "last_city",
            sf.SlidingWindowTransform("city", "LAST_VALUE", "2 minutes", "1 minute", ["user"]),
        ),
        sf.Feature(
            "greatest_city",
            sf.SlidingWindowTransform("city", "MAX", "2 minutes", "1 minute", ["user"]),
        ),
    ],
    timestamp_field="until",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

"""Windows of 1095 days that end every 365 days: longer than any interval of three digits."""

import sqlfeat as sf

visits = sf.FileSystemSource(
    "visits",
    path="visits.jsonl",
    schema={"user": sf.String, "pages": sf.Int64, "day": sf.String},
    timestamp_field="day",
    timestamp_format="%Y-%m-%d",
)

target = sf.SlidingFeatureView(
    "windows",
    source=visits,
    features=[
        sf.Feature(
            "three_years", sf.SlidingWindowTransform("pages", "SUM", "1095 days", "365 days", ["user"])
        ),
        sf.Feature(
            "a_decade", sf.SlidingWindowTransform("pages", "SUM", "3650 days", "365 days", ["user"])
        ),
    ],
    timestamp_format="%Y-%m-%d %H:%M:%S.%f",
)

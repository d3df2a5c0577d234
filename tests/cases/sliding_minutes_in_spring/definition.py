"""Windows of minutes over the moment in which New York's clocks jump from 02:00 to 03:00; the
texts have no offset, and those in the skipped hour are read as if the clock had not been put
forward yet.
"""

import sqlfeat as sf

timezone = "America/New_York"

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"user": sf.String, "amount": sf.Int64, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.SlidingFeatureView(
    "windows",
    source=events,
    features=[
        sf.Feature(
            "last_ten",
            sf.SlidingWindowTransform("amount", "SUM", "10 minutes", "5 minutes", ["user"]),
        ),
    ],
)

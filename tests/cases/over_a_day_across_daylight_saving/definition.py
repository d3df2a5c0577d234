"""A window of one day reaches back 24 hours, also over the night in which New York puts its
clocks forward: from noon to 11:00 of the day before by the clock, in autumn to 13:00.
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

target = sf.DerivedFeatureView(
    "events_with_windows",
    source=events,
    features=[
        sf.Feature("last_day", sf.OverWindowTransform("amount", "SUM", "1 day", ["user"])),
    ],
    keep_source_fields=True,
)

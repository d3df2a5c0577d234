"""An element is read from an array that is made on the spot, in both ways to write one."""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    schema={"id": sf.Int32, "home": sf.String, "work": sf.String, "place": sf.Int32, "at": sf.Timestamp},
    timestamp_field="at",
)

target = sf.DerivedFeatureView(
    "addresses",
    source=events,
    features=[
        "id",
        sf.Feature("first", "ARRAY(home, work)[1]"),
        sf.Feature("chosen", "ARRAY(home, work)[place]"),
        sf.Feature("bracketed", "ARRAY[home, work][2]"),
        sf.Feature("none", "ARRAY(home, work)[3]"),
    ],
)

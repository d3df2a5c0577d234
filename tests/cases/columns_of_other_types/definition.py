"""Columns of the types that expressions do little with come through joins and windows as they
are.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={
        "user": sf.String,
        "flag": sf.Boolean,
        "day": sf.Date,
        "small": sf.Int32,
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

users = sf.FileSystemSource(
    "users",
    path="users.jsonl",
    data_format="json",
    schema={"user": sf.String, "born": sf.Date, "is_member": sf.Boolean, "at": sf.Int64},
    keys=["user"],
    timestamp_field="at",
    timestamp_format="epoch",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("born", sf.JoinTransform(users, "born")),
        sf.Feature("is_member", sf.JoinTransform(users, "is_member")),
        sf.Feature("last_day", sf.OverWindowTransform("day", "LAST_VALUE", None, ["user"])),
        sf.Feature("first_day", sf.OverWindowTransform("day", "MIN", None, ["user"])),
        sf.Feature("last_flag", sf.OverWindowTransform("flag", "LAST_VALUE", None, ["user"])),
        sf.Feature("days", sf.OverWindowTransform("*", "COUNT", None, ["day", "flag"])),
    ],
    keep_source_fields=True,
)

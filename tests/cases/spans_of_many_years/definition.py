"""Windows, a ttl and a lateness of years: 1096 days are three years, and a row on their first day is
within them.
"""

import sqlfeat as sf

TIME = {"timestamp_field": "day", "timestamp_format": "%Y-%m-%d"}

visits = sf.FileSystemSource(
    "visits",
    path="visits.jsonl",
    schema={"user": sf.String, "pages": sf.Int64, "day": sf.String},
    max_out_of_orderness="3000 days",
    **TIME,
)

moves = sf.FileSystemSource(
    "moves",
    path="moves.jsonl",
    schema={"user": sf.String, "city": sf.String, "day": sf.String},
    keys=["user"],
    max_out_of_orderness="1000 days",
    **TIME,
)

target = sf.DerivedFeatureView(
    "features",
    source=visits,
    features=[
        sf.Feature("city", sf.JoinTransform(moves, "city", ttl="1461 days", tie_breaker="city")),
        sf.Feature("three_years", sf.OverWindowTransform("pages", "SUM", "1096 days", ["user"])),
        sf.Feature("a_century", sf.OverWindowTransform("pages", "SUM", "36525 days", ["user"])),
    ],
    keep_source_fields=True,
)

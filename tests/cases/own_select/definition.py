"""A SELECT of the definition's own that reads a view and a source: it sees the columns that come out of
them, and what it gives comes out in the types that are declared.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"name": sf.String, "cost": sf.Int32, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)
people = sf.FileSystemSource(
    "people", path="people.jsonl", data_format="json", schema={"name": sf.String, "age": sf.Int32}
)
doubled = sf.DerivedFeatureView(
    "doubled", source=events, features=[sf.Feature("twice", "cost * 2")], keep_source_fields=True
)
grown = sf.SqlFeatureView(
    "grown up",
    """
    WITH adults AS (SELECT * FROM people WHERE age >= 18)
    SELECT doubled.*, adults.age, 1.5 AS factor, 'x;y' AS note, CAST(NULL AS BIGINT) AS nothing
    FROM doubled JOIN adults ON doubled.name = adults.name  -- no ; inside
    ;
    """,
    schema={
        "name": sf.String,
        "cost": sf.Int64,
        "time": sf.String,
        "twice": sf.Int64,
        "age": sf.Int32,
        "factor": sf.Float64,
        "note": sf.String,
        "nothing": sf.Int64,
    },
    tables=[doubled, people],
)
target = sf.DerivedFeatureView(
    "features",
    source=grown,
    features=["name", "cost", "twice", sf.Feature("scaled", "twice * factor"), "note", "nothing"],
)

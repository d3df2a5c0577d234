"""What a Python function gets and gives, for every type: `seen` shows the value as Python writes it, the
others give it back. NULL is None, an instant a datetime in UTC, whatever the zone of the project is.
"""

from datetime import UTC, datetime, timedelta

import sqlfeat as sf

timezone = "Europe/Paris"
TYPES = {
    "ok": sf.Boolean,
    "small": sf.Int32,
    "large": sf.Int64,
    "single": sf.Float32,
    "double": sf.Float64,
    "exact": sf.Decimal(20, 4),
    "text": sf.String,
    "bytes": sf.Bytes,
    "day": sf.Date,
    "moment": sf.Timestamp,
    "list": sf.Array(sf.String),
    "counts": sf.Map(sf.String, sf.Int64),
    "place": sf.Struct(city=sf.String, zip=sf.Int32),
    "places": sf.Array(sf.Struct(city=sf.String)),
}

events = sf.FileSystemSource(
    "events", path="events.jsonl", data_format="json", schema={"id": sf.Int64, **TYPES}
)


def same(value: object) -> object:
    return value


def shown(*values: object) -> str:
    return repr(values)


def last_millisecond_of_1969(number: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) - timedelta(milliseconds=1)


target = sf.DerivedFeatureView(
    "events_with_features",
    source=events,
    features=[
        "id",
        sf.Feature("seen", sf.PythonUdfTransform(shown, list(TYPES)), dtype=sf.String),
        *(
            sf.Feature(f"same_{name}", sf.PythonUdfTransform(same, [name], dtype=dtype))
            for name, dtype in TYPES.items()
        ),
        sf.Feature("before", sf.PythonUdfTransform(last_millisecond_of_1969, ["id"]), dtype=sf.Timestamp),
    ],
)

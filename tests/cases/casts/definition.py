"""CAST changes types by the contract's rules: booleans become lower-case words, and TRY_CAST
gives NULL where the text is no number, or none of the type.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"n": sf.Int64, "text": sf.String, "p": sf.Boolean, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("n_text", "CAST(n AS STRING)"),
        sf.Feature("n_double", "CAST(n AS DOUBLE) / 4"),
        sf.Feature("p_text", "CAST(p AS STRING)"),
        sf.Feature("text_int", "TRY_CAST(text AS INT)"),
        sf.Feature("text_bigint", "TRY_CAST(text AS BIGINT)"),
        sf.Feature("text_double", "TRY_CAST(text AS DOUBLE)"),
        sf.Feature("fixed", "CAST('-12' AS INT) + CAST('1.5' AS DOUBLE)"),
        sf.Feature("in_time", "CAST(CASE WHEN text = '12' THEN text ELSE '0' END AS INT)"),
    ],
    keep_source_fields=True,
)

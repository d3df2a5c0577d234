"""Texts in expressions hold what they hold: quotes of both kinds, newlines, backslashes, percent
signs, comments that are none, and an emoji.
"""

import sqlfeat as sf

events = sf.FileSystemSource(
    "events",
    path="events.jsonl",
    data_format="json",
    schema={"word": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=events,
    features=[
        sf.Feature("quote", "word || ' isn''t ''it'''"),
        sf.Feature("double_quote", "'say \"' || word || '\"'"),
        sf.Feature("lines", "'first\nsecond\r\n\tthird ' || word"),
        sf.Feature("backslash", "'C:\\new\\' || word"),
        sf.Feature("no_comment", "'-- /* ' || word || ' */; DROP TABLE x'"),
        sf.Feature("percent", "'{{ 100% }} ${x} {# #} ' || word"),
        sf.Feature("emoji", "CONCAT('🎉', word, 'é')"),
        sf.Feature("is_quote", "word = ''''"),
        sf.Feature("is_line", sf.col("word") == "a\nb"),
        sf.Feature("built", sf.call("CONCAT", sf.col("word"), 'it\'s \\ "so"')),
    ],
    keep_source_fields=True,
)

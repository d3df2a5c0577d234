"""Characters of a column, a space first among them or none at all, are taken off texts in windows. Found
by a random definition: Flink looks at the first character alone, and fails where there is none.
"""

import sqlfeat as sf

names = sf.FileSystemSource(
    "names",
    path="names.jsonl",
    schema={"user": sf.String, "name": sf.String, "characters": sf.String, "time": sf.String},
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)


def slide(expr: str, agg_func: str) -> sf.SlidingWindowTransform:
    return sf.SlidingWindowTransform(expr, agg_func, "1 minute", "1 minute", ["user"])


target = sf.SlidingFeatureView(
    "trimmed",
    source=names,
    features=[
        sf.Feature("both", slide("TRIM(name, characters)", "COLLECT_LIST")),
        sf.Feature("start", slide("LTRIM(name, characters)", "COLLECT_LIST")),
        sf.Feature("end", slide("RTRIM(name, characters)", "COLLECT_LIST")),
        sf.Feature("spaces", slide("TRIM(name)", "COLLECT_LIST")),
        sf.Feature("constant", slide("TRIM(name, ' a')", "COLLECT_LIST")),
        sf.Feature("nothing", slide("TRIM(name, '')", "COLLECT_LIST")),
    ],
)

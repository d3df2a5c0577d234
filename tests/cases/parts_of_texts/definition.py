"""Features of texts, taken apart, cleaned and put together: where engines' own functions differ, in
parts that are not there, in characters beyond U+FFFF and in rounding, the SQL says what is meant.
"""

import sqlfeat as sf

visits = sf.FileSystemSource(
    "visits",
    path="visits.jsonl",
    data_format="json",
    schema={
        "email": sf.String,
        "path": sf.String,
        "code": sf.Int32,
        "seconds": sf.Float64,
        "discount": sf.Float64,
        "time": sf.String,
    },
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "features",
    source=visits,
    features=[
        sf.Feature("domain", "LOWER(SUBSTRING(email, POSITION('@' IN email) + 1))"),
        sf.Feature("is_company", "NOT REGEXP_LIKE(domain, '(^|\\.)(gmail|gmx)\\.')"),
        sf.Feature("section", "SPLIT_PART(path, '/', 2)"),
        sf.Feature("page", "SPLIT_PART(path, '/', -1)"),
        sf.Feature("item", "REGEXP_EXTRACT(path, '/item-([0-9]+)', 1)"),
        sf.Feature("slug", "TRIM(REGEXP_REPLACE(LOWER(path), '[^a-z0-9]+', '-'), '-')"),
        sf.Feature("shop", "CONCAT_WS('_', section, LPAD(CAST(code AS STRING), 4, '0'))"),
        sf.Feature("bucket", "LEFT(MD5(email), 2)"),
        sf.Feature("minutes", "ROUND(seconds / 60, 1)"),
        sf.Feature("log_seconds", "LN(seconds)"),
        sf.Feature("best", "GREATEST(discount, code / 10, 0)"),
    ],
    keep_source_fields=True,
)

"""Elements, keys and fields that are there, that are NULL and that are not there; arrays, maps and JSON
that are made; whole values that are compared.
"""

import sqlfeat as sf
from sqlfeat import col

orders = sf.FileSystemSource(
    "orders",
    path="orders.jsonl",
    data_format="json",
    schema={
        "id": sf.Int32,
        "tags": sf.Array(sf.String),
        "ordered": sf.Array(sf.String),
        "stock": sf.Map(sf.String, sf.Int64),
        "address": sf.Struct(city=sf.String, geo=sf.Struct(lon=sf.Float64)),
        "lines": sf.Array(sf.Struct(sku=sf.String, count=sf.Int32)),
        "payload": sf.String,
        "time": sf.String,
    },
    keys=["id"],
    timestamp_field="time",
    timestamp_format="%Y-%m-%d %H:%M:%S",
)

target = sf.DerivedFeatureView(
    "inside",
    source=orders,
    features=[
        sf.Feature("first_tag", "tags[1]"),
        sf.Feature("tag_of_id", col("tags")[col("id")]),
        sf.Feature("tag_count", "SIZE(tags)"),
        sf.Feature("is_new", "ARRAY_CONTAINS(tags, 'new')"),
        sf.Feature("stock_of_tag", "stock[first_tag]"),
        sf.Feature("in_stock", "COALESCE(stock['a'], 0) + COALESCE(stock['b'], 0)"),
        sf.Feature("known", "MAP_KEYS(stock)"),
        sf.Feature("counts", "MAP_VALUES(stock)"),
        sf.Feature("city", col("address").field("city")),
        sf.Feature("is_east", "address.geo.lon > 0"),
        sf.Feature("second_sku", "lines[2].sku"),
        sf.Feature("pair", "ARRAY[first_tag, city]"),
        sf.Feature("made", "MAP['city', city, 'tag', first_tag]"),
        sf.Feature("made_city", "made['city']"),
        sf.Feature("as_json", "JSON_STRING(made)"),
        sf.Feature("kind", "JSON_VALUE(payload, '$.kind')"),
        sf.Feature("amount_text", "JSON_VALUE(payload, '$.items[0].amount')"),
        sf.Feature("amount", "TRY_CAST(amount_text AS DOUBLE)"),
        sf.Feature("as_ordered", "tags = ordered"),
        sf.Feature("is_unchanged", "tags IS NOT DISTINCT FROM ordered"),
    ],
)

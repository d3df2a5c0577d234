"""Sources and views of the cases, as sqlfeat writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlfeat as sf
from sqlfeat.dsl.tables import Table
from tests.conformance.case import Case
from tests.conformance.dtypes import dtype_of
from tests.conformance.transforms import features_of, span, transform_of

Given = Mapping[str, Any]
Tables = Mapping[str, Table]

FLAGS = {
    "sdk.sliding_feature_view.enable_empty_window_output": "enable_empty_window_output",
    "sdk.sliding_feature_view.skip_same_window_output": "skip_same_window_output",
}
"""FeatHub's settings of sliding views, and what sqlfeat calls them."""


def _file_system_source(name: str, given: Given, tables: Tables) -> Table:
    """Return a file source. FeatHub's default for rows out of order is 0: there it says nothing."""
    return sf.FileSystemSource(
        name,
        path=file_name(name, given),
        data_format=given["data_format"],
        max_out_of_orderness=span(given["max_out_of_orderness_ms"] or None),
        **_source(given),
    )


def _source(given: Given) -> dict[str, Any]:
    """Return the fields that every source has. Without a time, its format says nothing."""
    field = given["timestamp_field"]
    return {
        "schema": {column: dtype_of(dtype) for column, dtype in given["schema"]},
        "keys": given["keys"],
        "timestamp_field": field,
        "timestamp_format": given["timestamp_format"] if field else None,
    }


def _derived(name: str, given: Given, tables: Tables) -> Table:
    return sf.DerivedFeatureView(
        name, keep_source_fields=given["keep_source_fields"], **_view(given, tables)
    )


def _sliding(name: str, given: Given, tables: Tables) -> Table:
    flags = {FLAGS[setting]: value for setting, value in given["config"].items() if value}
    return sf.SlidingFeatureView(
        name,
        timestamp_field=given["timestamp_field"],
        timestamp_format=given["timestamp_format"],
        **flags,
        **_view(given, tables),
    )


def _view(given: Given, tables: Tables) -> dict[str, Any]:
    """Return the fields that every feature view has."""
    return {
        "source": tables[given["source"]],
        "features": features_of(given, tables),
        "filter_expr": given["filter_expr"],
        "tables": list(tables.values()),
    }


def _sql(name: str, given: Given, tables: Tables) -> Table:
    """Return a SELECT of the program's own. Its schema is what the case says comes out."""
    field = given["timestamp_field"]
    return sf.SqlFeatureView(
        name,
        given["sql_statement"],
        schema={column: dtype_of(dtype) for column, dtype in given["schema"]},
        tables=list(tables.values()),
        keys=given["keys"],
        timestamp_field=field,
        timestamp_format=given["timestamp_format"] if field else None,
    )


def _data_gen_source(name: str, given: Given, tables: Tables) -> Table:
    return sf.DataGenSource(name, number_of_rows=given["number_of_rows"], **_source(given))


class MemoryStoreSource(Table):
    """A kind of table that FeatHub knows, and sqlfeat does not."""


def _memory_store_source(name: str, given: Given, tables: Tables) -> Table:
    return MemoryStoreSource(name)


KINDS: dict[str, Callable[[str, Given, Tables], Table]] = {
    "DataGenSource": _data_gen_source,
    "DerivedFeatureView": _derived,
    "FileSystemSource": _file_system_source,
    "MemoryStoreSource": _memory_store_source,
    "SlidingFeatureView": _sliding,
    "SqlFeatureView": _sql,
}


def file_name(name: str, given: Given) -> str:
    return f"{name}.{given['data_format']}"


def target_of(case: Case) -> Table:
    """Return the table whose rows a case compares."""
    if "construct" in case.given:
        return _view_with(case.given["construct"])
    tables: dict[str, Table] = {}
    for name, given in case.tables.items():
        tables[name] = KINDS[given["kind"]](name, given, tables)
    return tables[case.given["evaluate"]]


def _view_with(construct: Given) -> Table:
    """Return a view whose one feature is a transform that stands alone in its case."""
    source = sf.FileSystemSource(
        "source",
        path="source.json",
        schema={"cost": sf.Int64, "time": sf.Int64},
        timestamp_field="time",
        timestamp_format="epoch",
    )
    feature = sf.Feature("feature", transform_of(construct))
    return sf.DerivedFeatureView("view", source=source, features=[feature])

"""Python functions: called for each row with its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlfeat.dsl.transforms import PythonUdfTransform

from .conversions import as_type
from .errors import OracleError

if TYPE_CHECKING:
    from sqlfeat.dsl.views import Feature
    from sqlfeat.types import DataType

    from .relation import Rows


def called(feature: Feature, rows: Rows) -> tuple[DataType, list]:
    """Return what the function of a feature gives for each row, in the type that is declared for it."""
    transform = feature.transform
    assert isinstance(transform, PythonUdfTransform)
    dtype = transform.dtype or feature.dtype
    if dtype is None:
        raise OracleError(f"feature {feature.name!r}: of which type?")
    values: list[object] = []
    for row in rows.rows:
        given = [row.values[name] for name in transform.args]
        try:
            values.append(as_type(transform.udf(*given), dtype))
        except Exception as error:
            if transform.fail_on_exception:
                raise OracleError(f"feature {feature.name!r}: {error!r}") from error
            values.append(as_type(transform.value_on_exception, dtype))
    return dtype, values

"""The declared types of features that a join or a window computed."""

from __future__ import annotations

from sqlfeat.compiler.building import Building
from sqlfeat.compiler.features import Spec
from sqlfeat.expr.nodes import Column, Expr, type_of
from sqlfeat.words import listed


def declare(specs: list[Spec], building: Building) -> None:
    """Give the features their declared types, where those differ from what was computed."""
    casts: list[tuple[str, Expr]] = []
    for spec in specs:
        dtype = building.columns[spec.name]
        typed = building.declared(Column(spec.name, dtype), spec.dtype, spec.name)
        if type_of(typed) != dtype:
            casts.append((spec.name, typed))
    if casts:
        names = listed([name for name, _ in casts])
        building.add_columns(casts, "with_types", f"{names} in the declared type.")

"""Some rows of a view: forms of keys and times, and every mistake in them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas
import pytest

import sqlfeat as sf
from sqlfeat.api import rows_of
from sqlfeat.compiler.key_values import MOST_KEYS, MOST_KEYS_OF_COLUMNS
from sqlfeat.dsl.selection import Selection
from sqlfeat.settings import Settings
from tests.definitions import NO_TIME, derived, events
from tests.test_wrong_kinds import ODD, comes_out

SCHEMA = {
    "id": sf.String,
    "n": sf.Int64,
    "small": sf.Int32,
    "rate": sf.Decimal(5, 2),
    "day": sf.Date,
    "ok": sf.Boolean,
    "x": sf.Float64,
    "at": sf.String,
}
SOURCE = events(schema=SCHEMA, keys=["id", "n"])
ONE_KEY = events(keys=["id"])


def where(target: Any, **asked: Any) -> str:
    """Return the condition of the rows that are asked for, as text of the plan."""
    shown = str(sf.plan(target, **asked))
    return next(line for line in shown.splitlines() if "predicate" in line).partition(": ")[2]


@pytest.mark.parametrize(
    ("target", "keys", "says"),
    [
        (ONE_KEY, ["a"], "=(id, 'a')"),
        (ONE_KEY, ["a", "b", "a"], "IN(id, 'a', 'b')"),
        (ONE_KEY, [("a",), ["b"]], "IN(id, 'a', 'b')"),
        (ONE_KEY, [{"n": 1}, {"n": 2}], "IN(n, 1, 2)"),
        (SOURCE, [("a", 1)], "AND(=(id, 'a'), =(n, 1))"),
        (SOURCE, [{"day": date(2022, 1, 31), "ok": False}], "AND(=(day, DATE '2022-01-31'), "),
        (SOURCE, [{"day": "2022-01-31"}], "=(day, DATE '2022-01-31')"),
        (SOURCE, [{"rate": 7}, {"rate": "1.50"}], "IN(rate, Decimal('7'), Decimal('1.50'))"),
        (SOURCE, pandas.DataFrame({"id": ["a", "b"]}), "IN(id, 'a', 'b')"),
        (SOURCE, pandas.DataFrame({"n": [1], "ok": [True]}), "AND(=(n, 1), =(ok, True))"),
        (SOURCE, pandas.DataFrame({"small": pandas.array([2**31 - 1], "Int64")}), "=(small, 2147483647)"),
    ],
)
def test_forms_of_keys(target: Any, keys: Any, says: str) -> None:
    assert where(target, keys=keys).startswith(says)


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        ("2022-03-27", "2022-03-26 23:00:00.000"),
        (date(2022, 3, 28), "2022-03-27 22:00:00.000"),
        ("2022-03-27T08:00:00.5", "2022-03-27 06:00:00.500"),
        (datetime(2022, 3, 27, 8, 0, 0, 1), "2022-03-27 06:00:00.001"),
        ("2022-03-27 02:30:00", "2022-03-27 01:30:00.000"),  # skipped: shifted forward
        ("2022-10-30 02:30:00", "2022-10-30 00:30:00.000"),  # comes twice: the earlier
        ("2022-03-27 08:00:00+00:00", "2022-03-27 08:00:00.000"),
        (datetime(2022, 3, 27, tzinfo=UTC), "2022-03-27 00:00:00.000"),
        (datetime(2022, 3, 27, tzinfo=timezone(timedelta(hours=8))), "2022-03-26 16:00:00.000"),
    ],
)
def test_forms_of_times(moment: Any, says: str) -> None:
    for field, operator in (("start", ">="), ("end", "<")):
        found = where(SOURCE, timezone="Europe/Paris", **{field: moment})
        assert found == f"{operator}(event_time, INSTANT('{says}'))"


MISTAKES: dict[str, tuple[Any, dict[str, Any], tuple[str, ...]]] = {
    "no list": (ONE_KEY, {"keys": "a"}, ("events: keys cannot be 'a'. It is a list of values,",)),
    "empty": (ONE_KEY, {"keys": []}, ("events: keys cannot be [].",)),
    "NULL": (ONE_KEY, {"keys": ["a", None]}, ("key 2: id cannot be None. NULL equals nothing",)),
    "NaN": (SOURCE, {"keys": [{"n": float("nan")}]}, ("key 1: n cannot be nan. NULL equals nothing",)),
    "unknown column": (
        SOURCE,
        {"keys": [{"idd": 1}]},
        ("events: the key column 'idd' is not a column. Did you mean 'id'?",),
    ),
    "too few values": (
        SOURCE,
        {"keys": ["a"]},
        ("key 1, 'a', does not give a value for each of its keys (id, n).",),
    ),
    "no keys": (events(), {"keys": ["a"]}, ("for each of its keys (it has none).",)),
    "types": (
        SOURCE,
        {
            "keys": [
                {"id": 1},
                {"n": "1"},
                {"n": 2**63},
                {"small": 2**31},
                {"ok": 1},
                {"rate": 1.5},
                {"rate": Decimal("1.555")},
                {"day": "yesterday"},
                {"day": datetime(2022, 1, 1)},
                {"x": 1.5},
                {"id": "\x00"},
            ]
        },
        (
            "key 1: id cannot be 1. The column is STRING.",
            "key 2: n cannot be '1'. The column is BIGINT.",
            "key 3: n cannot be 9223372036854775808. The column is BIGINT.",
            "key 4: small cannot be 2147483648. The column is INT.",
            "key 5: ok cannot be 1. The column is BOOLEAN.",
            "key 6: rate cannot be 1.5. The column is DECIMAL(5, 2).",
            "key 7: rate cannot be Decimal('1.555'). The column is DECIMAL(5, 2).",
            "key 8: day cannot be 'yesterday'. The column is DATE.",
            "key 9: day cannot be datetime.datetime(2022, 1, 1, 0, 0). The column is DATE.",
            "key 10: x cannot be 1.5. The column is DOUBLE, and a key is a BOOLEAN, INT, BIGINT,",
            "key 11: id cannot be '\\x00'. The column is STRING.",
        ),
    ),
    "too many": (
        SOURCE,
        {"keys": [{"n": n} for n in range(MOST_KEYS + 1)]},
        (f"keys holds {MOST_KEYS + 1} keys, and a statement takes {MOST_KEYS}.",),
    ),
    "too many of several columns": (
        SOURCE,
        {"keys": [{"n": n, "id": "a"} for n in range(MOST_KEYS_OF_COLUMNS + 1)]},
        (
            f"keys holds {MOST_KEYS_OF_COLUMNS + 1} keys, "
            f"and a statement takes {MOST_KEYS_OF_COLUMNS} of several columns.",
        ),
    ),
    "no times": (
        SOURCE,
        {"start": "yesterday", "end": 3},
        (
            "events: start cannot be 'yesterday'. It is a datetime, a date, or text such as",
            "events: end cannot be 3. It is a datetime, a date, or text such as",
        ),
    ),
    "rows without a time": (
        events(**NO_TIME),
        {"start": "2022-01-01", "end": "2022-01-02"},
        (
            "events has no timestamp_field: start asks for a time.",
            "events has no timestamp_field: end asks for a time.",
        ),
    ),
    "the wrong way round": (
        SOURCE,
        {"start": "2022-01-02", "end": "2022-01-02"},
        ("end (2022-01-02) is not after start (2022-01-02): no row lies between.",),
    ),
    "beyond all years": (
        SOURCE,
        {"start": "0001-01-01 00:00:00+09:00"},
        ("start cannot be '0001-01-01",),
    ),
}


@pytest.mark.parametrize(("target", "asked", "says"), MISTAKES.values(), ids=MISTAKES)
def test_every_mistake_is_said(target: Any, asked: dict[str, Any], says: tuple[str, ...]) -> None:
    with pytest.raises(sf.DefinitionError) as caught:
        sf.plan(target, **asked)
    for words in says:
        assert words in str(caught.value)
    assert len(caught.value.problems) == len(says)


def test_mistakes_of_the_view_are_said_beside_them() -> None:
    with pytest.raises(sf.DefinitionError) as caught:
        sf.plan(derived(sf.Feature("x", "nn + 1")), keys=["a"], start="soon")
    assert len(caught.value.problems) == 3


def test_values_of_any_kind() -> None:
    for odd in ODD:
        for field in ("keys", "start", "end"):
            comes_out(SOURCE, **{field: odd})
        comes_out(ONE_KEY, keys=[odd])
        comes_out(SOURCE, keys=[{odd: odd}] if isinstance(odd, str) else [odd, odd])


def test_a_materialization_writes_the_rows_that_are_asked_for() -> None:
    job = sf.Materialization("job", ONE_KEY, sf.FileSystemSink("out"))
    for dialect in ("flink", "spark"):
        script = sf.render(job, dialect, keys=["a"], start="2022-01-01")
        assert "FROM events_selected;" in script


ROWS = [{"id": f"it's {n}", "n": n, "at": "2022-01-01 00:00:00"} for n in range(MOST_KEYS + 5)]


ENGINES = [pytest.param(name, marks=getattr(pytest.mark, name)) for name in ("flink", "spark")]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("columns", "most"), [(("n",), MOST_KEYS), (("id", "n"), MOST_KEYS_OF_COLUMNS)])
def test_engines_take_as_many_keys(
    engine: str, columns: tuple[str, ...], most: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "events.json").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    session, settings = request.getfixturevalue(engine), Settings(root=str(tmp_path))
    keys = [{name: row[name] for name in columns} for row in ROWS[:most]]
    found = rows_of(events(), session, settings, selection=Selection(keys=keys))
    assert len(found) == most

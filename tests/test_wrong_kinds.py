"""Values of any kind in any field, and garbage in any text: nothing but an error of sqlfeat comes out."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sqlfeat as sf
from sqlfeat import Feature
from sqlfeat.dialects.registry import DIALECTS
from tests.definitions import derived, events, join, over, prices, slide, sliding

KAFKA = sf.KafkaSource("topic", bootstrap_server="host:1", topic="t", schema={"n": sf.Int64})


def made_up(config: Any) -> sf.DataGenSource:
    return sf.DataGenSource(
        "made_up", schema={"n": sf.Int64}, number_of_rows=2, field_configs={"n": config}
    )


MODELS: dict[str, tuple[Any, Any]] = {
    "file source": (events(keys=["id"]), lambda made: derived("n", source=made)),
    "topic source": (KAFKA, lambda made: derived("n", source=made)),
    "joined source": (prices(), lambda made: derived(Feature("x", join(table=made)))),
    "derived view": (derived("n", Feature("x", "n + 1")), lambda made: made),
    "sliding view": (sliding(Feature("x", slide())), lambda made: made),
    "view of its own SELECT": (
        sf.SqlFeatureView(
            "own", "SELECT id, n FROM events", schema={"n": sf.Int64}, tables=[events()], keys=["n"]
        ),
        lambda made: derived("n", source=made),
    ),
    "made-up source": (
        sf.DataGenSource("made_up", schema={"n": sf.Int64}, number_of_rows=2),
        lambda made: derived("n", source=made),
    ),
    "sequence": (sf.SequenceField(1, end=9), lambda made: derived("n", source=made_up(made))),
    "random field": (sf.RandomField(1, 9), lambda made: derived("n", source=made_up(made))),
    "Python function": (
        sf.PythonUdfTransform(str.lower, ["id"], dtype=sf.String),
        lambda made: derived(Feature("x", made), Feature("y", "x")),
    ),
    "feature": (Feature("x", "n"), lambda made: derived(made, Feature("y", "x"))),
    "window feature": (Feature("x", slide()), lambda made: sliding(made)),
    "expression": (sf.ExpressionTransform("n"), lambda made: derived(Feature("x", made))),
    "join": (join(), lambda made: derived(Feature("x", made))),
    "over window": (over(), lambda made: derived(Feature("x", made))),
    "sliding window": (slide(), lambda made: sliding(Feature("x", made))),
    "job": (
        sf.Materialization("job", derived("n"), sf.PrintSink()),
        lambda made: [made, sf.Materialization("job 2", events("other"), sf.PrintSink())],
    ),
    "file sink": (sf.FileSystemSink("out"), lambda made: sf.Materialization("job", derived("n"), made)),
    "topic sink": (
        sf.KafkaSink(bootstrap_server="host:1", topic="t"),
        lambda made: sf.Materialization("job", derived("n"), made),
    ),
}
ODD: tuple[Any, ...] = (
    None, "", "x", "id", 0, -1, 1.5, True, b"x", (), [], ["id"], [None], [""], ["id", "id"], {},
    {"id": "id"}, {"id": 1}, {None: sf.Int64}, {"n": None}, {"n": sf.Array(sf.Int64)}, object(),
    sf.Int64, sf.col("n"), sf.lit(None), sf.lit([1]), timedelta(0), timedelta.max, "1 minute", "*",
    "%Y-%m-%d", "epoch", "json", "\x00", "\ud800", "a\nb", "a`b", "n + 1", "n > 1", Feature("x", "n"),
    events, sf.PrintSink(), range(3),
)  # fmt: skip


def comes_out(target: Any, **more: Any) -> None:
    """Check that a definition is rendered, or refused by an error of sqlfeat."""
    for dialect in DIALECTS:
        try:
            script = sf.render(target, dialect.name, **more)
        except sf.SqlfeatError:
            continue
        script.encode()


@pytest.mark.parametrize(("model", "use"), MODELS.values(), ids=MODELS)
def test_a_value_of_another_kind_in_a_field(model: Any, use: Any) -> None:
    for field in fields(model):
        if field.name == "_":
            continue
        for odd in ODD:
            comes_out(use(replace(model, **{field.name: odd})))


def test_a_target_of_another_kind() -> None:
    for odd in ODD:
        comes_out(odd)
        comes_out([odd])
        comes_out(derived("n"), tables=[odd])
        comes_out(derived("n"), timezone=odd)


WORDS = (
    "n id at ( ) , . ; + - * / % || = <> != < <= > >= <=> := AND OR NOT IN LIKE BETWEEN IS NULL TRUE "
    "FALSE CASE WHEN THEN ELSE END IF CAST TRY_CAST AS INT BIGINT DECIMAL(10,2) DECIMAL(a) STRING :: "
    "COALESCE "
    "LOWER ABS NULLIF SUM COUNT(*) OVER SELECT FROM WHERE UNION WITH VALUES EXISTS ANY ALL INTERVAL DATE "
    "TIMESTAMP ARRAY[1] MAP {{ }} ${env:HOME} ' '' \" ` `` -- /* */ \\ \n \t 1 1.5 1e9 1e999 .5 0x1F "
    "99999999999999999999 ² ① X'0' E'' N'' @x :x ? $1 # ~ ^ & | ! :: -> ->> => @> [ ] { } LATERAL PIVOT "
    "DISTINCT ESCAPE COLLATE AT TIME ZONE EXTRACT(YEAR FROM at) TRIM(BOTH) é 🎉 \x00 \x1e \u2028"
).split(" ")

GARBAGE = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map("".join),
    st.text(max_size=20),
)
MANY = settings(max_examples=200, derandomize=True, deadline=None)


@given(text=GARBAGE)
@MANY
def test_garbage_as_an_expression(text: str) -> None:
    comes_out(derived(Feature("x", text), Feature("y", over(text)), Feature("z", join(text))))
    comes_out(derived("n", filter_expr=text))
    comes_out(sliding(Feature("x", slide(where=text)), Feature("y", text)))


@given(text=GARBAGE)
@MANY
def test_garbage_as_a_name(text: str) -> None:
    schema = {text: sf.String, "n": sf.Int64, "at": sf.String}
    source = events(text, schema=schema, keys=[text])
    comes_out(derived(text, Feature(text, over(keys=[text])), name=text + "!", source=source))
    comes_out(derived(text, source=events(), tables=[prices(text)]))
    comes_out(sliding(Feature(text, slide(keys=[text])), source=source, timestamp_field=text))


@given(text=GARBAGE)
@MANY
def test_garbage_as_another_text(text: str) -> None:
    comes_out(derived("n", source=events(path=text)))
    comes_out(derived("n", source=events(timestamp_format=text)))
    comes_out(derived("n", source=events(max_out_of_orderness=text, idle_timeout=text)))
    comes_out(sliding(Feature("x", slide(size=text, step=text)), timestamp_format=text))
    comes_out(derived(Feature("x", over(agg_func=text, size=text)), Feature("y", join(ttl=text))))
    comes_out(derived("n"), timezone=text, root=text)


@given(number=st.text("0123456789.eE+-_xX²", max_size=30))
@MANY
def test_garbage_as_a_number(number: str) -> None:
    comes_out(derived(Feature("x", number), Feature("y", f"n * {number}")))
    comes_out(derived(Feature("x", over(size=f"{number} days"))))


@given(
    value=st.one_of(st.integers(), st.floats(), st.decimals(), st.binary(max_size=5), st.text(max_size=5))
)
@MANY
def test_any_value_as_a_constant(value: Any) -> None:
    comes_out(derived(Feature("x", sf.lit(value)), Feature("y", sf.col("n") + sf.lit(value))))

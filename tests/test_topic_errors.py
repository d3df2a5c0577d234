"""What goes wrong with topics is said in one sentence, and at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

import sqlfeat as sf
from scripts.broker import KafkaBroker
from scripts.processes import free_ports
from sqlfeat.api import rows_of
from tests.definitions import TIME, derived, events

SCHEMA = {"id": sf.String, "n": sf.Int64, "at": sf.String}
GOOD = b'{"id": "a", "n": 1, "at": "2022-01-01 00:00:00"}'
BAD = {
    "cut-off": (b'{"id": "b", "n":', "source payments: a record cannot be read: {"),
    "wrong-type": (
        b'{"id": "b", "n": "two", "at": "2022-01-01 00:00:00"}',
        'source payments, column n: "two" cannot be read as BIGINT.',
    ),
    "no-time": (
        b'{"id": "b", "n": 2, "at": "noon"}',
        "source payments, column at: cannot use the timestamp noon.",
    ),
}

pytestmark = [pytest.mark.flink, pytest.mark.cluster]


@pytest.fixture(scope="module")
def broker() -> Iterator[KafkaBroker]:
    with KafkaBroker() as started:
        yield started


@pytest.fixture
def nobody() -> str:
    """Return an address at which nothing listens."""
    return f"127.0.0.1:{free_ports(1)[0]}"


def view_of(topic: str, address: str) -> sf.DerivedFeatureView:
    source = sf.KafkaSource(
        "payments", bootstrap_server=address, topic=topic, schema=SCHEMA, bounded=True, **TIME
    )
    return derived("id", "n", source=source)


def message_of(view: sf.DerivedFeatureView, engine: Any) -> str:
    with pytest.raises(sf.EngineError) as caught:
        rows_of(view, engine, sf.Settings())
    assert "\n" not in str(caught.value)
    assert "org.apache" not in str(caught.value)
    return str(caught.value)


def test_a_topic_that_does_not_exist(flink_with_jars: Any, broker: KafkaBroker) -> None:
    assert message_of(view_of("no-such-topic", broker.address), flink_with_jars) == (
        "view: source payments (topic no-such-topic): the broker does not know the topic. Create it, or "
        "correct its name."
    )


@pytest.mark.parametrize("topic", BAD)
def test_a_record_that_cannot_be_used(topic: str, flink_with_jars: Any, broker: KafkaBroker) -> None:
    record, says = BAD[topic]
    broker.create_topic(topic)
    broker.send(topic, [GOOD, record])
    assert message_of(view_of(topic, broker.address), flink_with_jars).startswith(f"view: {says}")


def test_no_broker_to_read_from(flink_with_jars: Any, nobody: str) -> None:
    started = time.monotonic()
    message = message_of(view_of("payments", nobody), flink_with_jars)
    assert (
        message
        == f"view: source payments (topic payments): no broker answers at {nobody}. Is it running?"
    )
    assert time.monotonic() - started < 30


def test_no_broker_to_write_to(flink_with_jars: Any, nobody: str) -> None:
    sink = sf.KafkaSink(bootstrap_server=nobody, topic="features")
    job = sf.Materialization("job", derived("n", source=events()), sink)
    started = time.monotonic()
    with pytest.raises(sf.EngineError) as caught:
        sf.run(job, flink_with_jars)
    says = f"job: output job (topic features): no broker answers at {nobody}. Is it running?"
    assert str(caught.value) == says
    assert time.monotonic() - started < 30


def test_one_broker_of_several_is_enough(flink_with_jars: Any, broker: KafkaBroker, nobody: str) -> None:
    broker.create_topic("answered")
    broker.send("answered", [GOOD])
    view = view_of("answered", f"{nobody},{broker.address}")
    assert rows_of(view, flink_with_jars, sf.Settings()) == [("2022-01-01 00:00:00", "a", 1)]

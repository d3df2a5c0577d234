"""The words of engines that need a setting of their own to come about, as they were recorded."""

from __future__ import annotations

import pytest

import sqlfeat as sf
from sqlfeat.plan.tables import Plan
from sqlfeat.run.failures import explained
from tests.definitions import derived, events, prices

TOPIC = sf.KafkaSource("clicks", bootstrap_server="broker:9092", topic="c", schema={"n": sf.Int64})
READING = sf.plan(derived("n", source=TOPIC))
WRITING = sf.plan(
    sf.Materialization(
        "job", derived("n", source=events()), sf.KafkaSink(bootstrap_server="one:1,two:2", topic="out")
    )
)
FILES = sf.plan([derived("n"), derived("price", name="other", source=prices())])

RECORDED: dict[str, tuple[Plan, str, str]] = {
    "no connector": (
        READING,
        "org.apache.flink.table.api.ValidationException: Could not find any factory for identifier "
        "'kafka' that implements 'DynamicTableFactory' in the classpath.",
        "view: the engine has no connector 'kafka'. Give its jar: --jar PATH on the command line, or ",
    ),
    "no connector of Spark": (
        READING,
        "[DATA_SOURCE_NOT_FOUND] Failed to find the data source: kafka. Make sure the provider name is "
        "correct and the package is properly registered. SQLSTATE: 42K02",
        "view: the engine has no connector 'kafka'.",
    ),
    "no format": (
        FILES,
        "org.apache.flink.table.api.ValidationException: Could not find any format factory for "
        "identifier 'parquet' in the classpath.",
        "view, other: the engine has no format 'parquet'. Give its jar",
    ),
    "no broker to read from, seen by a cluster alone": (
        READING,
        "Caused by: java.lang.RuntimeException: Failed to get metadata for topics [c].\nCaused by: "
        "org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node assignment.",
        "view: source clicks (topic c): no broker answers at broker:9092. Is it running?",
    ),
    "no broker to write to, seen by a cluster alone": (
        WRITING,
        "org.apache.kafka.common.errors.TimeoutException: Topic out not present in metadata after 9 ms.",
        "job: output job (topic out): no broker answers at one:1,two:2. Is it running?",
    ),
    "no topic": (
        READING,
        "Failed to get metadata for topics [c].\norg.apache.kafka.common.errors."
        "UnknownTopicOrPartitionException: This server does not host this topic-partition.",
        "view: source clicks (topic c): the broker does not know the topic. Create it, or correct",
    ),
    "a record that names its columns": (
        FILES,
        'java.io.IOException: Failed to deserialize JSON \'{"id":"b","price":"dear"}\'.\n'
        "Caused by: JsonParseException: Fail to deserialize at field: price.\n",
        'view, other: source prices, column price: "dear" cannot be read as DOUBLE.',
    ),
    "a record that could be of each source": (
        FILES,
        "java.io.IOException: Failed to deserialize JSON '{\"id\":'.\n",
        'view, other: one of the sources events, prices: a record cannot be read: {"id":',
    ),
    "a long record": (
        READING,
        f"java.io.IOException: Failed to deserialize JSON '{'x' * 999}'.\n",
        f"view: source clicks: a record cannot be read: {'x' * 200}…",
    ),
    "what is not known": (
        FILES,
        "An error occurred while calling o1.sql.\n: java.lang.RuntimeException: Failed\n\tat a.b(C:1)\n"
        "Caused by: org.apache.flink.util.OddException: the disk is full\n\t... 5 more",
        "view, other: the engine failed: OddException: the disk is full",
    ),
    "no words at all": (FILES, "", "view, other: the engine failed: no reason was given"),
}


@pytest.mark.parametrize(("plan", "words", "says"), RECORDED.values(), ids=RECORDED)
def test_what_an_engine_said(plan: Plan, words: str, says: str) -> None:
    error = explained(RuntimeError(words), plan)
    assert str(error).startswith(says)
    assert error.detail == words


def test_the_causes_of_an_error_are_read() -> None:
    error = RuntimeError("the job failed")
    error.__cause__ = ValueError("Cannot parse 'source x, column y: cannot use the time z' as BOOLEAN")
    assert str(explained(error, FILES)) == "view, other: source x, column y: cannot use the time z."

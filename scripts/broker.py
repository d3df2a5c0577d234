"""A real Kafka broker for a while: one node, on loopback, gone when its block ends."""

import contextlib
import json
import socket
import time
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kafka import (  # type: ignore[import-untyped, unused-ignore]
    KafkaAdminClient,
    KafkaConsumer,
    KafkaProducer,
    TopicPartition,
)
from kafka.errors import KafkaError  # type: ignore[import-untyped, unused-ignore]

from scripts import jars, processes, programs
from scripts.programs import SetupError
from scripts.service import Service

_START_SECONDS = 60.0
_FORMAT_SECONDS = 60.0
_SEND_SECONDS = 30.0
_LOGGING = """\
rootLogger.level = INFO
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d] %p %m (%c)%n
"""


class KafkaBroker(Service):
    """`with KafkaBroker() as broker:` starts it; `broker.address` is where it listens."""

    name = "kafka"

    def __init__(self, heap: str = "512m") -> None:
        super().__init__()
        self._heap = heap
        self._port, self._controller_port = processes.free_ports(2)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._port}"

    def create_topic(self, name: str, partitions: int = 1) -> None:
        with KafkaAdminClient(bootstrap_servers=self.address) as admin:
            admin.create_topics(
                {name: {"num_partitions": partitions, "replication_factor": 1}},
                wait_for_metadata=True,
            )

    def send(
        self,
        topic: str,
        messages: Iterable[Mapping[str, Any] | bytes],
        key: str | None = None,
    ) -> None:
        """Sends messages, the mappings as JSON; `key` names the field that is a message's key."""
        producer = KafkaProducer(bootstrap_servers=self.address)
        try:
            sent = [
                producer.send(topic, key=_key(message, key), value=_value(message))
                for message in messages
            ]
            for future in sent:
                future.get(timeout=_SEND_SECONDS)
        finally:
            producer.close(timeout=_SEND_SECONDS)

    def read(self, topic: str, count: int, timeout: float) -> list[bytes]:
        """The topic's first messages: `count` of them, or fewer if no more come in time."""
        deadline = time.monotonic() + timeout
        found: list[bytes] = []
        consumer = KafkaConsumer(bootstrap_servers=self.address, enable_auto_commit=False)
        try:
            if _assign(consumer, topic, deadline):
                while len(found) < count and time.monotonic() < deadline:
                    wanted = count - len(found)
                    for records in consumer.poll(timeout_ms=100, max_records=wanted).values():
                        found += [record.value for record in records]
        finally:
            consumer.close()
        return found

    def _start(self, stack: contextlib.ExitStack) -> None:
        libraries = jars.fetch("kafka_broker")[0].parent
        command = self._write_configuration(self._folder, libraries)
        self._format(command, self._folder)
        process = stack.enter_context(
            processes.Process(
                "kafka",
                [*command, "kafka.Kafka", self._folder / "server.properties"],
                env=programs.environment(),
                cwd=self._folder,
            )
        )
        processes.wait_until(self._answers, _START_SECONDS, process)

    def _write_configuration(self, folder: Path, libraries: Path) -> list[str | Path]:
        logging = folder / "log4j2.properties"
        logging.write_text(_LOGGING, encoding="utf-8")
        properties = {
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.voters": f"1@127.0.0.1:{self._controller_port}",
            "listeners": (f"PLAINTEXT://{self.address},CONTROLLER://127.0.0.1:{self._controller_port}"),
            "advertised.listeners": f"PLAINTEXT://{self.address}",
            "controller.listener.names": "CONTROLLER",
            "log.dirs": folder / "data",
            "num.partitions": 1,
            "default.replication.factor": 1,
            "offsets.topic.replication.factor": 1,
            "offsets.topic.num.partitions": 1,
            "transaction.state.log.replication.factor": 1,
            "transaction.state.log.min.isr": 1,
            "transaction.state.log.num.partitions": 1,
            "share.coordinator.state.topic.replication.factor": 1,
            "share.coordinator.state.topic.min.isr": 1,
            "group.initial.rebalance.delay.ms": 0,
        }
        lines = "".join(f"{name}={value}\n" for name, value in properties.items())
        (folder / "server.properties").write_text(lines, encoding="utf-8")
        settings = [f"-Xmx{self._heap}", f"-Dlog4j2.configurationFile={logging}"]
        return [programs.java(), *settings, "-cp", f"{libraries}/*"]

    def _format(self, command: list[str | Path], folder: Path) -> None:
        cluster = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        tool = ["kafka.tools.StorageTool", "format", "-t", cluster, "-c"]
        code, out, err = processes.run(
            "kafka-format",
            [*command, *tool, folder / "server.properties"],
            env=programs.environment(),
            folder=folder,
            timeout=_FORMAT_SECONDS,
        )
        if code != 0:
            raise SetupError(f"Kafka's storage could not be formatted:\n{out}{err}")

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
            with KafkaAdminClient(bootstrap_servers=self.address) as admin:
                admin.list_topics()
        except (OSError, KafkaError):
            return False
        return True


def _assign(consumer: Any, topic: str, deadline: float) -> bool:
    """Puts the consumer at the topic's beginning, once there is such a topic."""
    while not (numbers := consumer.partitions_for_topic(topic)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    partitions = [TopicPartition(topic, number) for number in numbers]
    consumer.assign(partitions)
    consumer.seek_to_beginning(*partitions)
    return True


def _key(message: Mapping[str, Any] | bytes, field: str | None) -> bytes | None:
    if field is None or isinstance(message, bytes):
        return None
    value = message[field]
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()


def _value(message: Mapping[str, Any] | bytes) -> bytes:
    if isinstance(message, bytes):
        return message
    return json.dumps(message, ensure_ascii=False).encode()

"""The online example on a real broker and a real Flink cluster: python -m scripts.demo_kafka

Purchases and prices go into two topics, `sqlfeat run` starts the job, and the features of each user
come out of a third. Everything that was started is stopped in the end.
"""

import json
import os
import signal
import sys
import time

from scripts import examples, jars, processes, programs
from scripts.broker import KafkaBroker
from scripts.flink_cluster import FlinkCluster
from scripts.programs import SetupError

INPUTS = {"item_price_events": "item_id", "purchase_events": "user_id"}
OUTPUT = "user_online_features"

_READ_SECONDS = 120.0
_QUIET_SECONDS = 3.0
_STOP_SECONDS = 60.0


def main() -> None:
    # A shell that runs this in the background has SIGINT ignored, which programs hand down.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    connectors = [jar for jar in jars.fetch("flink") if "kafka" in jar.name]
    examples.say("Starting a Kafka broker and a Flink cluster …")
    with KafkaBroker() as broker, FlinkCluster(jars=connectors) as flink:
        examples.say(f"Kafka listens at {broker.address}, Flink at {flink.rest_address}.")
        _send(broker)
        command = examples.command(
            *("run", f"{examples.ONLINE}/features.py:online_features", "--dialect", "flink"),
            *("--flink", flink.rest_address, "--jar", connectors[0]),
        )
        env = programs.environment(KAFKA_BROKER=broker.address)
        root = programs.PROJECT_ROOT
        with processes.Process("sqlfeat-run", command, env=env, cwd=root) as process:
            messages = _read(broker, process)
            examples.heading(f"Topic {OUTPUT}")
            for message in messages:
                examples.say(message.decode())
            found = [tuple(json.loads(message).values()) for message in messages]
            examples.check(found, examples.ONLINE_ROWS, f"topic {OUTPUT}")
            _stop(process, flink)


def _send(broker: KafkaBroker) -> None:
    for topic, key in INPUTS.items():
        sent = examples.events(examples.ONLINE, topic)
        broker.create_topic(topic)
        broker.send(topic, sent, key=key)
        examples.say(f"Topic {topic}: {len(sent)} events sent.")
    broker.create_topic(OUTPUT)


def _read(broker: KafkaBroker, process: processes.Process) -> list[bytes]:
    """The messages that come out, and any that come after them and should not."""
    wanted = len(examples.ONLINE_ROWS)
    deadline = time.monotonic() + _READ_SECONDS
    while len(broker.read(OUTPUT, wanted, timeout=2.0)) < wanted:
        if process.exit_code is not None:
            raise SetupError(
                f"sqlfeat run ended with exit code {process.exit_code} before its rows were there"
                f"{process.log_tail()}"
            )
        if time.monotonic() > deadline:
            raise SetupError(f"The rows did not come out in time{process.log_tail()}")
    return broker.read(OUTPUT, wanted + 1, timeout=_QUIET_SECONDS)


def _stop(process: processes.Process, flink: FlinkCluster) -> None:
    """Ctrl-C, as a terminal sends it; the job must not go on without us."""
    os.killpg(process.pid, signal.SIGINT)
    if process.wait(_STOP_SECONDS) is None:
        raise SetupError(f"sqlfeat run did not stop on Ctrl-C{process.log_tail()}")
    states = [job.state.lower() for job in flink.jobs()]
    if states != ["canceled"]:
        raise SetupError(f"After Ctrl-C the job is {', '.join(states)}{process.log_tail()}")
    examples.say("\nCtrl-C: sqlfeat cancelled the job.")


if __name__ == "__main__":
    sys.exit(examples.run(main))

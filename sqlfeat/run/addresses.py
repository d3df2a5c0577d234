"""Whether anything answers at an address, before an engine waits minutes for it."""

from __future__ import annotations

import socket

from sqlfeat.errors import EngineError
from sqlfeat.plan.tables import Plan
from sqlfeat.run.symptoms import no_broker, servers_of

SECONDS = 5.0


def require_answer(address: str, what: str) -> None:
    """Raise EngineError, in one sentence, when nothing listens at `host:port`."""
    host, _, port = address.rpartition(":")
    if not (host and port.isdigit()):
        raise EngineError(f"{address!r} is not the address of {what}: write host:port.")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS).close()
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise EngineError(f"{what} does not answer at {address} ({reason}). Is it running?") from None


def require_brokers(plan: Plan) -> None:
    """Raise EngineError when no broker of a topic that the plan reads or writes answers from here."""
    for servers in servers_of(plan):
        if not any(_answers(address.strip()) for address in servers.split(",")):
            names = ", ".join(output.name for output in plan.outputs)
            raise EngineError(f"{names}: {no_broker(plan, servers)}")


def _answers(address: str) -> bool:
    try:
        require_answer(address, "a broker")
    except EngineError:
        return False
    return True

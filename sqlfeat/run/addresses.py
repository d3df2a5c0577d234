"""Whether anything answers at an address, before an engine waits minutes for it."""

from __future__ import annotations

import socket

from sqlfeat.errors import EngineError

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

"""Many definitions in one job of Flink in batch mode."""

from __future__ import annotations

from typing import Any

from tests.fuzz.flink_jobs import OURS, run_job, session_in

__all__ = ["open_session", "run_job"]


def open_session() -> Any:
    return session_in("batch", OURS)

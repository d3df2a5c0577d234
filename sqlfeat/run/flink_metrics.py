"""How many rows the writers of a Flink job have taken in, from the cluster's REST interface."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any
from urllib.parse import quote

SECONDS = 5
WRITER = re.compile(r"(?:^|: |-> )(?:Streaming)?(?:File)?Writer$|^Sink: [^>]*$")
ENDS = re.compile(r"^end: ")
OPERATOR = re.compile(r"^\d+\.(?P<operator>.*Writer|Sink__.*)\.numRecordsIn$")


def rows_written(rest: str, job_id: str) -> int | None:
    """Return the rows that the job's writers have taken in; None where the cluster does not tell.

    A writer that is a vertex of its own is counted by the vertex, also when the job has ended; one that
    is chained to others by its operator's metric, while the job runs.
    """
    try:
        job = _get(f"{rest}/jobs/{job_id}")
        counts = [_of_vertex(rest, job_id, vertex) for vertex in job["vertices"]]
    except (OSError, ValueError, KeyError):
        return None
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _of_vertex(rest: str, job_id: str, vertex: dict[str, Any]) -> int | None:
    name = vertex["name"].strip()
    if ENDS.search(name):
        return None
    if WRITER.search(name) and "->" not in name:
        return int(vertex["metrics"]["read-records"])
    return _of_operators(f"{rest}/jobs/{job_id}/vertices/{vertex['id']}/metrics")


def _of_operators(address: str) -> int | None:
    names = [metric["id"] for metric in _get(address)]
    wanted = [name for name in names if OPERATOR.match(name) and "Committer" not in name]
    if not wanted:
        return None
    found = _get(f"{address}?get={quote(','.join(wanted))}")
    return sum(int(metric["value"]) for metric in found)


def _get(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        return json.load(answer)

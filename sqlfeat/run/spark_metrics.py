"""How many rows the jobs of a tag have written, from Spark's own store of stages."""

from __future__ import annotations

from typing import Any

EVENTS_MS = 5_000


def rows_written(session: Any, tag: str) -> int | None:
    """Return the records that the stages of the tag's jobs have put out.

    None for a session of Spark Connect, whose driver is elsewhere.
    """
    java = getattr(session, "_jsc", None)
    if java is None:
        return None
    context = java.sc()
    context.listenerBus().waitUntilEmpty(EVENTS_MS)
    store = context.statusStore()
    jobs = store.jobsList(None)
    ours: set[int] = set()
    for place in range(jobs.size()):
        job = jobs.apply(place)
        if tag in job.jobTags().toString():
            stages = job.stageIds()
            ours.update(stages.apply(number) for number in range(stages.size()))
    return sum(_records(session, store, ours))


def _records(session: Any, store: Any, stages: set[int]) -> list[int]:
    context = session.sparkContext
    no_quantiles = context._gateway.new_array(context._jvm.double, 0)
    found = store.stageList(None, False, False, no_quantiles, None)
    listed = [found.apply(place) for place in range(found.size())]
    return [int(stage.outputRecords()) for stage in listed if stage.stageId() in stages]

"""Take the latest values of a window apart again, for aggregates that have to see all of them at once."""

from __future__ import annotations

from sqlfeat.plan.tables import Plan
from sqlfeat.rewrites.spread_windows import spread_where


def spread_limited_windows(plan: Plan) -> Plan:
    """Return the plan in which variances and VALUE_COUNTS with a limit are made of lists with that limit.

    This comes before rows are put in order for their limits: rows that were taken apart and put together
    again are no more in the order in which they were.
    """
    return spread_where(plan, lambda column: column.call.limit is not None)

"""Dates and timestamps as constants of a definition."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from sqlfeat.errors import ExpressionError

_TIMESTAMP = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2})(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})?)?", re.ASCII
)


def date_of(text: str) -> date:
    """Return the date that a literal names.

    >>> date_of("2022-01-31")
    datetime.date(2022, 1, 31)
    """
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ExpressionError(f"{text!r} is no DATE.", "Write DATE '2022-01-31'.")


def timestamp_of(text: str) -> datetime:
    """Return the time that a literal names, to the millisecond: on the clock of the project's zone, or
    in UTC where the text has an offset.

    >>> timestamp_of("2022-01-31 10:00:00"), timestamp_of("2022-01-31 10:00:00+01:00").isoformat()
    (datetime.datetime(2022, 1, 31, 10, 0), '2022-01-31T09:00:00+00:00')
    """
    found = _TIMESTAMP.fullmatch(text)
    try:
        if found is not None:
            day, clock, fraction, offset = found.groups()
            moment = datetime.fromisoformat(f"{day} {clock or '00:00:00'}{offset or ''}")
            return exact_timestamp(moment + timedelta(seconds=float(fraction or 0)))
    except (ValueError, OverflowError):
        pass
    raise ExpressionError(
        f"{text!r} is no TIMESTAMP.",
        "Write TIMESTAMP '2022-01-31 10:00:00' for the clock of the project's zone, or with an offset, "
        "TIMESTAMP '2022-01-31 10:00:00+01:00'.",
    )


def exact_timestamp(moment: datetime) -> datetime:
    """Return a time cut to the millisecond, in UTC if it has an offset.

    Raises ExpressionError for one that is in UTC beyond the years 1 to 9999.
    """
    cut = moment.replace(microsecond=moment.microsecond // 1_000 * 1_000, fold=0)
    if moment.tzinfo is None:
        return cut
    try:
        return cut.replace(fold=moment.fold).astimezone(UTC)
    except OverflowError:
        raise ExpressionError(f"{moment} is no TIMESTAMP.", "Its years are 1 to 9999.") from None

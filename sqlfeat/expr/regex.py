"""Regular expressions: the part of Java's language that reads the same everywhere."""

from __future__ import annotations

import re
import warnings

from sqlfeat.errors import ExpressionError

ALLOWED = re.compile(
    r"""
      \\[dDwWsStnrfbBA] | \\x[0-9a-fA-F]{2} | \\u[0-9a-fA-F]{4} | \\[1-9](?![0-9]) | \\[^\w\s]
    | \((?!\?) | \(\?(?::|=|!|<=|<!) | \) | \| | \^ | \$ | \.
    | [*+?][+?]? | \{[0-9]{1,4}(?:,[0-9]{0,4})?\}[+?]?
    | \[\^?(?:\\[dDwWsStnrf] | \\x[0-9a-fA-F]{2} | \\u[0-9a-fA-F]{4} | \\[^\w\s] | &(?!&) | [^\\\[\]&])+\]
    | [^\\\[({]
    """,
    re.VERBOSE,
)
"""One element of a pattern: an escape, a group, a quantifier, a class of characters, a character."""

FLAGS = re.compile(r"\(\?[is]{1,2}\)")

HINT = (
    "All engines read alike: characters, . ^ $ | [...] (...) (?:...) (?=...) (?!...), * + ? {n,m}, "
    "\\d \\w \\s \\b \\A \\t \\n \\r \\f \\xhh \\uhhhh, \\1 to \\9, and (?i) (?s) at the start."
)


def groups_of(pattern: str) -> int:
    """Return how many groups a pattern has. Raises ExpressionError if it cannot be read.

    >>> groups_of("([a-z]+)-(?:[0-9]{2})")
    1
    """
    flags = FLAGS.match(pattern)
    place = flags.end() if flags else 0
    if not pattern[place:]:
        raise ExpressionError("an empty pattern is in every text.", "Write what is looked for.")
    while place < len(pattern):
        element = ALLOWED.match(pattern, place)
        if element is None:
            raise ExpressionError(
                f"the pattern {pattern!r} cannot be read from {pattern[place:]!r} on.", HINT
            )
        place = element.end()
    return _compiled(pattern).groups


def matches_between_characters(pattern: str) -> bool:
    """Whether a pattern matches the nothing between two characters, whichever they are.

    >>> matches_between_characters("a*"), matches_between_characters("a+")
    (True, False)
    """
    found = _compiled(pattern).match("\0\0", 1)
    return found is not None and not found[0]


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ExpressionError(f"the pattern {pattern!r} cannot be read: {error}.", HINT) from None

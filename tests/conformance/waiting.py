"""Cases that sqlfeat cannot say yet."""

WAITING: frozenset[str] = frozenset()

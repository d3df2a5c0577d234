"""Cases that sqlfeat cannot say yet."""

WAITING = frozenset({"over_window__over_window_transform_value_counts"})

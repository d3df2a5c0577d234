"""Cases that sqlfeat cannot say yet."""

WAITING = frozenset(
    """
    over_window__over_window_on_join_field
    over_window__over_window_transform_count_with_limit
    over_window__over_window_transform_filter_expr_with_limit
    over_window__over_window_transform_filter_expr_with_window_size_and_limit
    over_window__over_window_transform_first_last_value_with_window_size_and_limit
    over_window__over_window_transform_value_counts
    over_window__over_window_transform_with_different_criteria
    over_window__over_window_transform_with_limit
    over_window__over_window_transform_with_window_size_and_limit
    """.split()
)

"""Cases that sqlfeat cannot say yet."""

WAITING = frozenset(
    """
    derived_view__filter_is_null
    join__bounded_left_table_join_unbounded_right_table
    over_window__over_window_on_join_field
    over_window__over_window_transform_count_with_limit
    over_window__over_window_transform_filter_expr_with_limit
    over_window__over_window_transform_filter_expr_with_window_size_and_limit
    over_window__over_window_transform_first_last_value_with_window_size_and_limit
    over_window__over_window_transform_value_counts
    over_window__over_window_transform_with_different_criteria
    over_window__over_window_transform_with_limit
    over_window__over_window_transform_with_window_size_and_limit
    over_window__python_udf_transform_on_over_window_transform
    python_udf__python_udf_transform
    python_udf__python_udf_with_default_value
    python_udf__python_udf_with_multi_level_composite
    sliding_window__late_data_at_first_position
    sliding_window__sliding_window_with_millisecond_sliding_window_timestamp__empty_on__skip_same_off
    sliding_window__sliding_window_with_millisecond_sliding_window_timestamp__empty_on__skip_same_on
    sliding_window__sliding_window_with_python_udf__empty_off__skip_same_off
    sliding_window__sliding_window_with_python_udf__empty_on__skip_same_off
    sliding_window__sliding_window_with_python_udf__empty_on__skip_same_on
    sliding_window__transform_with_expression_as_group_by_key__empty_on__skip_same_on
    sql_view__sql_feature_view
    sql_view__usage_followed_by_sliding_feature_view
    sql_view__usage_with_keys
    sql_view__usage_with_udf
    sql_view__usage_with_unbounded_source
    """.split()
)

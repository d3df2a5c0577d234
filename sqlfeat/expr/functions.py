"""The closed table of functions and operators, put together from its subjects."""

from __future__ import annotations

from sqlfeat.expr.arithmetic import ARITHMETIC
from sqlfeat.expr.conditions import CONDITIONS
from sqlfeat.expr.number_functions import NUMBER_FUNCTIONS
from sqlfeat.expr.signatures import Function
from sqlfeat.expr.text_functions import TEXT_FUNCTIONS

FUNCTIONS: dict[str, Function] = {
    **ARITHMETIC,
    **CONDITIONS,
    **NUMBER_FUNCTIONS,
    **TEXT_FUNCTIONS,
}

AGGREGATE_NAMES = frozenset(
    "SUM COUNT AVG MIN MAX FIRST_VALUE LAST_VALUE COUNT_DISTINCT ROW_NUMBER COLLECT_LIST "
    "VALUE_COUNTS STDDEV_POP STDDEV_SAMP VAR_POP VAR_SAMP".split()
)

NOT_DETERMINISTIC = frozenset(
    "RAND RANDOM NOW UUID CURRENT_TIMESTAMP CURRENT_DATE CURRENT_TIME LOCALTIMESTAMP PROCTIME".split()
)

"""The closed table of functions and operators, put together from its subjects."""

from __future__ import annotations

from sqlfeat.expr.arithmetic import ARITHMETIC
from sqlfeat.expr.collection_functions import COLLECTION_FUNCTIONS
from sqlfeat.expr.conditions import CONDITIONS
from sqlfeat.expr.json_functions import JSON_FUNCTIONS
from sqlfeat.expr.number_functions import NUMBER_FUNCTIONS
from sqlfeat.expr.regex_functions import REGEX_FUNCTIONS
from sqlfeat.expr.signatures import Function
from sqlfeat.expr.text_functions import TEXT_FUNCTIONS
from sqlfeat.expr.time_functions import TIME_FUNCTIONS

SUBJECTS: dict[str, dict[str, Function]] = {
    "Arithmetic": ARITHMETIC,
    "Comparisons and conditions": CONDITIONS,
    "Numbers": NUMBER_FUNCTIONS,
    "Text": TEXT_FUNCTIONS,
    "Regular expressions": REGEX_FUNCTIONS,
    "Dates and instants": TIME_FUNCTIONS,
    "Arrays, maps and structs": COLLECTION_FUNCTIONS,
    "JSON": JSON_FUNCTIONS,
}
"""The rows of the table, by what they are about."""

FUNCTIONS: dict[str, Function] = {
    name: row for subject in SUBJECTS.values() for name, row in subject.items()
}

AGGREGATE_NAMES = frozenset(
    "SUM COUNT AVG MIN MAX FIRST_VALUE LAST_VALUE COUNT_DISTINCT ROW_NUMBER COLLECT_LIST "
    "VALUE_COUNTS STDDEV_POP STDDEV_SAMP VAR_POP VAR_SAMP".split()
)

NOT_DETERMINISTIC = frozenset(
    "RAND RANDOM NOW UUID CURRENT_TIMESTAMP CURRENT_DATE CURRENT_TIME CURRENT_ROW_TIMESTAMP CURDATE "
    "LOCALTIMESTAMP LOCALTIME PROCTIME SYSDATE RAND_INTEGER RANDN SHUFFLE CURRENT_WATERMARK".split()
)

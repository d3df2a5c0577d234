"""The contract in plain Python, slow and obvious: which rows a definition means.

It shares with sqlfeat only what a definition is written in (declarations, types, the syntax of
expressions) and nothing of how sqlfeat computes it: no plan, no typing, no rendering.
"""

from .equality import differences
from .errors import OracleError
from .evaluation import Result, evaluate
from .json_rows import from_json, read_rows

__all__ = ["OracleError", "Result", "differences", "evaluate", "from_json", "read_rows"]

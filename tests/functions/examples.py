"""The examples of docs/functions.md: constants, which an engine may fold before it runs."""

from __future__ import annotations

import sqlfeat as sf
from scripts.function_examples import EXAMPLES

from .family import Family

FAMILIES = (Family("examples", {"n": sf.Int32}, ((1,),), tuple(text for text, _ in EXAMPLES.values())),)

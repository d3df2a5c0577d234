"""The support matrix: what there is, and what each dialect makes of it.

`tables.py`, `joins.py`, `over.py`, `sliding.py` and `functions.py` hold the constructs, each with a small
definition that uses it. `evidence.py` holds what an engine does with a statement that asks it for what
its dialect refuses. `scripts/support_page.py` writes docs/support.md from both.
"""

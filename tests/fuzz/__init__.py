"""The search for disagreement: random definitions over random rows, on the oracle and the engines.

`python -m tests.fuzz --help` says how to run it. Definitions are data (`model`), made at random from
tables of weights (`weights`), run many at a time in one job of an engine, and compared with the
oracle's rows; what differs is made smaller and printed as the folder of a case.
"""

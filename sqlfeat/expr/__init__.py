"""Expressions: parsing, building in Python, typing by the contract, the closed tables of functions."""

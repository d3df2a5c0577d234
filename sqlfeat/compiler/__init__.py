"""Definitions to plan. Every mistake of a definition is found before any is reported."""

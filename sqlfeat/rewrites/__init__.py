"""Rewrites: plan to plan, one rule a file, each named with a verb. A dialect lists those it needs."""

"""Whole-process comparisons with peers, in one run. `python -m benchmarks`."""

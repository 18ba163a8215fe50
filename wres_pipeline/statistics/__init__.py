"""Exact tests, intervals and published ranges: pure arithmetic on counts, nothing of the WRES in it."""

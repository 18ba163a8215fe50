"""Encryption at rest: the key, files that are stored encrypted, and DuckDB reading and writing them."""

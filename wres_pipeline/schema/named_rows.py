"""Rows of a query by the names of its columns: a column that comes or moves changes no reader."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from typing import Any

import duckdb

NamedRow = Any
"""A row of a query, a named tuple: an attribute a column."""


def named_rows(result: duckdb.DuckDBPyConnection) -> Iterator[NamedRow]:
    """The rows of a query just executed, each with its columns as attributes.

    Raises ValueError for a query that leaves a column without a name of its own.
    """
    row_type = namedtuple("NamedRow", [column[0] for column in result.description or []])  # type: ignore[misc]
    for values in result.fetchall():
        yield row_type._make(values)

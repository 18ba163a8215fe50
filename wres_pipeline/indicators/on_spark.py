"""The counts of the indicators where their rows already live: the same queries, put into Spark's dialect.

A national team keeps tables of the names and columns of the data dictionary on its platform. `SparkTables` stands in the place
of the warehouse's connection for everything that reads counts (`count_reading.read`); what the figures mean is worked out here
as ever. Needs the optional extra `spark` (PySpark, sqlglot) and Java.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wres_pipeline import schema

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Tree = Any
"""A query as sqlglot reads it."""

CORE = "core_"
"""How the tables begin that are filled from what is delivered."""

__all__ = ["SparkTables", "TablesError", "organisations", "session"]


class TablesError(ValueError):
    """The tables are not where they were said to be, or a query cannot be put into Spark's words."""


def session(memory: str = "4g") -> SparkSession:
    """Spark as the platform has it, or in this process' own machine. Raises TablesError where the extra is not installed."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise TablesError("Spark is not installed: pip install 'wres_pipeline[spark]', and Java") from error
    builder = SparkSession.builder.appName("wres counts").config("spark.driver.memory", memory)
    return (
        builder.config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    )


class SparkTables:
    """The tables of one place, asked as the warehouse is: `execute`, then `description` and `fetchall`.

    place: a folder that holds a Parquet file or folder a table (`core_workforce.parquet`), or a schema of the platform's
    catalogue (`national.wres`). A core table that is not there is one of which nothing was delivered: it is empty, and
    `missing` names it.
    """

    def __init__(self, spark: SparkSession, place: str) -> None:
        self.spark, self.place = spark, place
        self.known: set[str] = set()
        self.missing: set[str] = set()
        self.description: list[tuple[str]] = []
        self._rows: list[tuple[Any, ...]] = []

    def execute(self, query: str, parameters: Mapping[str, Any] | None = None) -> SparkTables:
        """Run a query of DuckDB's dialect. Raises TablesError when the ledger of deliveries is not there."""
        tree = _parsed(query).copy()
        wanted = _tables(tree)
        if wanted == {"information_schema.tables"}:  # is it there?
            self._rows = [(1,)] if self.has(str((parameters or {})["name"])) else []
            return self
        for name in wanted:
            self._find(name)
        asked = _bound(tree, parameters or {})
        found = self.spark.sql(asked.sql(dialect="spark"))
        self.description = [(name,) for name in found.columns]
        self._rows = [tuple(row) for row in found.collect()]
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows of the last query."""
        return self._rows

    def has(self, name: str) -> bool:
        """Whether the table is there."""
        folder = Path(self.place)
        if folder.is_dir():
            return (folder / f"{name}.parquet").exists()
        return bool(self.spark.catalog.tableExists(f"{self.place}.{name}"))

    def _find(self, name: str) -> None:
        if name in self.known:
            return
        if self.has(name):
            file = Path(self.place) / f"{name}.parquet"
            there = Path(self.place).is_dir()
            found = self.spark.read.parquet(str(file)) if there else self.spark.table(f"{self.place}.{name}")
        elif name.startswith(CORE):
            self.missing.add(name)
            found = self.spark.sql(_empty(name))
        else:
            raise TablesError(f"{self.place}: there is no table {name}, which says what was delivered")
        found.createOrReplaceTempView(name)
        self.known.add(name)


def _empty(name: str) -> str:
    """A table of the declared columns without a row, in Spark's words."""
    from sqlglot import exp

    columns = (
        exp.alias_(exp.cast(exp.null(), exp.DataType.build(column.type, dialect="duckdb")), column.name)
        for column in schema.table(name).columns
    )
    return str(exp.select(*columns).where(exp.false()).sql(dialect="spark"))


@lru_cache(maxsize=256)
def _parsed(query: str) -> Tree:
    import sqlglot

    try:
        return sqlglot.parse_one(query, read="duckdb")
    except sqlglot.errors.SqlglotError as error:
        raise TablesError(f"a query is not understood: {str(error).splitlines()[0]}") from error


def _tables(tree: Tree) -> set[str]:
    from sqlglot import exp

    own = {with_.alias_or_name for with_ in tree.find_all(exp.CTE)}
    named = (f"{table.db}.{table.name}".lstrip(".") for table in tree.find_all(exp.Table) if table.name)
    return set(named) - own


def _bound(tree: Tree, parameters: Mapping[str, Any]) -> Tree:
    """The query with its parameters as values. Lists that are unnested side by side become rows: Spark opens one a query."""
    from sqlglot import exp

    for select in list(tree.find_all(exp.Select)):
        lists = {one.alias: _unnested(one) for one in select.expressions}
        if lists and all(lists.values()):
            columns = {name: parameters[str(asked)] for name, asked in lists.items()}
            kinds = {
                name: one.find(exp.DataType) for name, one in zip(columns, select.expressions, strict=True)
            }
            select.replace(_rows_of(columns, kinds))
    for asked in list(tree.find_all(exp.Placeholder)):
        asked.replace(_value(parameters[asked.name]))
    return tree


def _unnested(column: Tree) -> str:
    """The parameter whose list a column unnests; "" for any other column."""
    from sqlglot import exp

    if not isinstance(column, exp.Alias) or not isinstance(column.this, exp.Unnest | exp.Explode):
        return ""
    asked = column.this.find(exp.Placeholder)
    return asked.name if asked is not None else ""


def _rows_of(columns: Mapping[str, Sequence[Any]], kinds: Mapping[str, Any]) -> Tree:
    from sqlglot import exp

    rows = list(zip(*columns.values(), strict=True))
    names = list(columns)
    if not rows:
        nothing = exp.select(
            *(exp.alias_(exp.cast(exp.null(), _element(kinds[name])), name) for name in names)
        )
        return nothing.where(exp.false())
    values = exp.values([tuple(_value(cell) for cell in row) for row in rows], alias="given", columns=names)
    return exp.select(*names).from_(values)


def _element(kind: Any) -> Any:
    """The type of a list's elements."""
    return kind.expressions[0] if kind is not None and kind.expressions else "TEXT"


def _value(value: Any) -> Tree:
    from sqlglot import exp

    if isinstance(value, datetime.date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    if isinstance(value, list | tuple):
        return exp.Array(expressions=[_value(each) for each in value])
    return exp.convert(value)


def organisations(tables: SparkTables) -> list[str]:
    """The ODS codes of the bodies that have a delivery that counts."""
    query = "SELECT DISTINCT organisation_code FROM current_deliveries ORDER BY organisation_code"
    return [code for (code,) in tables.execute(query).fetchall()]

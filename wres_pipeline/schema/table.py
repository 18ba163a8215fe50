"""The declaration of a stored table: `tables/tables.csv` names it, `tables/<table>.csv` its columns.

A column that means the same in every table is described once, in `tables/shared.csv`; a table names it with the other
cells left blank. The columns of an extract's raw table come from its contract (`extracts.raw_tables`).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TYPES = ("VARCHAR", "BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "JSON")
COUNTED_UNITS = frozenset({"people", "applications", "rows", "deliveries", "months"})
"""Units of a row whose value is a whole number of things."""


class SchemaError(ValueError):
    """A declaration that contradicts itself, with the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type in DuckDB, the unit of its numbers, an example and what it means.

    unit: `count` for a number of things that is read back as a whole number, or as a Fraction where a rolling average
    made a half; `as unit` where the row's own column `unit` says it. default: an SQL literal that rows kept before the
    column was declared take, "" for nothing.
    """

    name: str
    type: str
    unit: str
    example: str
    meaning: str
    default: str = ""

    @property
    def definition(self) -> str:
        """The column as CREATE and ALTER TABLE write it."""
        return f"{self.quoted} {self.type}" + (f" DEFAULT {self.default}" if self.default else "")

    @property
    def quoted(self) -> str:
        return '"' + self.name.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the warehouse, or a view: one row is `one_row_is`.

    key: the columns no two rows share, where the warehouse enforces it. restricted: whether it holds people.
    """

    name: str
    layer: str
    one_row_is: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    restricted: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; raises SchemaError for one that is not declared."""
        for column in self.columns:
            if column.name == name:
                return column
        raise SchemaError(f"{self.name} has no column {name}; it has {', '.join(self.names)}")

    def create_statement(self) -> str:
        """The statement that makes the table where it is not there yet."""
        columns = [column.definition for column in self.columns]
        if self.key:
            columns.append(f"PRIMARY KEY ({', '.join(self.key)})")
        return f"CREATE TABLE IF NOT EXISTS {self.name} ({', '.join(columns)})"


def stored_tables() -> tuple[Table, ...]:
    """Every table of the warehouse but the raw ones and the views, in the order of `tables.csv`."""
    return tuple(found for found in _declared().values() if found.name not in views())


def table(name: str) -> Table:
    """The declaration of a table or view; raises SchemaError for a name that is not declared."""
    found = _declared().get(name)
    if found is None:
        raise SchemaError(f"tables.csv: no table {name}")
    return found


@cache
def views() -> dict[str, str]:
    """View -> the statement that makes it: the files of `views/`, which `tables.csv` describes like tables."""
    folder = files(__package__).joinpath("views")
    return {
        entry.name.removesuffix(".sql"): entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".sql")
    }


@cache
def _declared() -> dict[str, Table]:
    shared = {row["column"]: row for row in _rows("shared")}
    found: dict[str, Table] = {}
    for row in _rows("tables"):
        name, like = row["table"], row["columns_of"]
        columns = found[like].columns if like else tuple(_column(name, each, shared) for each in _rows(name))
        key = tuple(part.strip() for part in row["key"].split(",") if part.strip())
        found[name] = Table(name, row["layer"], row["one_row_is"], columns, key, row["restricted"] == "yes")
    return found


def _column(table_name: str, row: dict[str, str], shared: dict[str, dict[str, str]]) -> Column:
    told = row if row["type"] else shared.get(row["column"])
    if told is None:
        raise SchemaError(f"{table_name}.csv: {row['column']} is described neither there nor in shared.csv")
    if told["type"] not in TYPES or not told["meaning"]:
        raise SchemaError(
            f"{table_name}.csv: {row['column']}: type {told['type']!r}, meaning {told['meaning']!r}"
        )
    return Column(
        row["column"], told["type"], told["unit"], told["example"], told["meaning"], told.get("default") or ""
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath("tables", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))

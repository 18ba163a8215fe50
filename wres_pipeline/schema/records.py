"""Between a row of a table and the dataclass that stands for it, and between a row and its text in a CSV file.

A dataclass has a field for each column, of the same name. A number that nobody has, or a column an older file does not
hold, takes the field's default.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

from wres_pipeline.schema.table import COUNTED_UNITS, Column, SchemaError, Table

Row = TypeVar("Row")


def values(table: Table, row: object) -> list[Any]:
    """The row's values in the order of the table's columns, as DuckDB takes them: a Fraction becomes a float, which is
    exact for the halves of a rolling count."""
    return [_stored(column, getattr(row, column.name)) for column in table.columns]


def to_text(table: Table, row: object) -> list[str]:
    """The row as cells of a CSV file: blank for nothing, whole numbers without a point, floats by repr."""
    return [_text(value) for value in values(table, row)]


def record(table: Table, row_type: type[Row], held: Mapping[str, Any]) -> Row:
    """The dataclass of a row by column, as DuckDB returns it; a column that is not held takes the field's default.

    Raises SchemaError naming a column that is not there and has no default.
    """
    return maker(table, row_type)(held)


def maker(table: Table, row_type: type[Row]) -> Callable[[Mapping[str, Any]], Row]:
    """What makes `record` of every row of a table: its fields are looked up once and not for each of thousands of rows."""
    return cast("Callable[[Mapping[str, Any]], Row]", _maker(table, cast(Any, row_type)))


@cache
def _maker(table: Table, row_type: Any) -> Callable[[Mapping[str, Any]], Any]:
    columns = {column.name: column for column in table.columns}
    wanted = [(field.name, columns.get(field.name), field.default) for field in fields(row_type)]

    def made(held: Mapping[str, Any]) -> Any:
        unit = held.get("unit") or ""
        given: dict[str, Any] = {}
        for name, column, default in wanted:
            value = None
            if column is not None and name in held:
                value = held[name]
                if value is not None and column.type in ("JSON", "DOUBLE"):
                    value = _typed(column, value, unit)
            elif default is MISSING:
                raise SchemaError(f"the column {name} is missing")
            given[name] = default if value is None and default is not MISSING else value
        return row_type(**given)

    return made


def from_text(table: Table, row_type: type[Row], cells: Mapping[str, str]) -> Row:
    """The dataclass of a row of a CSV file by heading, of this version or an earlier one.

    Raises SchemaError naming a heading that is missing and has no default, or a cell that cannot be read.
    """
    return record(
        table,
        row_type,
        {
            column.name: _parsed(column, cells[column.name])
            for column in table.columns
            if cells.get(column.name) is not None
        },
    )


def columns_of(table: Table, rows: Iterable[object]) -> list[list[Any]]:
    """The rows' values as a list for each column of the table."""
    held = list(rows)
    return [
        [_stored(column, value) for value in map(attrgetter(column.name), held)] for column in table.columns
    ]


def _stored(column: Column, value: Any) -> Any:
    if column.type == "JSON":
        return json.dumps(value, sort_keys=True)
    if type(value) in (Fraction, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def _typed(column: Column, value: Any, unit: str) -> Any:
    if column.type == "JSON":
        return json.loads(value)
    if column.type == "DOUBLE":
        if column.unit == "count":
            return int(value) if float(value).is_integer() else Fraction(value)
        if (
            column.unit == "as unit"
            and column.name == "value"
            and unit in COUNTED_UNITS
            and float(value).is_integer()
        ):
            return int(value)
    return value


def _parsed(column: Column, cell: str) -> Any:
    if column.type == "VARCHAR":
        return cell
    if cell == "":
        return None
    try:
        match column.type:
            case "INTEGER" | "BIGINT":
                return int(cell)
            case "DOUBLE":
                return float(cell)
            case "DATE":
                return date.fromisoformat(cell)
            case "TIMESTAMP":
                return datetime.fromisoformat(cell)
            case "BOOLEAN":
                return {"true": True, "false": False}[cell.lower()]
    except (ValueError, KeyError):
        raise SchemaError(f"{column.name}: {cell!r} is not what the column holds") from None
    return cell


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)

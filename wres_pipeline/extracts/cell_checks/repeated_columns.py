"""Two columns of one meaning: which is read, what the other adds, and in how many rows they contradict each other.

The column under the more wanted heading is read. Where the two never contradict each other, its blanks are filled from the
other; where they do, nothing is filled and the difference is told. [ours]
"""

# ruff: noqa: S608 - identifiers come from the contract files, quoted; values are bound

from __future__ import annotations

import duckdb

from wres_pipeline.extracts.canonical import identifiers, values
from wres_pipeline.extracts.contracts import Column
from wres_pipeline.extracts.reading.prepared import Prepared
from wres_pipeline.extracts.statements import quoted
from wres_pipeline.reference.codes import ethnicity, flags, pay_bands, staff_groups
from wres_pipeline.reference.tables import fold


def settle(con: duckdb.DuckDBPyConnection, prepared: Prepared, delivery_id: str) -> list[dict[str, object]]:
    """Fill blanks of columns that stand twice in a delivery just loaded; one entry a further heading.

    An entry holds `column`, `heading` (the further one), `rows` (in which it has a value), `filled` and `differ`. About
    ethnicity, `Unspecified` and its like say no more than a blank does.
    """
    contract, told = prepared.contract, []
    for name, headings in prepared.repeated.items():
        column = contract.column(name)
        own = f"coalesce(trim({quoted(name)}), '')"
        for heading in headings:
            path = '$."' + heading.replace('"', '\\"') + '"'
            pairs = con.execute(
                f"SELECT {own}, trim(extra ->> ?), count(*) FROM {contract.table} WHERE delivery_id = ? "
                "AND trim(extra ->> ?) <> '' GROUP BY ALL",
                [path, delivery_id, path],
            ).fetchall()
            saying = [(here, there, rows) for here, there, rows in pairs if not _silent(column, there)]
            silent = sorted({here for here, _, _ in saying if _silent(column, here)})
            filled = sum(rows for here, _, rows in saying if here in silent)
            differ = sum(
                rows for here, there, rows in saying if here not in silent and not same(column, here, there)
            )
            if filled and not differ:
                con.execute(
                    f"UPDATE {contract.table} SET {quoted(name)} = trim(extra ->> ?) WHERE delivery_id = ? "
                    f"AND {own} IN (SELECT unnest(?::VARCHAR[])) AND trim(extra ->> ?) IN (SELECT unnest(?::VARCHAR[]))",
                    [path, delivery_id, silent, path, sorted({there for _, there, _ in saying})],
                )
            told.append(
                {
                    "column": name,
                    "heading": heading,
                    "rows": sum(rows for _, _, rows in pairs),
                    "filled": 0 if differ else filled,
                    "differ": differ,
                }
            )
    return told


def _silent(column: Column, text: str) -> bool:
    return not text or (column.type == "ethnicity" and ethnicity.resolve(text).state == "not_recorded")


def same(column: Column, one: str, other: str) -> bool:
    """Whether two texts say the same in a column: as its type is read, not as they are written."""
    if fold(one) == fold(other):
        return True
    if column.type == "id":
        return identifiers.plain(one) == identifiers.plain(other)
    if column.type == "date":
        day = values.parse_date(one)
        return day is not None and day == values.parse_date(other)
    if column.type in ("yes_no", "yes_no_or_date"):
        known = [_flag(column.name, text) for text in (one, other)]
        return known[0] is not None and known[0] == known[1]
    if column.type in ("number", "integer"):
        number = values.parse_number(one)
        return number is not None and number == values.parse_number(other)
    if column.type == "ethnicity":
        found = [ethnicity.resolve(text) for text in (one, other)]
        return found[0].state != "unmapped" and (found[0].state, found[0].national or found[0].code) == (
            found[1].state,
            found[1].national or found[1].code,
        )
    if column.name in ("pay_scale", "staff_group"):
        look = pay_bands.resolve if column.name == "pay_scale" else staff_groups.resolve
        means = [look(text) for text in (one, other)]
        return means[0] is not None and means[0] == means[1]
    return False


def _flag(column: str, text: str) -> bool | None:
    if flags.known(column, text):
        return flags.meaning(column, text)
    return values.parse_yes_no_or_date(text)[0]

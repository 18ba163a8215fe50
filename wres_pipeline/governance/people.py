"""The rights of a person: where the pipeline holds them, a copy for them, and taking them out.

Somebody is found by a number (employee, application, NI) or an email address, and then by every number linked to it: the
application of a member of staff, the cases and courses of one. What must stay after an erasure, and why: the row itself with
its ethnicity, band and dates under a random number, since the return is a duty of the body and its published counts must
agree with what they were counted from (UK GDPR, article 17(3)(b) and (d); the body must confirm its reliance on it).
"""

from __future__ import annotations

import csv
import io
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import duckdb

from wres_pipeline.governance.people_tables import PeopleTable, people_tables
from wres_pipeline.governance.rewriting import rewritten
from wres_pipeline.render.text import safe_cell

KNOWN_BY = ("employee_number", "application_id", "ni_number", "email")
"""Columns by which somebody may be asked for."""
PIECE, UNPACKED = 1 << 20, 2 << 30
"""Bytes of a file looked at together, and the most that a packed one may unpack to. [ours]"""


@dataclass(frozen=True, slots=True)
class Person:
    """The numbers one person is called by in one organisation: (column, value)."""

    organisation_code: str
    known_by: frozenset[tuple[str, str]]

    def values(self, column: str) -> list[str]:
        """Their values of a column."""
        return sorted(value for name, value in self.known_by if name == column)


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of one table that are about a person: named columns and values, one mapping a row."""

    table: str
    rows: tuple[dict[str, Any], ...]


def find(con: duckdb.DuckDBPyConnection, organisation_code: str, known_by: str, value: str) -> Person | None:
    """The person of that number or address with every number linked to it; None where nobody is.

    Two people are never made one by a name or a birth date: only by a number, an address or a link of the linkage that is
    sure enough to use.
    """
    known = {(known_by, value.strip())}
    tables = list(people_tables(con))
    while True:
        more = set(known)
        for table in tables:
            columns = [c for c in KNOWN_BY if c in table.columns]
            if len(columns) > 1:
                more |= _linked(con, table, columns, organisation_code, known)
        if more == known:
            break
        known = more
    person = Person(organisation_code, frozenset(known))
    return person if any(held(con, person)) else None


def _linked(
    con: duckdb.DuckDBPyConnection,
    table: PeopleTable,
    columns: list[str],
    code: str,
    known: set[tuple[str, str]],
) -> set[tuple[str, str]]:
    where, bound = _where(table, code, Person(code, frozenset(known)), columns)
    if not where:
        return set()
    sure = " AND band = 'automatic'" if table.name == "linkage_links" else ""
    picks = ", ".join(f'"{c}"' for c in columns)
    rows = con.execute(f'SELECT DISTINCT {picks} FROM "{table.name}" WHERE {where}{sure}', bound).fetchall()  # noqa: S608
    return {
        (column, str(value))
        for row in rows
        for column, value in zip(columns, row, strict=True)
        if value is not None and str(value).strip()
    }


def _where(table: PeopleTable, code: str, person: Person, columns: list[str]) -> tuple[str, list[Any]]:
    """The condition of the rows of a table that are the person's in an organisation, and what is bound to it."""
    parts, bound = [], []
    for column in columns:
        if values := person.values(column):
            parts.append(f'list_contains(?::VARCHAR[], "{column}"::VARCHAR)')
            bound.append(values)
    if not parts:
        return "", []
    of = (
        "organisation_code = ?"
        if "organisation_code" in table.columns
        else "delivery_id IN (SELECT delivery_id FROM deliveries WHERE organisation_code = ?)"
    )
    return f"({' OR '.join(parts)}) AND {of}", [*bound, code]


def _columns(table: PeopleTable) -> list[str]:
    return [c for c in KNOWN_BY if c in table.columns]


def held(con: duckdb.DuckDBPyConnection, person: Person) -> Iterator[Held]:
    """Every row of the warehouse that is about the person, table by table; rows set aside by the row they came from."""
    for table in people_tables(con):
        where, bound = _where(table, person.organisation_code, person, _columns(table))
        if where:
            found = con.execute(f'SELECT * FROM "{table.name}" WHERE {where}', bound)  # noqa: S608
            names = [column[0] for column in found.description or []]
            rows = tuple(dict(zip(names, row, strict=True)) for row in found.fetchall())
            if rows:
                yield Held(table.name, rows)


def files_that_name(folder: Path, person: Person) -> Iterator[Path]:
    """The files of a folder, text in any encoding a spreadsheet writes or packed, that hold one of the person's numbers or
    addresses. A packed file that unpacks to more than `UNPACKED` is named too, since nobody can look through it."""
    texts = [value for column, value in person.known_by if len(value) >= 4 and column in KNOWN_BY]
    wanted = [text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink() and _holds(path, wanted):
            yield path


def _holds(path: Path, wanted: list[bytes]) -> bool:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as content:
            return _stream_holds(content, wanted)
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                return True
            for part in packed.infolist():
                with packed.open(part) as content:
                    if _stream_holds(content, wanted):
                        return True
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error):
        return True  # it cannot be looked through
    return False


def _stream_holds(content: IO[bytes], wanted: list[bytes]) -> bool:
    longest, before = max(map(len, wanted), default=1), b""
    while piece := content.read(PIECE):
        piece = before + piece
        if any(value in piece for value in wanted):
            return True
        before = piece[-longest + 1 :] if longest > 1 else b""
    return False


def export(con: duckdb.DuckDBPyConnection, person: Person) -> bytes:
    """What is held of the person, for the person: a CSV of table, row, what it is and its value, blanks left out."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["where it is held", "row", "what", "value"])
    for found in held(con, person):
        for number, row in enumerate(found.rows, start=1):
            for name, value in row.items():
                if value is not None and str(value) != "" and name != "delivery_id":
                    cells = (found.table.replace("_", " "), str(number), name.replace("_", " "), str(value))
                    writer.writerow([safe_cell(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def erase(place: Path, person: Person) -> dict[str, int]:
    """Take the person out of the warehouse: particulars and free text blanked, numbers replaced by one that is random.

    The file is rewritten, so that nothing of them is left in its bytes; killed at any moment it is the old one or the new
    one. Gives the rows changed by table. The counts of every figure stay as they are.
    """
    changed: dict[str, int] = {}
    rewritten(place, lambda con: changed.update(_erase(con, person)))
    return changed


def _erase(con: duckdb.DuckDBPyConnection, person: Person) -> dict[str, int]:
    instead = f"erased-{secrets.token_hex(6)}"
    changed = {}
    places = _set_aside(con, person)
    tables = list(people_tables(con))
    for table in tables:
        where, bound = _where(table, person.organisation_code, person, _columns(table))
        if not where:
            continue
        blank = [f'"{c}" = NULL' for c in (*table.particulars, *table.free_text)]
        numbers = [c for c in table.numbers if c != "nearest_employee_number"]
        renamed = [_renamed(c, instead, one_each="delivery_id" in table.columns) for c in numbers]
        sets = ", ".join([*blank, *renamed])
        done = con.execute(f'UPDATE "{table.name}" SET {sets} WHERE {where}', bound)  # noqa: S608
        changed[table.name] = done.fetchall()[0][0]
        if (
            "nearest_employee_number" in table.columns
        ):  # somebody else's row, which says whom they are most like
            con.execute(
                f'UPDATE "{table.name}" SET nearest_employee_number = ? WHERE organisation_code = ? '  # noqa: S608
                "AND list_contains(?::VARCHAR[], nearest_employee_number)",
                [instead, person.organisation_code, person.values("employee_number")],
            )
    for delivery, row in places:
        con.execute(
            "UPDATE quarantine SET row_text = NULL WHERE delivery_id = ? AND row_number = ?", [delivery, row]
        )
    con.execute("DELETE FROM texts_not_shown WHERE organisation_code = ?", [person.organisation_code])
    return changed


def _renamed(column: str, instead: str, *, one_each: bool) -> str:
    """Another number in place of a number that was there; assignments, applications and cases keep to be told apart."""
    apart = one_each and column in ("assignment_number", "application_id", "case_reference")
    number = f"'{instead}-' || row_number" if apart else f"'{instead}'"
    return f'"{column}" = CASE WHEN "{column}" IS NULL THEN NULL ELSE {number} END'


def _set_aside(con: duckdb.DuckDBPyConnection, person: Person) -> list[tuple[str, int]]:
    """Rows of the quarantine whose text holds one of the person's numbers."""
    values = [value for _, value in person.known_by if len(value) >= 4]
    return con.execute(
        "SELECT DISTINCT q.delivery_id, q.row_number FROM quarantine q JOIN deliveries d USING (delivery_id) "
        "WHERE d.organisation_code = ? AND list_bool_or(list_transform(?::VARCHAR[], lambda v: contains(q.row_text, v)))",
        [person.organisation_code, values],
    ).fetchall()

"""Rows that cannot be used: kept in full, with where they stand, why, and what their sender can do."""

# ruff: noqa: S608 - identifiers come from the contract files, quoted; values are bound

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import duckdb

from wres_pipeline.extracts.contracts import Contract, load
from wres_pipeline.extracts.reading.prepared import Prepared
from wres_pipeline.extracts.statements import quoted

REPEATED = "the headings again"
TOTAL = "a totals row"
NOTE = "a note, not a row of the list"
VACANT = "a vacant post, not a member"
SCIENTIFIC = "an id in scientific notation"
TWICE = "the same row twice"
BEYOND_HEADINGS = "more values than headings"
MISSING = "no {title}"
REMEDIES = {
    REPEATED: "Nothing to do: headings repeated within the file are no row.",
    TOTAL: "Nothing to do: totals are worked out again; leave them out of the extract if you can.",
    NOTE: "Nothing to do, if it is a note; if it is a row, give it its id.",
    VACANT: "Nothing to do: nobody sits there. If somebody does, write the role as it is held, and who holds it.",
    SCIENTIFIC: "A spreadsheet rounded this id and its last digits are lost: export again with the column "
    "as text.",
    TWICE: "Nothing to do: the first of the two rows is counted.",
    BEYOND_HEADINGS: "A value probably holds the delimiter without quotation marks: export again with "
    "quoted values.",
    MISSING: "Fill it in in the source system and send the extract again; until then the row is counted "
    "nowhere.",
}
ONE_CELL_IS_A_NOTE = frozenset({"board"})
"""Kinds that ask of a row no more than one cell, so that a line below the list would count as a row of it."""
_SCIENTIFIC = r"^\d(\.\d+)?[eE]\+?\d+$"
_TOTAL = r"(?im)^\s*((grand|sub|overall|report|column)[ -]?)?totals?\b"
_VACANT = r"(?i)\bvacan(t|cy)\b"
_SHAPE = (
    r"left(regexp_replace(regexp_replace(regexp_replace({0}, '\p{{Lu}}', 'A', 'g'), "
    r"'[\p{{Ll}}\p{{Lo}}\p{{Lt}}\p{{Lm}}]', 'a', 'g'), '\p{{Nd}}', '9', 'g'), 24)"
)


_QUARANTINE = "quarantine (delivery_id, row_number, sheet, column_name, shape, reason, remedy, row_text)"


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one delivery by what is odd about them. first, last: its lowest and highest row number. uneven:
    whether the ids every row must have differ in length."""

    rows: int = 0
    structural: int = 0
    scientific: int = 0
    twice: int = 0
    first: int = 0
    last: int = 0
    uneven: bool = False


def count(
    con: duckdb.DuckDBPyConnection, prepared: Prepared, delivery_ids: Sequence[str]
) -> dict[str, Found]:
    """What is odd about the rows of deliveries loaded with the layout of `prepared`, by delivery."""
    contract, present = prepared.contract, _present(prepared)
    found = dict.fromkeys(delivery_ids, Found())
    for identity, rows, structural, scientific, distinct, shortest, longest, first, last in con.execute(
        _count(contract.kind, present), [*_own_headings(prepared, present), [*delivery_ids]]
    ).fetchall():
        twice = rows - distinct if contract.set_duplicates_aside else 0
        found[identity] = Found(rows, structural, scientific, twice, first, last, shortest != longest)
    return found


def set_aside(con: duckdb.DuckDBPyConnection, prepared: Prepared, delivery_id: str, found: Found) -> int:
    """Put every row of the delivery that cannot be used into `quarantine`; returns how many were set aside.

    A row may have several reasons, each a row of the quarantine table; it is set aside once.
    """
    contract, present = prepared.contract, _present(prepared)
    headings = _own_headings(prepared, present)
    if found.structural:
        con.execute(
            _structural(contract.kind, present),
            [prepared.sheet, *headings, *_reasons(contract, present), delivery_id],
        )
    if found.scientific:
        for column in contract.of_type("id"):
            if column.name in present:
                con.execute(
                    _scientific(contract.kind, column.name),
                    [prepared.sheet, SCIENTIFIC, REMEDIES[SCIENTIFIC], delivery_id],
                )
    if found.twice:
        con.execute(_twice(contract.kind), [prepared.sheet, TWICE, REMEDIES[TWICE], delivery_id])
    if prepared.beyond:
        con.execute(
            _numbered(contract.kind),
            [prepared.sheet, BEYOND_HEADINGS, REMEDIES[BEYOND_HEADINGS], delivery_id, list(prepared.beyond)],
        )
    if not (found.structural or found.scientific or found.twice or prepared.beyond):
        return 0
    aside = con.execute(
        "SELECT count(DISTINCT row_number) FROM quarantine WHERE delivery_id = ?", [delivery_id]
    ).fetchone()
    assert aside is not None
    return int(aside[0])


def _present(prepared: Prepared) -> tuple[str, ...]:
    return tuple(c.name for c in prepared.contract.columns if c.name in prepared.columns)


def _keys(contract: Contract, present: Sequence[str]) -> tuple[list[str], list[str]]:
    """(columns every row must fill, columns of which every row must fill one)."""
    every = [c.name for c in contract.needed("row") if c.name in present]
    either = [c.name for c in contract.needed("any") if c.name in present]
    return every, either


def _telling(contract: Contract, present: Sequence[str]) -> list[str]:
    """Up to three columns that show a row to be the headings again: needed ones first."""
    needed = [c.name for c in contract.needed("row", "column", "any") if c.name in present]
    return (needed + [name for name in present if name not in needed])[:3]


def _own_headings(prepared: Prepared, present: Sequence[str]) -> list[str]:
    shift = 0 if prepared.in_place else 1
    texts = []
    for name in _telling(prepared.contract, present):
        index = prepared.columns[name] - shift
        texts.append(prepared.headings[index].strip().lower() if index < len(prepared.headings) else name)
    return texts


def _reasons(contract: Contract, present: Sequence[str]) -> list[str]:
    every, either = _keys(contract, present)
    missing = [MISSING.format(title=contract.column(n).headings[0].lower()) for n in every]
    if either:
        missing.append(
            MISSING.format(title=" or ".join(contract.column(n).headings[0].lower() for n in either[:3]))
        )
    return [
        REPEATED, REMEDIES[REPEATED], TOTAL, REMEDIES[TOTAL], VACANT, REMEDIES[VACANT], NOTE, REMEDIES[NOTE], *missing, REMEDIES[MISSING],
    ]  # fmt: skip


def _blank(name: str) -> str:
    return f"coalesce(trim({quoted(name)}), '') = ''"


def _odd(contract: Contract, present: Sequence[str]) -> tuple[str, str, str, str]:
    """(lacks a needed value, is the headings again, says it is a total, is a vacant post): four conditions on one row.

    The second takes one parameter for each of the telling columns: its heading in lower case.
    """
    every, either = _keys(contract, present)
    lacking = [_blank(n) for n in every]
    if either:
        lacking.append("(" + " AND ".join(_blank(n) for n in either) + ")")
    needed = " OR ".join(lacking) or "FALSE"
    repeated = _all_of(
        [f"coalesce(lower(trim({quoted(n)})) = ?, FALSE)" for n in _telling(contract, present)]
    )
    if contract.kind in ONE_CELL_IS_A_NOTE and len(present) > 2:
        filled = " + ".join(f"(NOT {_blank(n)})::INT" for n in present)
        needed = f"{needed} OR ({filled}) <= 1"
    keys = dict.fromkeys([*every, *either, *(c.name for c in contract.of_type("id") if c.name in present)])
    total = " OR ".join(_says_total(n) for n in keys) or "FALSE"
    return needed, repeated, total, _vacant(present) if contract.kind == "board" else "FALSE"


def _all_of(conditions: Sequence[str]) -> str:
    """All of the conditions: each is asked only of the rows that meet the one before, which AND does not promise."""
    *before, asked = conditions
    for condition in reversed(before):
        asked = f"CASE WHEN {condition} THEN {asked} ELSE FALSE END"
    return f"({asked})"


def _says_total(name: str) -> str:
    """The pattern is asked only of texts that hold its one needed word: most are numbers."""
    return _all_of(
        [f"coalesce({quoted(name)} ILIKE '%total%', FALSE)", f"regexp_matches({quoted(name)}, '{_TOTAL}')"]
    )


def _vacant(present: Sequence[str]) -> str:
    """A seat nobody holds: the role says so, nobody is named, and there is no ethnicity."""
    if not {"role", "ethnic_origin"} <= set(present):
        return "FALSE"
    said = f"coalesce(regexp_matches({{}}, '{_VACANT}'), FALSE)"
    parts = [said.format(quoted("role")), _blank("ethnic_origin")]
    if "name" in present:
        parts.append(f"({_blank('name')} OR {said.format(quoted('name'))})")
    return f"({' AND '.join(parts)})"


@cache
def _count(kind: str, present: tuple[str, ...]) -> str:
    contract = load(kind)
    needed, repeated, total, vacant = _odd(contract, present)
    ids = [c.name for c in contract.of_type("id") if c.name in present]
    scientific = (
        " OR ".join(f"coalesce(regexp_matches({quoted(n)}, '{_SCIENTIFIC}'), FALSE)" for n in ids) or "FALSE"
    )
    distinct = (
        f"count(DISTINCT hash({', '.join(quoted(n) for n in present)}, extra))"
        if contract.set_duplicates_aside
        else "0"
    )
    key = next(
        (quoted(c.name) for c in contract.of_type("id") if c.required == "row" and c.name in present), "NULL"
    )
    lengths = f"min(length({key})), max(length({key}))" if key != "NULL" else "NULL, NULL"
    return (
        f"SELECT delivery_id, count(*), count(*) FILTER (WHERE ({needed}) OR ({total}) OR {repeated} OR {vacant}), "
        f"count(*) FILTER (WHERE {scientific}), {distinct}, {lengths}, min(row_number), max(row_number) "
        f"FROM {contract.table} WHERE delivery_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY delivery_id"
    )


@cache
def _text(kind: str) -> str:
    names = ", ".join(f"'{c.name}', {quoted(c.name)}" for c in load(kind).columns)
    return f"json_object({names}, 'extra', extra)"


@cache
def _structural(kind: str, present: tuple[str, ...]) -> str:
    contract = load(kind)
    needed, repeated, total, vacant = _odd(contract, present)
    every, either = _keys(contract, present)
    cells = ", ".join(f"nullif(trim({quoted(n)}), '')" for n in present)
    some_total = f"regexp_matches(concat_ws(chr(10), {cells}), '{_TOTAL}')"
    filled = " + ".join(f"({_blank(n)})::INT" for n in present)
    lacking = [(n, _blank(n)) for n in every]
    if either:
        lacking.append((either[0], " AND ".join(_blank(n) for n in either)))
    which = " ".join(f"WHEN {condition} THEN '{n}'" for n, condition in lacking) or "WHEN FALSE THEN ''"
    reason = " ".join(f"WHEN {condition} THEN ?" for _, condition in lacking) or "WHEN FALSE THEN ''"
    return f"""
        WITH odd AS (
          SELECT *, ?::VARCHAR AS sheet_name, ({needed}) AS lacks, {repeated} AS again,
                 ({total}) OR (({needed}) AND {some_total}) AS total, {vacant} AS vacant, ({needed}) AND ({filled}) =
                 {len(present) - 1} AS lone FROM {contract.table}
        ), told AS (
          SELECT *, CASE {which} ELSE '' END AS column_name,
                 CASE WHEN again THEN [?, ?] WHEN total THEN [?, ?] WHEN vacant THEN [?, ?] WHEN lone THEN [?, ?]
                      ELSE [CASE {reason} END, ?] END AS words
          FROM odd WHERE delivery_id = ? AND (lacks OR again OR total OR vacant)
        )
        INSERT INTO {_QUARANTINE}
        SELECT delivery_id, row_number, sheet_name, CASE WHEN again OR total OR vacant OR lone THEN '' ELSE column_name
        END, CASE WHEN again OR total OR vacant OR lone THEN '' ELSE 'blank' END, words[1], words[2], {_text(kind)}
        FROM told ORDER BY row_number
    """


@cache
def _scientific(kind: str, column: str) -> str:
    return f"""
        INSERT INTO {_QUARANTINE}
        SELECT delivery_id, row_number, ?, '{column}', {_SHAPE.format(quoted(column))}, ?, ?, {_text(kind)}
        FROM {load(kind).table} WHERE delivery_id = ? AND regexp_matches({quoted(column)}, '{_SCIENTIFIC}')
        ORDER BY row_number
    """


@cache
def _twice(kind: str) -> str:
    contract = load(kind)
    cells = ", ".join(quoted(c.name) for c in contract.columns) + ", extra"
    return f"""
        INSERT INTO {_QUARANTINE}
        WITH mine AS (
          SELECT *, hash({cells}) AS mark FROM {contract.table} r WHERE delivery_id = $4
            AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.delivery_id = r.delivery_id AND q.row_number =
            r.row_number) ), alike AS (SELECT mark FROM mine GROUP BY mark HAVING count(*) > 1)
        SELECT delivery_id, row_number, $1, '', '', $2, $3, {_text(kind)}
        FROM mine JOIN alike USING (mark)
        QUALIFY row_number() OVER (PARTITION BY {cells} ORDER BY row_number) > 1
        ORDER BY row_number
    """


@cache
def _numbered(kind: str) -> str:
    return f"""
        INSERT INTO {_QUARANTINE}
        SELECT delivery_id, row_number, ?, '', '', ?, ?, {_text(kind)}
        FROM {load(kind).table} WHERE delivery_id = ? AND row_number IN (SELECT unnest(?::BIGINT[])) ORDER BY
        row_number
    """

"""The SQL that depends on a contract's columns, composed in one place.

Only names from the project's own contract files and numbered fields are ever put into a statement; every
value is bound.
"""

# ruff: noqa: S608 - identifiers come from the contract files, quoted; values are bound

from __future__ import annotations

from collections.abc import Iterable

from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.reading.prepared import CARRIAGE_RETURN, LINE_FEED, Prepared
from wres_pipeline.reference import gap

_LONGEST_LINE = 8 << 20
"""Bytes. The reader's own buffer of sixteen lines would leave too few pieces for its cores to share. [ours]"""
_TRIM = "\u00a0\u200b\ufeff \t\r\n"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def load_rows(prepared: Prepared, first: int | None) -> str:
    """Load delimited text into the raw table: parameters delivery, extra headings…, path, lines to skip,
    delimiter.

    A normalised copy brings its row numbers in its first field and has no quotation marks; a file loaded in
    place is numbered from `first` on, or, where that is None, by `number_rows`. Identities lose surrounding
    blank space, so that they join; everything else is as written.
    """
    counted = "NULL" if first is None else f"row_number() OVER () + {first - 1}"
    number = counted if prepared.in_place else "c0::BIGINT"
    return f"INSERT INTO {_into(prepared.contract)} SELECT ?, {number}, {_picks(prepared)} FROM {_read(prepared)}"


def load_many(prepared: Prepared) -> str:
    """Load several files of the layout of `prepared`, all in place: parameters extra headings…, paths, lines
    to skip, delimiter; then, in the order of the paths, paths, deliveries, and what to take from a row's
    place among all of them to have its row number."""
    return (
        f"INSERT INTO {_into(prepared.contract)} SELECT f.delivery_id, r.place - f.before, {_picks(prepared)} "
        f"FROM (SELECT *, row_number() OVER () AS place FROM {_read(prepared, ', filename = true')}) r "
        "JOIN (SELECT unnest(?::VARCHAR[]) AS filename, unnest(?::VARCHAR[]) AS delivery_id, "
        "unnest(?::BIGINT[]) AS before) f USING (filename)"
    )


def _into(contract: Contract) -> str:
    columns = ", ".join(quoted(column.name) for column in contract.columns)
    return f"{contract.table} (delivery_id, row_number, {columns}, extra)"


def _picks(prepared: Prepared) -> str:
    contract, columns = prepared.contract, prepared.columns

    def field(index: int) -> str:
        if not prepared.escaped:
            return f"c{index}"
        return f"replace(replace(c{index}, chr({ord(LINE_FEED)}), chr(10)), chr({ord(CARRIAGE_RETURN)}), chr(13))"

    picks = []
    for column in contract.columns:
        if column.name not in columns or not column.stored:
            picks.append("NULL")
        elif column.answered:
            picks.append(answered(field(columns[column.name])))
        elif column.type == "id":
            picks.append(trimmed(field(columns[column.name])))
        else:
            picks.append(field(columns[column.name]))
    extras = ", ".join(f"?, {field(n)}" for n in prepared.extras.values())
    return f"{', '.join(picks)}, {f'json_object({extras})' if extras else 'NULL'}"


def trimmed(text: str) -> str:
    """The expression `text` without blank space around it, NULL where nothing is left.

    `trim` takes a text apart by character, which costs a quarter of loading; most ids hold no character that it could take.
    """
    blanks = " ".join(f"AND NOT contains({text}, '{blank}')" for blank in _TRIM if blank.isascii())
    return (
        f"CASE WHEN strlen({text}) = length({text}) AND {text} <> '' {blanks} THEN {text} "
        f"ELSE nullif(trim({text}, '{_TRIM}'), '') END"
    )


def answered(text: str) -> str:
    """The expression that is `answered` where the expression `text` holds an answer, else NULL: the answer itself is never
    loaded."""
    folded = f"trim(regexp_replace(lower({text}), '[^\\p{{L}}\\p{{N}}]+', ' ', 'g'))"
    return f"CASE WHEN NOT regexp_full_match(coalesce({folded}, ''), '{gap.UNANSWERED}') THEN 'answered' END"


def _read(prepared: Prepared, more: str = "") -> str:
    types = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(prepared.fields))
    marks = (
        "quote = '\"', escape = '\"'" if prepared.in_place else "quote = '', escape = '', new_line = '\\n'"
    )
    return (
        f"read_csv(?, columns = {{{types}}}, auto_detect = false, header = false, skip = ?, delim = ?, {marks}, "
        f"strict_mode = true, null_padding = false, maximum_line_size = {_LONGEST_LINE}, buffer_size = {_LONGEST_LINE}{more})"
    )


def number_rows(contract: Contract) -> str:
    """Number the rows just inserted by this transaction in file order: parameters row number of the first,
    delivery."""
    return (
        f"UPDATE {contract.table} SET row_number = rowid - (SELECT min(rowid) FROM {contract.table} "
        "WHERE row_number IS NULL) + ? WHERE delivery_id = ? AND row_number IS NULL"
    )


def values_of(contract: Contract, names: Iterable[str], some_aside: bool) -> str:
    """Distinct texts of several columns, (delivery, column, text) a row: parameters deliveries for each
    column.

    `some_aside`: leave out the rows that stand in the quarantine.
    """
    used = (
        " AND NOT EXISTS (SELECT 1 FROM quarantine q "
        "WHERE q.delivery_id = r.delivery_id AND q.row_number = r.row_number)"
        if some_aside
        else ""
    )
    parts = [
        f"SELECT DISTINCT delivery_id, '{name}', {quoted(name)} FROM {contract.table} r "
        f"WHERE delivery_id IN (SELECT unnest(?::VARCHAR[])) AND {quoted(name)} IS NOT NULL{used}"
        for name in names
    ]
    return " UNION ALL ".join(parts)


def rows_holding(contract: Contract, name: str) -> str:
    """Row numbers of the rows that hold one of some texts: parameters delivery, texts."""
    return (
        f"SELECT row_number FROM {contract.table} WHERE delivery_id = ? "
        f"AND {quoted(name)} IN (SELECT unnest(?::VARCHAR[])) ORDER BY row_number LIMIT 3"
    )

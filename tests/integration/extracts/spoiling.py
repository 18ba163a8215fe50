"""Random damage to a file: what the fuzz of the suite and the long one by command both use."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import duckdb

from tests.integration.extracts.clean_extracts import KINDS, Table, clean, write_csv, write_xls, write_xlsx
from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.intake import landing, ledger, loading
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.reference.local import LocalMappings

NASTY = (
    "", " ", "\u00a0", '"', "'", ",", "\n", "\r", "\r\n", "\t", "=1+1", "Total", "Grand Total", "1.2E+07", "31/12/2020",
    "12/31/2020", "-", "\u200b", "\ufeff", "\ud7ff", "x" * 5_000, "Employee Number", "Question", "{", "[]", "null", "\\", "~", "|",
)  # fmt: skip


def spoilt_cells(dice: random.Random, table: Table) -> Table:
    """Some cells replaced by nasty ones, some rows doubled or shortened."""
    for _ in range(dice.randint(1, 6)):
        row, column = dice.randrange(len(table.rows)), dice.randrange(len(table.headings))
        table = table.with_cell(row, column, dice.choice(NASTY))
    if dice.random() < 0.3:
        table = table.plus(dice.choice(table.rows))
    if dice.random() < 0.2:
        table = table.plus(tuple(dice.choice(NASTY) for _ in range(dice.randint(0, 20))))
    return table


def spoilt_bytes(dice: random.Random, content: bytes) -> bytes:
    """Bytes changed, cut out, doubled, put in or cut off."""
    found = bytearray(content)
    for _ in range(dice.randint(1, 8)):
        if not found:
            break
        at = dice.randrange(len(found))
        what = dice.randrange(6)
        if what == 0:
            found[at] = dice.randrange(256)
        elif what == 1:
            del found[at : at + dice.randint(1, 30)]
        elif what == 2:
            found[at:at] = found[at : at + dice.randint(1, 30)]
        elif what == 3:
            found[at:at] = dice.choice(NASTY).encode("utf-8", "replace")
        elif what == 4:
            found[at:at] = dice.randbytes(dice.randint(1, 8))
        else:
            del found[at : len(found) if dice.random() < 0.2 else at + 1]
    return bytes(found)


def spoilt_file(dice: random.Random, folder: Path) -> Path:
    """A file of any kind and format, its cells, its bytes or both damaged."""
    table = clean(dice.choice(KINDS), dice.randint(1, 9))
    if dice.random() < 0.7:
        table = spoilt_cells(dice, table)
    form = dice.choice(("csv", "csv", "csv", "utf-16", "cp1252", "xlsx", "xls"))
    if form == "xlsx":
        path = write_xlsx(table, folder)
    elif form == "xls":
        path = write_xls(table, folder)
    elif form == "csv":
        path = write_csv(
            table, folder, delimiter=dice.choice(",;\t|~"), newline=dice.choice(("\n", "\r\n", "\r"))
        )
    else:
        text_table = Table(table.kind, table.stem, table.headings, tuple(
            tuple(c.encode(form, "replace").decode(form) for c in row) for row in table.rows
        ))  # fmt: skip
        path = write_csv(text_table, folder, encoding=form)
    if dice.random() < 0.6:
        path.write_bytes(spoilt_bytes(dice, path.read_bytes()))
    return path


def land_spoilt(con: duckdb.DuckDBPyConnection, path: Path, organisation: str) -> str:
    """Land a spoilt file; `landed` or `refused`.

    Raises AssertionError where a rule is broken: a row lost, a half-loaded delivery, a refusal without a message.
    Anything else raised is a crash.
    """
    before = _stored(con)
    try:
        delivery = landing.land_file(
            con, path, organisation, now=datetime(2026, 11, 24), mappings=LocalMappings()
        )
    except RefusedFile as refused:
        assert refused.reason and path.name in str(refused)
        assert refused.reason != loading.UNLOADABLE
        assert _stored(con) == before, "a refused file left rows behind"
        return "refused"
    assert delivery.rows_in == delivery.rows_accepted + delivery.rows_quarantined
    assert ledger.discrepancies(con) == []
    return "landed"


def _stored(con: duckdb.DuckDBPyConnection) -> list[int]:
    names = ["deliveries", "quarantine", *(contracts.load(k).table for k in contracts.kinds())]
    return [con.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in names]

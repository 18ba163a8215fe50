"""Whatever stands in a cell stands in the raw table, letter for letter; ids lose blank space around them."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.extracts.clean_extracts import Table, clean, write_csv, write_xlsx
from wres_pipeline.extracts.intake import landing
from wres_pipeline.reference.local import LocalMappings

CONTROLS = [chr(n) for n in range(32) if chr(n) not in "\n\r\t"]
ANY_TEXT = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters=[*CONTROLS, "\ufeff"]), max_size=30
)
NASTY = st.sampled_from(
    ['"', '""', "a\nb", "a\r\nb", "\rx", ",", ";|~\t", "'", "\\", '=1+"x"', "NULL", "é\u00a0ß", " x ", "𝄞"]
)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    cells=st.lists(st.tuples(st.one_of(ANY_TEXT, NASTY), st.one_of(ANY_TEXT, NASTY)), min_size=1, max_size=8),
    form=st.sampled_from(["csv", "tabs", "windows", "utf-16", "xlsx"]),
)
def test_a_cell_comes_through_as_it_is(cells: list[tuple[str, str]], form: str) -> None:
    base = clean("training", len(cells))
    rows = tuple(
        (row[0], first, second, row[3]) for row, (first, second) in zip(base.rows, cells, strict=True)
    )
    table = Table(base.kind, base.stem, base.headings, rows)
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as con:
        folder = Path(scratch)
        if form == "xlsx":
            # Workbooks keep line ends as line feeds.
            rows = tuple(tuple(c.replace("\r\n", "\n").replace("\r", "\n") for c in row) for row in rows)
            path = write_xlsx(Table(base.kind, base.stem, base.headings, rows), folder)
        else:
            part, end = ("\t" if form == "tabs" else ","), ("\r\n" if form == "windows" else "\n")
            lines = (part.join(_quoted(cell) for cell in row) for row in (table.headings, *table.rows))
            encoding = "utf-16" if form == "utf-16" else "utf-8"
            path = write_csv(table, folder, text=end.join(lines) + end, encoding=encoding)
        landing.land_file(con, path, "X01", now=datetime(2026, 11, 24), mappings=LocalMappings())
        found = con.execute(
            "SELECT coalesce(course, ''), coalesce(is_mandatory, '') FROM raw_training ORDER BY row_number"
        ).fetchall()
    assert found == [(row[1], row[2]) for row in rows]

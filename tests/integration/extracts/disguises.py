"""Harmless disguises: everything that may differ between two exports of the same list without a figure changing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from tests.integration.extracts.clean_extracts import (
    Table,
    as_html,
    as_spreadsheet_xml,
    as_text,
    grid,
    write_csv,
    write_ods,
    write_xlsx,
)  # fmt: skip
from wres_pipeline.extracts.canonical.values import EXCEL_EPOCH, parse_date

DATE_FORMS: dict[str, Callable[[date], str]] = {
    "dd-MON-yyyy": lambda d: d.strftime("%d-%b-%Y").upper(),
    "dd/mm/yyyy": lambda d: d.strftime("%d/%m/%Y"),
    "iso": date.isoformat,
    "iso with time": lambda d: f"{d.isoformat()} 00:00:00",
    "yyyymmdd": lambda d: d.strftime("%Y%m%d"),
    "dd.mm.yyyy": lambda d: d.strftime("%d.%m.%Y"),
    "excel serial": lambda d: str((d - EXCEL_EPOCH).days),
    "words": lambda d: d.strftime("%-d %B %Y"),
}
LABEL_FORMS: dict[str, Callable[[str], str]] = {
    "as it is": lambda s: s,
    "capitals": str.upper,
    "small letters": str.lower,
    "spaces around": lambda s: f"  {s} ",
    "double spaces": lambda s: s.replace(" ", "  "),
    "no-break spaces": lambda s: s.replace(" ", "\u00a0"),
    "en dashes": lambda s: s.replace(" - ", " \u2013 "),
}
TEXTS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")
FORMATS = (*TEXTS, "xlsx", "ods", "html", "spreadsheet xml")


@dataclass(frozen=True)
class Disguise:
    """One combination; `labels`, `dates`: how label and date columns are written."""

    format: str
    delimiter: str
    newline: str
    order: int
    extra: int
    preamble: int
    totals: bool
    headings_again: bool
    blank_rows: bool
    dates: str
    labels: str
    headings: str


DISGUISES = st.builds(
    Disguise,
    format=st.sampled_from(FORMATS),
    delimiter=st.sampled_from([",", ";", "\t", "|", "~"]),
    newline=st.sampled_from(["\n", "\r\n"]),
    order=st.integers(0, 10**6),
    extra=st.integers(0, 3),
    preamble=st.integers(0, 14),
    totals=st.booleans(),
    headings_again=st.booleans(),
    blank_rows=st.booleans(),
    dates=st.sampled_from(sorted(DATE_FORMS)),
    labels=st.sampled_from(sorted(LABEL_FORMS)),
    headings=st.sampled_from(["as it is", "capitals", "spaces around", "double spaces"]),
)


def disguised(table: Table, labels: tuple[int, ...], disguise: Disguise, folder: Path) -> Path:
    """Write `table` in the disguise; `labels`: its label columns."""
    rows = []
    for row in table.rows:
        cells = list(row)
        for index in table.dates:
            day = parse_date(cells[index])
            if day is not None:
                cells[index] = DATE_FORMS[disguise.dates](day)
        for index in labels:
            cells[index] = LABEL_FORMS[disguise.labels](cells[index])
        rows.append([*cells, *[f"x{n}" for n in range(disguise.extra)]])
    headings = [LABEL_FORMS[disguise.headings](h) for h in table.headings]
    headings += [f"Unheard of {n}" for n in range(disguise.extra)]
    width = len(headings)
    if disguise.totals:
        rows.append(["Grand Total", *["1,234"] * (width - 1)])
    if disguise.headings_again:
        rows.insert(len(rows) // 2, list(headings))
    places = sorted(range(width), key=lambda n: (disguise.order * (n + 7)) % 997)
    shown = [tuple(row[n] for n in places) for row in rows]
    found = replace(table, headings=tuple(headings[n] for n in places), rows=tuple(shown))
    return _written(found, disguise, folder)


def _written(table: Table, disguise: Disguise, folder: Path) -> Path:
    above = [["Workforce report", f"line {n}"] for n in range(disguise.preamble)]
    if disguise.format in ("xlsx", "ods"):
        cells: list[list[object]] = [list(row) for row in [*above, *grid(table)]]
        if disguise.blank_rows:
            cells.insert(len(cells) - 1, [""])
        if disguise.format == "xlsx":
            return write_xlsx(table, folder, cells=cells)
        return write_ods(replace(table, headings=tuple(map(str, cells[0])),
                                 rows=tuple(tuple(map(str, c)) for c in cells[1:])), folder)  # fmt: skip
    if disguise.format == "html":
        return write_csv(table, folder, text=as_html(table), suffix=".xls")
    if disguise.format == "spreadsheet xml":
        return write_csv(table, folder, text=as_spreadsheet_xml(table), suffix=".xls")
    lines = as_text(table, disguise.delimiter, disguise.newline)
    top = "".join(
        f"Workforce report{disguise.delimiter}line {n}{disguise.newline}" for n in range(disguise.preamble)
    )
    text = top + lines + (disguise.newline if disguise.blank_rows else "")
    return write_csv(table, folder, text=text, encoding=disguise.format)

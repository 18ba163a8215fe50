"""The clerk's workbook: what to key into ESR, whom it is about and why, with a mark for what is done that is read back.

Everything but the clerk's three columns is protected (without a password: against slips, not against people). Marks are
kept when the workbook is written again, and next month's says which of them held.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import duckdb

from wres_pipeline import whole_file
from wres_pipeline.quality.trac_to_esr import gap
from wres_pipeline.reference import gap as reference
from wres_pipeline.reference import spreadsheets, tables
from wres_pipeline.render.page import day
from wres_pipeline.render.text import printable
from wres_pipeline.warehouse import sql

NAME, NOT_READ = "esr-corrections.xlsx", "esr-corrections-as-found.xlsx"
TO_KEY, LAST_MONTH, LEFT = "To key", "Last month", "Left by site"
DONE = ("done", "person says otherwise", "wrong person", "cannot be keyed")
"""What a clerk may mark."""
HEADINGS = (
    "Employee number", "Name", "Site", "Staff group", "Job role", "ESR now", "Key this in ESR", "Why", "Source and date",
    "Done", "Date done", "Remark", "Application",
)  # fmt: skip
OTHERS = "Also answered in TRAC and not in ESR"
"""The last column, where settings ask for it: other protected characteristics by name, never an answer."""
_WIDTHS = (17, 24, 22, 32, 26, 26, 54, 32, 54, 20, 13, 30, 18)
_LINE = 15
_HEAD_ROW = 3
_TO_BE_KEYED = ("missing_in_esr", "not_stated_in_esr", "conflict")
_MARK, _ON, _REMARK, _ID = (HEADINGS.index(name) for name in ("Done", "Date done", "Remark", "Application"))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a clerk wrote beside a correction: one of `DONE` or their own words, the day, a remark."""

    done: str = ""
    on: date | None = None
    remark: str = ""


def write(
    con: duckdb.DuckDBPyConnection,
    organisation: str,
    as_at: date,
    folder: Path,
    characteristics: bool = False,
) -> Path:
    """Write the workbook of the month into `folder` (restricted), keeping the marks of the one that stands there.

    characteristics: with a column of what else ESR lacks of the person, by name. One that cannot be read is not written over: it stays as `esr-corrections-as-found.xlsx`, and the new one says so.
    """
    scope = {"organisation": organisation, "as_at": as_at}
    rows = con.execute(sql("wres_pipeline.reports.restricted", "restricted_to_key.sql"), scope).fetchall()
    states = dict(
        con.execute(sql("wres_pipeline.reports.restricted", "restricted_states.sql"), scope).fetchall()
    )
    path = folder / NAME
    notes = []
    gone = sum(state in _TO_BE_KEYED for state in states.values()) - len(rows)
    if gone:
        notes.append(
            f"{gone} more of the correction list {'is' if gone == 1 else 'are'} of people who have left: nothing to key."
        )
    try:
        kept = marks(path) if path.exists() else {}
    except ValueError:
        path.replace(folder / NOT_READ)
        kept = {}
        notes.append(f"The file that stood here could not be read: it was kept as {NOT_READ}.")
    before = earlier(folder)
    told: list[tuple[str, Mark, str]] = []
    if before is not None:
        try:
            told = [(key, mark, _held(states.get(key, ""))) for key, mark in sorted(marks(before).items())]
        except ValueError:
            notes.append(f"The workbook of {before.parent.name} could not be read: {before.name}.")
    others = _others(con, organisation, as_at) if characteristics else None
    return whole_file.write(path, _book(rows, kept, told, notes, organisation, as_at, others))


def _others(con: duckdb.DuckDBPyConnection, organisation: str, as_at: date) -> dict[str, str]:
    """What else ESR lacks of the person, by application."""
    headings, rows = gap.corrections(con, organisation, as_at, others=True)
    key, said = headings.index("application_id"), headings.index("also_not_in_esr")
    return {row[key]: row[said] or "" for row in rows}


def earlier(folder: Path) -> Path | None:
    """The workbook of the latest month before `folder`, whose name is a month (`2021-03`), if there is one."""
    found = [path for path in folder.parent.glob(f"*/{NAME}") if path.parent.name < folder.name]
    return max(found, default=None)


def marks(path: Path) -> dict[str, Mark]:
    """The marks in a workbook, by application. Raises ValueError where it cannot be read or has no list to key.

    A column is known by its heading, so that columns may be moved, hidden or added.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        spreadsheets.refuse_others(path)
        rows = (
            CalamineWorkbook.from_path(str(path)).get_sheet_by_name(TO_KEY).to_python(skip_empty_area=False)
        )
    except (CalamineError, OSError, BadZipFile) as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from error
    head = next((n for n, row in enumerate(rows) if HEADINGS[_ID] in row and HEADINGS[_MARK] in row), None)
    if head is None:
        raise ValueError(
            f"{path.name} has no row with the headings {HEADINGS[_ID]!r} and {HEADINGS[_MARK]!r}"
        )
    at = {str(name).strip(): place for place, name in enumerate(rows[head])}
    found = {}
    for row in rows[head + 1 :]:
        done, on, remark = (row[at[HEADINGS[n]]] if HEADINGS[n] in at else "" for n in (_MARK, _ON, _REMARK))
        key = _text(row[at[HEADINGS[_ID]]])
        if key and any((done, on, remark)):
            found[key] = Mark(_text(done), *_day_or_words(on, _text(remark)))
    return found


def _day_or_words(cell: Any, remark: str) -> tuple[date | None, str]:
    """A day as a day; what is none goes before the remark, so that nothing a clerk wrote is lost."""
    if isinstance(cell, datetime):
        return cell.date(), remark
    if isinstance(cell, date):
        return cell, remark
    words = _text(cell)
    return None, "; ".join(each for each in (words, remark) if each)


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return printable(str(cell if cell is not None else "")).strip()


def _held(state: str) -> str:
    """Whether a correction held, in the words a clerk reads."""
    known = {one.state: one for one in reference.states()}.get(state)
    if known is None:
        return "no longer in the extracts"
    if known.arrived:
        return "ESR is right now" if not known.correction else "ESR still says something else"
    return "ESR still lacks it" if known.correction else f"no longer looked at: {known.title.lower()}"


def key_in_esr(state: str, code: str | None, words: str) -> str:
    """What to key: ESR's own code and label of what TRAC holds; in a conflict, to ask."""
    of = code or ""
    named = {row["code"]: row["label"] for row in tables.rows("ethnic_codes")}
    label = named.get(of) or named.get(of[:1]) or words
    keyed = f"{of} {label}".strip()
    return f"Ask the person: TRAC says {keyed}" if state == "conflict" else keyed


def _book(
    rows: Sequence[tuple[Any, ...]],
    kept: Mapping[str, Mark],
    told: Sequence[tuple[str, Mark, str]],
    notes: Sequence[str],
    organisation: str,
    as_at: date,
    others: Mapping[str, str] | None,
) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    title = f"Ethnicity to key into ESR, {organisation}, {as_at:%B %Y}"
    book.set_properties({"title": title, "created": datetime.combine(as_at, time())})
    _to_key(book, title, rows, kept, notes, others)
    _left(book, rows, kept)
    _last_month(book, told)
    book.close()
    return out.getvalue()


def _to_key(
    book: Any,
    title: str,
    rows: Sequence[tuple[Any, ...]],
    kept: Mapping[str, Mark],
    notes: Sequence[str],
    others: Mapping[str, str] | None,
) -> None:
    sheet = book.add_worksheet(TO_KEY)
    bold, fixed, free, when = _formats(book)
    first, last = _HEAD_ROW + 1, _HEAD_ROW + max(len(rows), 1)
    done = sum(1 for row in rows if kept.get(row[-1], Mark()).done)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_formula(
        1, 0, f'=COUNTIF(J{first + 1}:J{last + 1},"?*")&" of {len(rows)} marked; "&'
        f'({len(rows)}-COUNTIF(J{first + 1}:J{last + 1},"?*"))&" left"', None, f"{done} of {len(rows)} marked; {len(rows) - done} left",
    )  # fmt: skip
    sheet.write_string(
        2, 0, " ".join(("Holds people: for the people team alone. Fill in the three yellow columns.", *notes))
    )
    for column, (name, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD_ROW, column, name, bold)
    if others is not None:
        sheet.set_column(len(HEADINGS), len(HEADINGS), _WIDTHS[_REMARK])
        sheet.write_string(_HEAD_ROW, len(HEADINGS), OTHERS, bold)
    titles = {one.state: one.title for one in reference.states()}
    for place, row in enumerate(rows, start=first):
        number, name, site, group, role, now, code, words, state, start, trac_as_at, application = row
        source = f"TRAC of {day(trac_as_at)}; started {day(start) or 'on a day not given'}"
        cells = (
            number,
            name,
            site,
            group,
            role,
            now or "blank",
            key_in_esr(state, code, words),
            titles[state],
            source,
        )
        texts = [printable(text or "") for text in cells]
        lines = max(-(-len(text) // width) for text, width in zip(texts, _WIDTHS, strict=False))
        sheet.set_row(place, _LINE * max(lines, 1))
        for column, text in enumerate(texts):
            sheet.write_string(place, column, text, fixed)
        mark = kept.get(application, Mark())
        sheet.write_string(place, _MARK, mark.done, free) if mark.done else sheet.write_blank(
            place, _MARK, None, free
        )
        if mark.on is None:
            sheet.write_blank(place, _ON, None, when)
        else:
            sheet.write_datetime(place, _ON, datetime.combine(mark.on, time()), when)
        sheet.write_string(place, _REMARK, mark.remark, free)
        sheet.write_string(place, _ID, application, fixed)
        if others is not None:
            sheet.write_string(place, len(HEADINGS), others.get(application, ""), fixed)
    _guard(sheet, first, last, len(HEADINGS) - (others is None))


def _guard(sheet: Any, first: int, last: int, last_column: int) -> None:
    """Filters, frozen head, drop-downs, and protection of everything that is not the clerk's."""
    sheet.autofilter(_HEAD_ROW, 0, last, last_column)
    sheet.freeze_panes(_HEAD_ROW + 1, 2)
    sheet.data_validation(
        first, _MARK, last, _MARK,
        {"validate": "list", "source": list(DONE), "error_type": "warning", "error_title": "Not in the list",
         "error_message": "Choose one of the list, or keep your own word: it is read back as it stands."},
    )  # fmt: skip
    sheet.data_validation(
        first, _ON, last, _ON,
        {"validate": "date", "criteria": ">=", "value": date(2015, 1, 1), "error_title": "Not a day",
         "error_message": "Write the day as 5/4/2026."},
    )  # fmt: skip
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)


def _formats(book: Any) -> tuple[Any, Any, Any, Any]:
    shared = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#d8dde0"}
    yours = {**shared, "locked": False, "bg_color": "#fff9c4"}
    return (
        book.add_format({**shared, "bold": True, "bg_color": "#d8dde0"}),
        book.add_format({**shared, "num_format": "@"}),
        book.add_format(yours),
        book.add_format({**yours, "num_format": "d mmm yyyy"}),
    )


def _left(book: Any, rows: Sequence[tuple[Any, ...]], kept: Mapping[str, Mark]) -> None:
    """How many are left at each site; the numbers follow the marks as they are made."""
    sheet = book.add_worksheet(LEFT)
    bold, fixed, _, _ = _formats(book)
    for column, (name, width) in enumerate(
        zip(("Site", "To key", "Marked", "Left"), (40, 12, 12, 12), strict=True)
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, bold)
    area = f"${_HEAD_ROW + 2}:${{}}${_HEAD_ROW + 1 + max(len(rows), 1)}"
    sites, done = (f"'{TO_KEY}'!${c}" + area.format(c) for c in ("C", "J"))
    for place, site in enumerate(dict.fromkeys(row[2] for row in rows), start=1):
        mine = [row for row in rows if row[2] == site]
        marked = sum(1 for row in mine if kept.get(row[-1], Mark()).done)
        sheet.write_string(place, 0, printable(site) or "no site", fixed)
        sheet.write_number(place, 1, len(mine), fixed)
        sheet.write_formula(place, 2, f'=COUNTIFS({sites},"{_matching(site)}",{done},"?*")', fixed, marked)
        sheet.write_formula(place, 3, f"=B{place + 1}-C{place + 1}", fixed, len(mine) - marked)
    sheet.freeze_panes(1, 0)
    sheet.protect("", {"format_columns": True})


def _matching(site: str) -> str:
    """A site as a criterion of COUNTIFS: what it would read as a wildcard is marked, quotes are doubled."""
    for mark in "~*?":
        site = site.replace(mark, "~" + mark)
    return "=" + printable(site).replace('"', '""')


def _last_month(book: Any, told: Sequence[tuple[str, Mark, str]]) -> None:
    sheet = book.add_worksheet(LAST_MONTH)
    bold, fixed, _, _ = _formats(book)
    heads = ("Application", "Marked", "On", "Remark", "What ESR shows now")
    for column, (name, width) in enumerate(zip(heads, (20, 22, 16, 40, 50), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, bold)
    for place, (application, mark, held) in enumerate(told, start=1):
        for column, text in enumerate((application, mark.done, day(mark.on), mark.remark, held)):
            sheet.write_string(place, column, printable(text), fixed)
    if not told:
        sheet.write_string(1, 0, "Nothing was marked last month.")
    sheet.freeze_panes(1, 0)
    sheet.protect("", {"autofilter": True, "format_columns": True})

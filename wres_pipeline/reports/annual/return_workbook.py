"""The annual return as a workbook: the submission's items in order, and everything needed to trust them.

Made with gptables (Analysis Function guidance): a cover, contents and notes, then one table a sheet. The
same figures give the same bytes: the document's dates are those of the report, never the clock's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wres_pipeline import whole_file
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.render import workbook
from wres_pipeline.render.page import day
from wres_pipeline.render.workbook import as_data, height, lay_out, on_paper
from wres_pipeline.reports.annual import sheets, sheets_about
from wres_pipeline.reports.annual.sheets import Sheet
from wres_pipeline.reports.annual.submission_checks import checks as submission_checks
from wres_pipeline.reports.context import Check, ReturnContext
from wres_pipeline.reports.figure_set import FigureSet

if TYPE_CHECKING:
    import gptables

NAME = "annual-return.xlsx"
_WIDEST = 44
_USED = 0.97
_COVER_WIDTH = 100

NOTES: tuple[tuple[str, str], ...] = (
    (
        "rounding",
        "Counts are exact. Percentages are rounded once to one decimal and ratios to two, halves upwards, "
        "from unrounded values; rounded percentages need not sum to 100. figures.csv holds the unrounded "
        "values.",
    ),
    (
        "direction",
        "A ratio's direction is part of its name. White ÷ BME: above 1 means that White people are more "
        "likely. BME ÷ White: above 1 means that BME people are more likely. A ratio is not a percentage.",
    ),
    (
        "interval",
        "The 95% confidence interval: small numbers make figures move by chance, and a wide interval says "
        "how much. 'Or more' and 'or less' mark an end that the data cannot set.",
    ),
    (
        "bounds",
        "The lowest and the highest the figure could be, whatever the ethnicity of those whose ethnicity is "
        "not known.",
    ),
    (
        "not collected",
        "Not collected: the extract or survey that the figure needs was not supplied.",
    ),
    (
        "not calculable",
        "Not calculable: the group is empty, so that there is nothing to divide by. It is not a zero.",
    ),
    (
        "suppressed at source",
        "Suppressed at source: the NHS Staff Survey does not show results of fewer than 11 responses.",
    ),
    (
        "withheld",
        "Withheld: not shown in this edition, because it could say something about a person.",
    ),
    ("not required", "Not required: this year's collection did not ask for the figure."),
    ("not applicable", "Not applicable: the submission has no such cell."),
)
"""Reference and text of every note of the notes worksheet."""


def write_workbook(
    figures: Iterable[Figure], context: ReturnContext, path: Path, *, checks: Sequence[Check] | None = None
) -> Path:
    """Write the annual return to `path` (an .xlsx file), replaced whole, and give the path.

    Args:
        figures: the organisation's figures of this year and the year before; those of `context.earlier` stand in a sheet of their own.
        context: see `ReturnContext`.
        path: the workbook to write.
        checks: the outcome of every check to list; the context's and the submission's own when not given.
    """
    found = FigureSet((*figures, *context.earlier), context.organisation_code, context.reporting_year)
    listed = tuple(checks) if checks is not None else context.checks + submission_checks(found)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part.xlsx")
    try:
        _write(beside, pages(found, context, listed), context)
        whole_file.put(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def pages(figures: FigureSet, context: ReturnContext, checks: Sequence[Check]) -> list[Sheet]:
    """Every sheet of the workbook in its order; those about how it was made only where there is something to
    say.
    """
    made = [
        sheets.submission(figures, context),
        sheets.disparity(figures),
        sheets.like_for_like(context),
        sheets.every_year(figures, internal=context.internal),
        sheets_about.declaration(context),
        sheets_about.exclusions(context),
        sheets_about.checks_made(checks),
        sheets_about.method(context),
        sheets.all_figures(figures),
        sheets_about.deliveries(context),
        sheets_about.withheld(context),
    ]
    return [sheet for sheet in made if sheet is not None]


def _write(path: Path, made: Sequence[Sheet], context: ReturnContext) -> None:
    workbook.write(
        path,
        {sheet.tab: _table(sheet) for sheet in made},
        _cover(context),
        NOTES,
        lambda book: _lay_out(book, made, context),
        dated=context.dated,
        title=context.title,
        subject=f"{context.edition.capitalize()} edition, reporting year {context.reporting_year}",
        author=context.organisation_name,
        company=context.organisation_name,
        comments=" ".join(context.markings),
    )


def _cover(context: ReturnContext) -> gptables.Cover:
    import gptables

    year = context.year
    intro: list[Any] = [_text(words) for words in (*context.markings, context.projected) if words]
    intro += [
        f"Organisation: {_text(context.organisation_name)} ({context.organisation_code}).",
        f"Reporting year {year.year}: staff in post at {day(year.snapshot_date)}; events from "
        f"{day(year.period_start)} to {day(year.period_end)}; NHS Staff Survey of autumn {year.survey_year}.",
        f"{context.edition.capitalize()} edition, dated {day(context.dated)}.",
    ]
    if context.sign_off.status == "signed off":
        intro.append(
            f"Signed off by {_text(context.sign_off.body)} ({_text(context.sign_off.role)}) on "
            f"{day(context.sign_off.signed_on)}."
        )
    about = [
        "The Workforce Race Equality Standard compares the experience of White and BME (black and minority "
        "ethnic) staff by nine indicators. White: ethnic categories A, B and C. BME: every other declared "
        "category. Unknown: people who preferred not to say, or whose ethnicity is not recorded or not "
        "understood.",
        "Where there is no number, a cell says why in words. The notes worksheet explains the words, and "
        "the method worksheet lists every rule that is not yet verified.",
    ]
    if not context.complete:
        about.insert(
            0, "This return is incomplete: indicators whose extracts are missing say 'not collected'."
        )
    contact = [_text(words) for words in (context.author, context.contact) if words]
    return gptables.Cover(
        title=_text(context.title),
        intro=intro,
        about=about,
        contact=contact or ["No contact is set."],
        width=_COVER_WIDTH,
    )


def _cover_lines(cover: gptables.Cover) -> list[str]:
    """The cover's cells from the top: the title, and each part under its heading."""
    lines = [cover.title]
    for part in (cover.intro, cover.about, cover.contact):
        lines += ["A heading", *part]
    return lines


def _table(sheet: Sheet) -> gptables.GPTable:
    import gptables
    import pandas as pd

    rows = [[_text(value) if isinstance(value, str) else value for value in row] for row in sheet.rows]
    frame = pd.DataFrame(rows, columns=list(sheet.head), dtype=object)
    numeric = [sheet.head.index(name) for name in sheet.numeric]
    after = [n + 1 for n in numeric if n + 1 < len(sheet.head) and n + 1 not in numeric]
    formats: list[dict[str, Any]] = [
        {"cell": {"cells": (row + 1, column), "format": {"num_format": number_format}}}
        for row, number_format in sheet.formats.items()
        for column in numeric
    ]
    formats += [
        {"column": {"columns": [sheet.head.index(name)], "format": {"num_format": number_format}}}
        for name, number_format in sheet.column_formats.items()
    ]
    return gptables.GPTable(
        table=frame,
        table_name=f"table_{sheet.name}",
        title=_text(sheet.title),
        instructions=workbook.ONE_TABLE,
        legend=[_text(line) for line in sheet.words],
        index_columns={2: 0},
        table_notes={name: f"$${note}$$" for name, note in sheet.notes.items()},
        additional_formatting=[
            {"column": {"columns": list(range(len(sheet.head))), "format": {"valign": "top"}}},
            {"column": {"columns": numeric, "format": {"align": "right"}}},
            {"column": {"columns": after, "format": {"align": "left", "indent": 1}}},
            *formats,
        ],
    )


def _lay_out(book: Any, made: Sequence[Sheet], context: ReturnContext) -> None:
    """Column widths and row heights, so that no text is cut on the screen or on paper, and A4 landscape
    pages.
    """
    cover = book.get_worksheet_by_name("Cover")
    for row, text in enumerate(_cover_lines(_cover(context))):
        cover.set_row(row, height([text], [_COVER_WIDTH], _USED) + (8 if row == 0 else 2))
    on_paper(cover)
    lay_out(
        book.get_worksheet_by_name("Contents"),
        _heads(("Worksheet", "What it holds")),
        [(sheet.tab, sheet.title) for sheet in made],
        [20, 90],
        used=_USED,
    )
    notes = [(str(number), text) for number, (_, text) in enumerate(NOTES, start=1)]
    lay_out(
        book.get_worksheet_by_name("Notes"), _heads(("Note number", "Note")), notes, [14, 100], used=_USED
    )
    for sheet in made:
        page = book.get_worksheet_by_name(sheet.tab)
        widths = [_width(sheet, column) for column in range(len(sheet.head))]
        rows = [[str(value) for value in row] for row in sheet.rows]
        lay_out(page, _heads(sheet.head), rows, widths, above=2 + len(sheet.words), used=_USED)


def _heads(head: Sequence[str]) -> list[str]:
    return [f"{name} [note 10]" for name in head]  # room for the mark of a note


def _width(sheet: Sheet, column: int) -> float:
    texts = [str(row[column]) for row in sheet.rows]
    longest = max((len(text) for text in texts), default=0)
    longest_word = max(
        (len(word) for text in (*texts, sheet.head[column]) for word in text.split()), default=0
    )
    return max(10, longest_word + 2, min(1.05 * longest + 3, _WIDEST if len(sheet.head) > 4 else 2 * _WIDEST))


def _text(words: str) -> str:
    return as_data(words, "blank")

"""The ethnicity data-quality report of a month: page, workbook and open data, all printed from
`quality_figures`.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wres_pipeline.quality.figure import COLUMNS, TABLE, QualityFigure
from wres_pipeline.render.page import (
    ASSETS,
    BreadcrumbItem,
    PageShell,
    day,
    render,
    write_assets,
    write_whole,
)
from wres_pipeline.render.text import safe_cell
from wres_pipeline.reports.context import FICTIONAL_WORDS
from wres_pipeline.reports.quality import month_page, month_workbook
from wres_pipeline.reports.quality.month_table import Figures
from wres_pipeline.reports.quality.month_tables import tables
from wres_pipeline.schema import from_text, table, to_text

PAGE, FIGURES = "index.html", "figures.csv"
INTERNAL, CIRCULATION = "internal", "circulation"


@dataclass(frozen=True, slots=True)
class About:
    """Whose report of which month it is.

    `month` is its last day, `dated` the date the report carries (never the clock's), `target` the share
    (0–1) who should have declared, `edition` `internal` (true counts) or `circulation` (small numbers
    withheld, the rest to the nearest `nearest`).
    """

    organisation_code: str
    organisation_name: str
    month: date
    dated: date
    target: float = 0.95
    edition: str = INTERNAL
    fictional: bool = False
    contact: str = ""
    normal_lag_days: int = 56
    nearest: int = 5

    @property
    def title(self) -> str:
        """The title, the same on every output."""
        return f"Ethnicity data quality, {self.month:%B %Y}: {self.organisation_name}"

    @property
    def rounded(self) -> bool:
        """Whether its counts are rounded, and small ones withheld."""
        return self.edition == CIRCULATION

    @property
    def markings(self) -> tuple[str, ...]:
        """Sentences every page and sheet carries."""
        words = [f"{FICTIONAL_WORDS} {self.organisation_name} does not exist."] if self.fictional else []
        if self.edition == INTERNAL:
            words.append("True counts, for the data and people teams: not for circulation.")
        else:
            words.append(
                f"For circulation: small numbers are withheld, other counts rounded to the nearest {self.nearest}."
            )
        return tuple(words)


def write(figures: Sequence[QualityFigure], about: About, folder: Path) -> list[Path]:
    """Write index.html, its charts and style sheets, ethnicity-data-quality.xlsx and figures.csv; gives the
    paths.

    `figures`: the month's figures of one organisation, true or protected as `about.edition` says.
    """
    found = Figures(figures)
    made = tables(figures)
    drawn = month_page.charts(found, about)
    write_assets(folder, {chart.file: chart.content for chart in drawn})
    written = [
        write_whole(folder / FIGURES, csv_bytes(figures)),
        month_workbook.write(made, about, folder / month_workbook.NAME),
    ]
    page = render(
        "quality/report.html.jinja",
        PageShell(
            about.organisation_name,
            f"Ethnicity data quality, {about.month:%B %Y}",
            PAGE,
            about.markings,
            footer=f"{about.organisation_name} ({about.organisation_code}), dated {day(about.dated)}.",
        ),
        folder / PAGE,
        title=f"Ethnicity data quality, {about.month:%B %Y}",
        page=month_page.page_of(found, made, drawn, about),
        downloads=(
            BreadcrumbItem("Every table as a workbook (XLSX)", month_workbook.NAME),
            BreadcrumbItem("Every figure as open data (CSV)", FIGURES),
        ),
        normal_lag_days=about.normal_lag_days,
        rounded_to=str(about.nearest) if about.rounded else "",
    )
    return [page, *written]


def csv_bytes(figures: Sequence[QualityFigure]) -> bytes:
    """The figures as CSV: UTF-8, LF, blank for nothing; no cell that a spreadsheet would run."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    declared = table(TABLE)
    for figure in figures:
        writer.writerow([safe_cell(cell) for cell in to_text(declared, figure)])
    return out.getvalue().encode("utf-8")


def read_csv(file: Path) -> list[QualityFigure]:
    """The figures of a written figures.csv. Raises OSError, or ValueError for a file that is not one."""
    return from_csv(file.read_text(encoding="utf-8"))


def from_csv(text: str) -> list[QualityFigure]:
    """The figures of the text of a figures.csv."""
    return [
        from_text(table(TABLE), QualityFigure, {name: cell.removeprefix("'") for name, cell in row.items()})
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def texts(printed: Sequence[QualityFigure], true: Sequence[QualityFigure], month: date) -> dict[str, str]:
    """What the register keeps of a report: its figures as passed round and as they are, and its month."""
    return {
        "month": month.isoformat(),
        "printed": csv_bytes(printed).decode("utf-8"),
        "true": csv_bytes(true).decode("utf-8"),
    }


def remove(folder: Path) -> None:
    """Take away a report written earlier that must not stay; what else is in the folder stays."""
    for name in (PAGE, FIGURES, month_workbook.NAME):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / ASSETS, ignore_errors=True)

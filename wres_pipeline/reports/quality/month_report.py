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

from wres_pipeline.quality.figure import COLUMNS, SECTIONS, TABLE, QualityFigure
from wres_pipeline.render.page import (
    ASSETS,
    BreadcrumbItem,
    PageShell,
    day,
    render,
    write_assets,
    write_whole,
)
from wres_pipeline.render.text import safe_cell, slug
from wres_pipeline.reports.context import FICTIONAL_WORDS
from wres_pipeline.reports.quality import month_charts, month_workbook
from wres_pipeline.reports.quality.month_table import Figures, Table
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


@dataclass(frozen=True, slots=True)
class _Tile:
    name: str
    shown: str
    lines: tuple[str, ...] = ()

    @property
    def words(self) -> bool:
        return len(self.shown) > 8


@dataclass(frozen=True, slots=True)
class _Chart:
    src: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class _Shown:
    title: str
    head: tuple[str, ...]
    rows: list[list[str]]
    numeric: tuple[int, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    slug: str
    title: str
    words: tuple[str, ...]
    charts: tuple[_Chart, ...]
    tables: tuple[_Shown, ...]


def write(figures: Sequence[QualityFigure], about: About, folder: Path) -> list[Path]:
    """Write index.html, its charts and style sheets, ethnicity-data-quality.xlsx and figures.csv; gives the
    paths.

    `figures`: the month's figures of one organisation, true or protected as `about.edition` says.
    """
    found = Figures(figures)
    made = tables(figures)
    drawn = _charts(found, about)
    write_assets(folder, {name: content for name, (content, _) in drawn.items()})
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
        title="Ethnicity data quality",
        lede=_lede(found, about),
        tiles=_tiles(found),
        to_do=_to_do(found),
        sections=_sections(found, made, drawn),
        downloads=(
            BreadcrumbItem("Every table as a workbook (XLSX)", month_workbook.NAME),
            BreadcrumbItem("Every figure as open data (CSV)", FIGURES),
        ),
        normal_lag_days=about.normal_lag_days,
        rounded_to=str(about.nearest) if about.edition == CIRCULATION else "",
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


def _shown(figure: QualityFigure | None) -> str:
    return figure.shown if figure else "not known"


def _lede(found: Figures, about: About) -> str:
    declared = found.get("declaration", "percentage", state="declared")
    recorded = found.get("declaration", "percentage", state="recorded")
    if declared is None or recorded is None:
        return f"No staff list of {about.month:%B %Y} or before has been supplied."
    target = f"The target is {100 * about.target:g}% declared"
    if declared.state == "withheld":
        return f"How many have declared their ethnicity is withheld. {target}."
    on_record = (
        "" if recorded.state == "withheld" else f"{recorded.shown} of staff have an answer on record; "
    )
    who = "have" if on_record else "of staff have"
    return f"{on_record}{declared.shown} {who} declared their ethnicity. {target}: {declared.verdict or 'not known'}."


def _tiles(found: Figures) -> list[_Tile]:
    declared = found.get("declaration", "percentage", state="declared")
    lost = [found.get("gap", "applications", "state", s) for s in ("missing_in_esr", "not_stated_in_esr")]
    hidden = any(one is not None and one.state == "withheld" for one in lost)
    lost_shown = ("; " if hidden else " and ").join(
        f"{words}: {_shown(one)}" if hidden else f"{_shown(one)} {words}"
        for one, words in zip(lost, ("blank", "not stated"), strict=True)
    )
    broke = found.get("break", "month_of_break")
    forecast = found.get("forecast", "months_to_target")
    counted = found.get("counted", "lost")
    no_links = counted is not None and not found.of("arrivals")
    made = []
    if declared is not None:
        made.append(
            _Tile(
                "Declared",
                declared.shown,
                (f"95% interval {declared.interval_shown}",) if declared.interval_shown else (),
            )
        )
        made.append(_Tile("Recorded", _shown(found.get("declaration", "percentage", state="recorded"))))
    made.append(
        _Tile(
            "Declared in TRAC, not in ESR",
            counted.shown if no_links and counted is not None else lost_shown,
            ("Counted, not linked",)
            if no_links
            else (f"of {_shown(found.get('gap', 'appointed'))} appointed applications",),
        )
    )
    if broke is not None:
        made.append(_Tile("When it broke", broke.shown, (broke.note,) if broke.note else ()))
    if forecast is not None:
        made.append(_Tile("When the target is met", forecast.shown))
    return made


def _to_do(found: Figures) -> list[str]:
    words = []
    broke = found.get("break", "month_of_break")
    if broke is not None and broke.verdict == "break":
        words.append(
            "Ask whoever looks after the link between TRAC and ESR why ethnicity has stopped arriving."
        )
    told = [f.shown for f in found.of("where") if f.measure in ("since", "concerned")]
    if told:
        words.append(f"Tell the supplier: {' '.join(told)}")
    if any(f.value for f in _to_put_right(found)) or any(f.state == "withheld" for f in _to_put_right(found)):
        words.append(
            "Key the correction list (esr-corrections.csv in the restricted folder); next month’s report says what was put right."
        )
    review = found.get("gap", "applications", "state", "awaiting_review")
    if review is not None and review.value:
        words.append(
            "Decide the pairs of link-review.csv and save it as link-decisions.csv beside the extracts."
        )
    unmapped = found.get("codes", "unmapped", "what_the_field_holds", "a text that no list knows")
    if unmapped is not None and unmapped.value:
        words.append(
            "Add the answers that no list knows to the local mappings; the check of the extracts names them."
        )
    top = next((f for f in found.of("movers") if f.measure == "undeclared"), None)
    if top is not None and top.state == "value":
        words.append(f"Begin asking people to declare in: {top.breakdown_value} ({top.shown} people).")
    return words


def _to_put_right(found: Figures) -> list[QualityFigure]:
    states = ("missing_in_esr", "not_stated_in_esr", "conflict")
    return [f for s in states if (f := found.get("gap", "applications", "state", s)) is not None]


def _charts(found: Figures, about: About) -> dict[str, tuple[bytes, _Chart]]:
    made: dict[str, tuple[bytes, _Chart]] = {}
    months = [f for f in found.of("arrivals") if f.state in ("value", "zero")]
    if any(f.state == "withheld" for f in found.of("arrivals")):
        months = []  # those in which a few were lost are withheld: the rest would look better than it was
    broke, repaired = found.get("break", "month_of_break"), found.get("break", "month_of_repair")
    if len(months) > 1:
        content = month_charts.arrivals_chart(
            months,
            _month(broke),
            _month(repaired),
            _shown(found.get("break", "arrived_before")),
            _shown(found.get("break", "arrived_after")),
        )
        words = f"Each mark is a month of starters. {broke.shown if broke else ''}."
        made["arrivals.svg"] = (
            content,
            _Chart(
                f"{ASSETS}/arrivals.svg",
                "Share of starters whose ethnicity arrived, by month. The table below holds every month.",
                words,
            ),
        )
    points = [
        f for f in found.of("trend") if f.ethnicity_state == "declared" and f.state in ("value", "zero")
    ]
    if len(points) > 1:
        content = month_charts.trend_chart(points, about.target)
        made["trend.svg"] = (
            content,
            _Chart(
                f"{ASSETS}/trend.svg",
                "Declared percentage of every staff list. The table below holds every point.",
                f"{points[0].shown} on {points[0].breakdown_value}, {points[-1].shown} on {points[-1].breakdown_value}.",
            ),
        )
    return made


def _month(figure: QualityFigure | None) -> str:
    """The month a break figure names, as the starters' months are written: `2020-11`, or ""."""
    return figure.breakdown_value if figure is not None else ""


_PLACE_OF = {"arrivals": "gap", "break": "gap", "progress": "gap", "counted": "gap", "where": "gap", "any_other": "codes", "restatements": "deliveries", "quarantine": "deliveries", "forecast": "trend"}  # fmt: skip
_CHART_OF = {"gap": "arrivals.svg", "trend": "trend.svg"}


def _sections(
    found: Figures, made: Sequence[Table], drawn: dict[str, tuple[bytes, _Chart]]
) -> list[_Section]:
    sections = []
    said: set[str] = set()

    def not_yet_said(words: tuple[str, ...]) -> tuple[str, ...]:
        new = tuple(each for each in words if each not in said)
        said.update(new)
        return new

    for name, title in SECTIONS.items():
        if name in _PLACE_OF:
            continue
        mine = [table for table in made if _PLACE_OF.get(table.section, table.section) == name]
        if not mine:
            continue
        chart = drawn.get(_CHART_OF.get(name, ""))
        sections.append(
            _Section(
                slug(title),
                title,
                _words(found, name),
                (chart[1],) if chart else (),
                tuple(
                    _Shown(t.title, t.page_head, t.texts(), t.page_numeric, not_yet_said(t.words))
                    for t in mine
                ),
            )
        )
    return sections


def _words(found: Figures, section: str) -> tuple[str, ...]:
    words = []
    if section == "trend":
        forecast = found.get("forecast", "months_to_target")
        if forecast is not None:
            words.append(f"When the target will be met: {forecast.shown}. ({forecast.note}.)")
    if section == "gap":
        broke, repaired = found.get("break", "month_of_break"), found.get("break", "month_of_repair")
        before, after = (
            found.get("break", f"arrived_{side}") or found.get("break", f"counted_{side}")
            for side in ("before", "after")
        )
        if broke is not None:
            words.append(f"{broke.shown}. {broke.note}".strip().rstrip(".") + ".")
        if before is not None and after is not None and "withheld" not in (before.state, after.state):
            words.append(
                f"Of starters before it, the ethnicity declared arrived for {before.shown}; of those since, for {after.shown}."
            )
        drift_from, drift_to = found.get("break", "drift_from"), found.get("break", "drift_to")
        if drift_from is not None and drift_to is not None:
            words.append(
                f"Of the first starters shown the ethnicity declared arrived for about {drift_from.shown}, of the latest for about "
                f"{drift_to.shown}: look for something that spreads, such as a new form or team, rather than for one day."
            )
        if repaired is not None:
            words.append(f"{repaired.shown}. {repaired.note}".strip().rstrip(".") + ".")
        if found.of("counted") and not found.of("arrivals"):
            words.append(
                "Nobody could be linked, so that “not found” holds all who are due: the TRAC extract does not say who is who. "
                "What arrived is told by counts, below."
            )
        beside = found.get("counted", "beside_the_links")
        if beside is not None and beside.verdict == "disagrees":
            words.append(f"Finding: {beside.shown}")
    if section == "gap_closed":
        moved = {f.breakdown_value for f in found.of("gap_closed") if f.verdict == "changes"}
        if not moved:
            words.append("No percentage or ratio would change.")
        else:
            words.append("Figures that would change; the workbook has them all.")
        left = found.get("gap_closed", "bme_share_of_staff", "linked_only")
        if left is not None:
            words.append(
                f"Only linked people are counted in. The BME share of staff would be {left.shown} so; {left.note}: with all of them "
                f"among those of Unknown ethnicity it could be anything in {left.interval_shown}."
            )
    return tuple(words)

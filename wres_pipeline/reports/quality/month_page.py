"""What the page of the ethnicity data-quality report says, and in which order: state, what to do first, pictures, then
everything else folded. Nothing is computed here that the report's tables do not hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from wres_pipeline.quality.figure import SECTIONS, QualityFigure
from wres_pipeline.render.charts import Values
from wres_pipeline.render.text import slug
from wres_pipeline.reports.labels import CLUSTERS
from wres_pipeline.reports.quality import month_charts
from wres_pipeline.reports.quality.month_table import Figures, Table

if TYPE_CHECKING:
    from wres_pipeline.reports.quality.month_report import About

ASSETS = "assets"
BARS = {
    "staff_group": "staff group",
    "site": "site",
    "band": "pay band",
    "service": "length of service",
}
"""The breakdowns that have a picture of their own; the others are in the tables."""
MOST_BARS = 8
_PLACE_OF = {"arrivals": "gap", "break": "gap", "progress": "gap", "counted": "gap", "characteristics": "gap", "where": "gap", "any_other": "codes", "restatements": "deliveries", "quarantine": "deliveries", "forecast": "trend"}  # fmt: skip
"""Sections that are told within another."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: its file in the page's assets, its content, the words for it and its values; `narrow` ones stand two in a
    row.
    """

    file: str
    content: bytes
    alt: str
    caption: str
    values: Values
    narrow: bool = False

    @property
    def src(self) -> str:
        """Its address on the page."""
        return f"{ASSETS}/{self.file}"


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as the page prints it."""

    title: str
    head: tuple[str, ...]
    rows: list[list[str]]
    numeric: tuple[int, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A folded part of the page."""

    slug: str
    title: str
    words: tuple[str, ...]
    tables: tuple[PrintedTable, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The page from its heading down."""

    heading: str
    state: tuple[str, ...]
    to_do: tuple[str, ...]
    charts: tuple[Chart, ...]
    sections: tuple[Section, ...]


def page_of(found: Figures, made: Sequence[Table], drawn: Sequence[Chart], about: About) -> Page:
    """The page of a month's figures, their tables and their charts."""
    return Page(_heading(found, about), _state(found, about), _to_do(found), tuple(drawn), _sections(found, made))  # fmt: skip


def _shown(figure: QualityFigure | None) -> str:
    return figure.shown if figure else "not known"


def _heading(found: Figures, about: About) -> str:
    """The month, the declared percentage, the target and how many people are lacking to it."""
    declared = found.get("declaration", "percentage", state="declared")
    month = f"{about.month:%B %Y}"
    if declared is None:
        return f"{month}: no staff list"
    if declared.state == "withheld":
        return f"{month}: the share of staff who declared is withheld"
    lacking = 0
    if declared.numerator is not None and declared.denominator is not None:
        lacking = ceil(about.target * declared.denominator) - declared.numerator
    near = "about " if about.rounded else ""
    to_go = f": {near}{lacking:,} {'person' if lacking == 1 else 'people'} to go" if lacking > 0 else ""
    return f"{month}: {declared.shown} declared (target {100 * about.target:g}%){to_go}"


def _state(found: Figures, about: About) -> tuple[str, ...]:
    """How complete the record is, whether the journey from TRAC to ESR is broken, and what was lost on it."""
    return tuple(words for words in (_completeness(found, about), _journey(found), _lost(found)) if words)


def _completeness(found: Figures, about: About) -> str:
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
    interval = f" (95% interval {declared.interval_shown})" if declared.interval_shown else ""
    return (
        f"{on_record}{declared.shown} {who} declared their ethnicity{interval}. {target}: "
        f"{declared.verdict or 'not known'}."
    )


def _journey(found: Figures) -> str:
    broke = found.get("break", "month_of_break")
    if broke is None:
        return ""
    note = f" ({broke.note})" if broke.note and broke.verdict == "break" else ""
    return f"{broke.shown}{note}".rstrip(".") + "."


def _lost(found: Figures) -> str:
    """What applicants declared in TRAC and ESR does not hold."""
    counted = found.get("counted", "lost")
    if counted is not None and not found.of("arrivals"):
        return f"Declared in TRAC and not in ESR: {counted.shown} (counted, not linked)."
    lost = [found.get("gap", "applications", "state", s) for s in ("missing_in_esr", "not_stated_in_esr")]
    if all(one is None for one in lost):
        return ""
    hidden = any(one is not None and one.state == "withheld" for one in lost)
    words = ("; " if hidden else " and ").join(
        f"{name}: {_shown(one)}" if hidden else f"{_shown(one)} {name}"
        for one, name in zip(lost, ("blank", "not stated"), strict=True)
    )
    return f"Declared in TRAC and not in ESR: {words}, of {_shown(found.get('gap', 'appointed'))} appointed applications."


def _to_do(found: Figures) -> tuple[str, ...]:
    words = []
    broke = found.get("break", "month_of_break")
    told = [f.shown for f in found.of("where") if f.measure in ("since", "concerned")]
    if told:
        words.append(f"Tell the supplier of the link between TRAC and ESR: {' '.join(told)}")
    elif broke is not None and broke.verdict == "break":
        words.append(
            "Ask whoever looks after the link between TRAC and ESR why ethnicity has stopped arriving."
        )
    if any(f.value for f in _to_put_right(found)) or any(f.state == "withheld" for f in _to_put_right(found)):
        words.append(
            "Key the corrections (esr-corrections.xlsx in the restricted folder) and mark what is done: next month’s list says "
            "what held."
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
        gained = found.get("movers", "points_gained", top.breakdown, top.breakdown_value)
        adds = f" would add up to {gained.shown}" if gained is not None and gained.state == "value" else ""
        words.append(f"Begin asking people to declare in {top.breakdown_value}: {top.shown} people{adds}.")
    return tuple(words)


def _to_put_right(found: Figures) -> list[QualityFigure]:
    states = ("missing_in_esr", "not_stated_in_esr", "conflict")
    return [f for s in states if (f := found.get("gap", "applications", "state", s)) is not None]


def charts(found: Figures, about: About) -> list[Chart]:
    """Every picture of the page, in its order: declared over time, starters whose ethnicity arrived, who has not declared."""
    made = [*_trend(found, about), *_arrivals(found)]
    for breakdown, words in BARS.items():
        made += _bars(found, about, breakdown, words)
    return made


def _arrivals(found: Figures) -> list[Chart]:
    months = [f for f in found.of("arrivals") if f.state in ("value", "zero")]
    # those in which a few were lost are withheld: the rest would look better than it was
    if len(months) < 2 or any(f.state == "withheld" for f in found.of("arrivals")):
        return []
    broke, repaired = found.get("break", "month_of_break"), found.get("break", "month_of_repair")
    content = month_charts.arrivals_chart(
        months,
        broke.breakdown_value if broke else "",
        repaired.breakdown_value if repaired else "",
        _shown(found.get("break", "arrived_before")),
        _shown(found.get("break", "arrived_after")),
    )
    return [
        Chart(
            "arrivals.svg",
            content,
            "Share of starters whose ethnicity arrived, by month. The table From TRAC to ESR holds every month.",
            f"Each mark is a month of starters. {broke.shown if broke else ''}.",
            month_charts.arrivals_values(months),
        )
    ]


def _trend(found: Figures, about: About) -> list[Chart]:
    points = [
        f for f in found.of("trend") if f.ethnicity_state == "declared" and f.state in ("value", "zero")
    ]
    if len(points) < 2:
        return []
    first, last = (
        f"{f.shown} on {month_charts.in_words(f.breakdown_value)}" for f in (points[0], points[-1])
    )
    return [
        Chart(
            "trend.svg",
            month_charts.trend_chart(points, about.target),
            "Declared percentage of every staff list. The table Declared over time holds every point.",
            f"{first}, {last}.",
            month_charts.trend_values(points, about.target),
        )
    ]


def _bars(found: Figures, about: About, breakdown: str, words: str) -> list[Chart]:
    """People who have not declared, a bar a group, the largest first; their share where counts are rounded."""
    told = [
        f
        for f in found.of("declaration")
        if (f.breakdown, f.ethnicity_state, f.measure) == (breakdown, "declared", "percentage")
        and f.state in ("value", "zero")
        and f.numerator is not None
        and f.denominator
    ]
    if len(told) < 2:
        return []
    bars = [_bar(f, share=about.rounded) for f in told]
    bars = sorted((bar for bar in bars if bar.value > 0), key=lambda bar: (-bar.value, bar.label))
    if not bars:
        return []
    left = len(bars) - MOST_BARS
    title = f"Not declared, by {words}" + (", in %" if about.rounded else ", people")
    more = f" {left} more are in the tables." if left > 0 else ""
    return [
        Chart(
            f"not-declared-{slug(words)}.svg",
            month_charts.bar_chart(bars[:MOST_BARS], title),
            f"{title}: " + "; ".join(f"{bar.label} {bar.shown}" for bar in bars[:MOST_BARS]) + ".",
            f"Who has not declared, by {words}, the largest first.{more}",
            month_charts.bar_values(bars[:MOST_BARS], (words.capitalize(), "Not declared")),
            narrow=True,
        )
    ]


def _bar(figure: QualityFigure, *, share: bool) -> month_charts.Bar:
    n, of = figure.numerator or 0, figure.denominator or 1
    label = CLUSTERS.get(figure.breakdown_value, figure.breakdown_value)
    if share:
        return month_charts.Bar(label, 100 * (of - n) / of, f"{100 * (of - n) / of:.1f}%")
    return month_charts.Bar(label, of - n, f"{of - n:,} of {of:,}")


def _sections(found: Figures, made: Sequence[Table]) -> tuple[Section, ...]:
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
        sections.append(
            Section(
                slug(title),
                title,
                _words(found, name),
                tuple(
                    PrintedTable(t.title, t.page_head, t.texts(), t.page_numeric, not_yet_said(t.words))
                    for t in mine
                ),
            )
        )
    return tuple(sections)


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

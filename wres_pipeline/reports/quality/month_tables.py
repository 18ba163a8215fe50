"""The tables of the ethnicity data-quality report: nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterable

from wres_pipeline.indicators.figure import STATES
from wres_pipeline.quality.declaration import BREAKDOWNS
from wres_pipeline.quality.figure import QualityFigure
from wres_pipeline.reports.labels import CLUSTERS
from wres_pipeline.reports.quality import month_gap_tables
from wres_pipeline.reports.quality.month_charts import in_words
from wres_pipeline.reports.quality.month_table import NONE, Figures, Table, number, one_table, values

STATE_WORDS = {
    "recorded": "Recorded",
    "declared": "Declared",
    "declined": "Declined to say",
    "not_recorded": "Not recorded",
    "unmapped": "Answer not understood",
}
KIND_WORDS = {
    "esr_staff_list": "ESR staff list",
    "trac_applications": "TRAC applications",
    "recruitment_summary": "Recruitment summary",
    "employee_relations": "Employee relations",
    "training": "Training",
    "appraisals": "Appraisals",
    "staff_survey": "Staff survey",
    "staff_survey_respondents": "Staff survey, respondents",
    "staff_survey_organisations": "Staff survey, published",
    "board": "Board",
    "provider_returns": "Provider returns",
}


def tables(figures: Iterable[QualityFigure]) -> list[Table]:
    """Every table of the report in its order; a section with nothing to say has none."""
    found = Figures(figures)
    made: list[Table] = []
    for breakdown in ("", *BREAKDOWNS):
        made += _declaration(found, breakdown)
    for make in (
        _trend, _movers, *month_gap_tables.TABLES, _consistency, _any_other, _codes, _deliveries, _quarantine, _restatements,
    ):  # fmt: skip
        made += make(found)
    return made


def _declaration(found: Figures, breakdown: str) -> list[Table]:
    held = values(f for f in found.of("declaration") if f.breakdown == breakdown)
    if not held:
        return []
    rows = []
    for value in held:
        name = CLUSTERS.get(value, value) if breakdown == "cluster" else value
        declared = found.get("declaration", "percentage", breakdown, value, "declared")
        counts = [found.cell("declaration", "headcount", breakdown, value, state) for state in STATE_WORDS]
        rows.append(
            (
                name or "Whole workforce",
                found.cell("declaration", "headcount", breakdown, value),
                *counts,
                found.cell("declaration", "percentage", breakdown, value, "recorded"),
                declared or NONE,
                _of(declared, declared.interval_shown if declared else ""),
                _of(declared, declared.verdict if declared else ""),
            )
        )
    title = (
        f"Declared and recorded by {BREAKDOWNS[breakdown].lower()}" if breakdown else "Declared and recorded"
    )
    head = (
        BREAKDOWNS.get(breakdown, "Who"),
        "Staff",
        *STATE_WORDS.values(),
        "Recorded %",
        "Declared %",
        "Declared %, 95% interval",
        "Against the target",
    )
    return [
        Table(
            "declaration",
            f"By {BREAKDOWNS[breakdown].lower()}"[:31] if breakdown else "Declaration",
            f"declared_{breakdown or 'all'}",
            title,
            head,
            tuple(rows),
            (
                "Recorded: the record holds an answer, 'prefer not to say' included.",
                "Declared: the person named an ethnic group.",
            ),
            tuple(range(1, 9)),
            page_columns=(0, 1, 8, 7, 4, 5, 6, 10),
        )
    ]


def _of(figure: QualityFigure | None, words: str) -> str:
    """What is said of a figure, or why nothing is: it is withheld, or there is nothing to say."""
    return words or (figure.shown if figure is not None and figure.state == "withheld" else NONE)


def _trend(found: Figures) -> list[Table]:
    rows = []
    for figure in found.of("trend"):
        if figure.ethnicity_state != "declared":
            continue
        recorded = found.cell("trend", "percentage", "snapshot", figure.breakdown_value, "recorded")
        limits = figure.interval_shown or NONE
        rows.append((in_words(figure.breakdown_value), figure, recorded, limits, _of(figure, figure.verdict)))
    return one_table(
        "trend",
        "Over time",
        ("Staff list", "Declared %", "Recorded %", "Limits of noise", "What it says"),
        rows,
        (1, 2),
        (
            "Limits: the mean and 2.66 times the mean step from one staff list to the next (XmR chart).",
            "A point outside them, or seven in a row on one side, is more than noise.",
        ),
    )


def _movers(found: Figures) -> list[Table]:
    rows = [
        (
            figure.breakdown_value,
            figure,
            found.cell("movers", "points_gained", figure.breakdown, figure.breakdown_value),
            figure.note or STATES["withheld"],
        )
        for figure in found.of("movers")
        if figure.measure == "undeclared"
    ]
    head = ("Group", "Not declared", "Would add to the declared percentage", "What then")
    return one_table("movers", "Most to gain", head, rows, (1, 2))


def _consistency(found: Figures) -> list[Table]:
    rows = [(f.breakdown_value, f, number(f.denominator), f.note or NONE) for f in found.of("consistency")]
    head = ("What differs", "People", "Of people compared", "Note")
    return one_table("consistency", "Several answers", head, rows, (1, 2))


def _any_other(found: Figures) -> list[Table]:
    rows = [
        (f.breakdown_value, f, f.interval_shown or NONE, f.note or NONE, f.verdict)
        for f in found.of("any_other")
    ]
    head = ("Heading", "Under “any other”", "95% interval", "For comparison", "What it says")
    return one_table("any_other", "Any other", head, rows, (1,))


def _codes(found: Figures) -> list[Table]:
    rows = [(f.breakdown_value, f, f.note or NONE) for f in found.of("codes")]
    return one_table("codes", "Codes", ("What the field holds", "People", "Note"), rows, (1,))


def _deliveries(found: Figures) -> list[Table]:
    rows = []
    for kind in values(found.of("deliveries")):
        measures = ("deliveries", "rows_in", "rows_accepted", "rows_quarantined")
        cells = [found.cell("deliveries", measure, "kind", kind) for measure in measures]
        rows.append((KIND_WORDS.get(kind, kind), *cells))
    head = ("Extract", "Deliveries", "Rows in", "Rows accepted", "Rows that could not be used")
    return one_table(
        "deliveries", "Deliveries", head, rows, (1, 2, 3, 4), ("Rows in = accepted + could not be used.",)
    )


def _quarantine(found: Figures) -> list[Table]:
    rows = []
    for figure in found.of("quarantine"):
        kind = figure.breakdown
        rows.append((KIND_WORDS.get(kind, kind), figure.breakdown_value, figure, figure.note or NONE))
    return one_table("quarantine", "Rows not used", ("Extract", "Reason", "Rows", "What to do"), rows, (2,))


def _restatements(found: Figures) -> list[Table]:
    rows = []
    for value in values(found.of("restatements")):
        measures = ("added", "gone", "changed", "changed_ethnicity", "changed_group")
        rows.append((value, *(found.cell("restatements", measure, "kind", value) for measure in measures)))
    head = ("Delivered again", "Added", "Gone", "Changed", "Changed in ethnicity", "To another WRES group")
    return one_table("restatements", "Restatements", head, rows, (1, 2, 3, 4, 5))

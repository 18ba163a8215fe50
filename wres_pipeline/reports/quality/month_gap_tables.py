"""The tables about the way from TRAC to ESR in the ethnicity data-quality report: nothing is computed here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from wres_pipeline.quality.figure import QualityFigure
from wres_pipeline.quality.trac_to_esr import linkage_card
from wres_pipeline.reference import gap as reference
from wres_pipeline.reference import indicators
from wres_pipeline.reports.labels import CLUSTERS, MEASURES
from wres_pipeline.reports.quality.month_charts import in_words
from wres_pipeline.reports.quality.month_table import NONE, Cell, Figures, Table, number, one_table

GAP_MEASURES = MEASURES | {"headcount": "Headcount"}


def _gap(found: Figures) -> list[Table]:
    total = found.get("gap", "appointed")
    rows: list[tuple[Cell, ...]] = []
    states = {state.state: state for state in reference.states()}
    for figure in found.of("gap"):
        if figure.breakdown == "state":
            state = states[figure.breakdown_value]
            rows.append((state.title, figure, f"{state.meaning}."))
    if total is not None:
        rows.append(("All appointed applications", total, "The states sum to it."))
    words = ("Every appointed application is in exactly one state.",)
    return one_table("gap", "From TRAC to ESR", ("State", "Applications", "What it means"), rows, (1,), words)


def _arrivals(found: Figures) -> list[Table]:
    rows = [
        (in_words(f.breakdown_value), number(f.denominator), number(f.numerator), f)
        for f in found.of("arrivals")
    ]
    head = ("Month of start", "Starters from outside who declared", "Arrived in ESR", "Arrived %")
    words: tuple[str, ...] = (
        "Starters of the latest weeks are left out until the normal lag of the staff list has passed.",
    )
    hidden = sum(1 for row in rows if isinstance(row[3], QualityFigure) and row[3].state == "withheld")
    if hidden:
        words += (f"{hidden} of the {len(rows)} months are withheld: too few started, or too few were lost.",)
    made = one_table("arrivals", "Starters by month", head, rows, (1, 2, 3), words)
    return [_shorter(table, 0) for table in made] if hidden == len(rows) else made


def _counted(found: Figures) -> list[Table]:
    rows = [
        (in_words(f.breakdown_value) or "All months", f, f.interval_shown or NONE, f.note)
        for f in found.of("counted")
        if f.measure == "arrived"
    ]
    rows = [*rows[:1], *reversed(rows[1:])]
    head = ("Month of start", "Arrived %", "It can be", "Counts")
    words: tuple[str, ...] = (
        "Counted, not linked: what a month’s starters declared in TRAC beside what ESR holds of those who started in it. The "
        "range allows for starts that no application led to and for answers given later. The latest twelve months; the workbook has all.",
    )
    beside = found.get("counted", "beside_the_links")
    if beside is not None:
        words += (beside.shown,)
    made = one_table("counted", "Counted, not linked", head, rows, (1,), words)
    return [_shorter(table, 13) for table in made]


def _characteristics(found: Figures) -> list[Table]:
    rows: list[tuple[Cell, ...]] = []
    for figure in found.of("characteristics"):
        if figure.measure != "month_of_break":
            continue
        at = ("characteristic", figure.breakdown_value)
        before, since = (found.get("characteristics", f"arrived_{side}", *at) for side in ("before", "since"))
        rows.append(
            (
                figure.breakdown_value,
                before or NONE,
                since or NONE,
                figure.shown,
                before.note if before else NONE,
            )
        )
    words = tuple(f.shown for f in found.of("characteristics") if f.measure == "together")
    words += (
        "Counted by month of start, nobody linked. Of every answer but ethnicity nothing is kept but that there is one. Without a "
        "break the share is that of all months.",
    )
    head = ("Protected characteristic", "Arrived %, before", "Arrived %, since", "When it broke", "Counts")
    return one_table("characteristics", "Every characteristic", head, rows, (1, 2), words)


def _where(found: Figures) -> list[Table]:
    rows: list[tuple[Cell, ...]] = [
        (WHERE_WORDS[f.measure], f, f.breakdown_value) for f in found.of("where") if f.measure in WHERE_WORDS
    ]
    words = tuple(f.shown for f in found.of("where") if f.measure in ("since", "concerned"))
    return one_table("where", "Where it is broken", ("Arrived", "Share", "Of"), rows, (1,), words)


WHERE_WORDS = {
    "arrived_before": "Of those concerned, before",
    "arrived_since": "Of those concerned, since",
    "others_since": "Of all others, since",
}


def _lag(found: Figures) -> list[Table]:
    rows = [
        (f.breakdown_value, f, f.interval_shown or NONE, f.note)
        for f in found.of("lag")
        if f.measure == "with_answer"
    ]
    record, own = found.get("lag", "with_the_record"), found.get("lag", "own_lag")
    words: tuple[str, ...] = (
        "Of linked starters before the break whose staff lists are close enough to say when an answer came (Kaplan–Meier).",
    )
    if record is not None:
        words += (
            f"Of the answers {record.shown} stood in the first staff list that shows the person; the others came later, by hand or self-service.",
        )
    if own is not None:
        words += (f"Until 95 in 100 of the answers are there: {own.shown}.",)
    return one_table(
        "lag",
        "How late it arrives",
        ("Days since the start", "With an answer", "95% interval", "Followed"),
        rows,
        (0, 1),
        words,
    )


def _late_answers(found: Figures) -> list[Table]:
    rows = [(f.breakdown_value, f, f.note, f.verdict or NONE) for f in reversed(found.of("late_answers"))]
    words = (
        "Of the people without an answer in the staff list before, those with one in this list: by hand or self-service. What a "
        "declaration campaign brought is what lies beyond the pace of all other lists.",
    )
    head = ("Staff list", "Answered since the list before", "People", "What it says")
    made = one_table("late_answers", "Answers given later", head, rows, (1,), words)
    return [_shorter(table, 12) for table in made]


def _card(found: Figures) -> list[Table]:
    rows: list[tuple[Cell, ...]] = []
    for linked in [f for f in found.of("linkage_card") if f.measure == "linked"]:
        at = (linked.breakdown, linked.breakdown_value)
        precision, recall = (found.get("linkage_card", measure, *at) for measure in ("precision", "recall"))
        rows.append(
            (
                linkage_card.BREAKDOWNS[linked.breakdown],
                linked.breakdown_value or "all",
                number(linked.denominator),
                linked,
                precision or NONE,
                recall or NONE,
                recall.interval_shown if recall and recall.interval_shown else NONE,
            )
        )
    head = (
        "Group by",
        "Group",
        "Appointed applications",
        "Linked",
        "Right (estimated)",
        "Found (estimated)",
        "Found, 95% interval",
    )
    words = tuple(f"Finding: {f.shown}" for f in found.of("linkage_card") if f.measure == "finding")
    kinds = linkage_card.BREAKDOWNS["kind_of_names"]
    rows.sort(key=lambda row: row[0] == kinds)
    made = one_table("linkage_card", "Linkage card", head, rows, (2, 3, 4, 5), (*words, *CARD_WORDS))
    return [_shorter(table, sum(row[0] != kinds for row in rows)) for table in made]


CARD_WORDS = (
    "Preparation: what each application lacks stands in the table; ethnicity and every other protected characteristic is left "
    "out of linking.",
    "Implementation: strict passes, the body as a whole where numbers and dates of birth are lacking, a kept model, then a person.",
    "Evaluation: right is what the evidence of each link gives it; found is of the people expected in the staff lists. Both are "
    "estimates, checked against known truth in the project’s evidence.",
    "Overall considerations: figures as if the gap were closed use linked people only; a group found less often is a finding.",
)


PROGRESS_WORDS = {
    "put_right": "Put right",
    "remaining": "Still to put right",
    "relapsed": "Relapsed: was right before",
    "newly_found": "Newly found",
    "no_longer_looked_at": "No longer looked at (left, withdrawn, decided, deleted)",
    "net": "Net change (put right, less relapsed and newly found)",
}


def _progress(found: Figures) -> list[Table]:
    rows = [(PROGRESS_WORDS[f.measure], f, f.note or NONE) for f in found.of("progress")]
    return one_table("progress", "Put right", ("Applications", "Number", "Since"), rows, (1,))


def _closed(found: Figures) -> list[Table]:
    told: list[tuple[bool, bool, tuple[Cell, ...]]] = []
    for figure in found.of("gap_closed"):
        if figure.breakdown != "as_in_esr":
            continue
        then = found.cell("gap_closed", figure.measure, "if_gap_closed", figure.breakdown_value)
        row = (
            _indicator(figure),
            GAP_MEASURES.get(figure.measure, figure.measure),
            figure,
            then,
            found.cell("gap_closed", figure.measure, "unlinked_leave", figure.breakdown_value),
            _moves(figure, then),
        )
        told.append((figure.verdict != "changes", _in_detail(figure), row))
    told.sort(key=lambda each: each[:2])
    rows = [row for _, _, row in told]
    head = (
        "Indicator",
        "Measure",
        "As in ESR",
        "If the gap were closed",
        "What the unlinked leave open",
        "Does it move",
    )
    words = (
        "Declared values are not written into any figure: this shows what they would do. It uses linked people only; the range is what "
        "the figure could be, whoever of the staff of Unknown ethnicity the applicants are that could not be linked.",
    )
    made = one_table("gap_closed", "If the gap were closed", head, rows, (2, 3), words)
    shown = sum(1 for same, in_detail, _ in told if not same and not in_detail)
    return [_shorter(table, shown) for table in made]


def _moves(figure: QualityFigure, then: Cell) -> str:
    same = isinstance(then, QualityFigure) and then.shown == figure.shown
    return "by less than is shown" if figure.verdict == "changes" and same else figure.verdict


def _unknown(found: Figures) -> list[Table]:
    told = found.of("unknown_effect")
    headline = [f for f in told if not _in_detail(f) and f.unit != "people"]
    rows = [
        (_indicator(f), GAP_MEASURES.get(f.measure, f.measure), f, f.interval_shown or NONE)
        for f in (*headline, *(f for f in told if f not in headline))
    ]
    head = ("Indicator", "Measure", "Figure", "If all Unknown were White, or all BME")
    words = (
        "A figure that leaves Unknown out (indicator 2, race disparity) can lie outside: both ends count them in.",
    )
    made = one_table("unknown_effect", "What Unknown leaves open", head, rows, (2,), words)
    return [_shorter(table, len(headline)) for table in made]


def _shorter(table: Table, rows: int) -> Table:
    return replace(table, on_page=rows)


def _in_detail(figure: QualityFigure) -> bool:
    """Whether a row is one of the many of the workforce by cluster and band, or of the board: for the workbook only."""
    parts = [part for part in (figure.cluster, figure.band, figure.ethnic_group) if part]
    return figure.indicator in (indicators.WORKFORCE, indicators.BOARD) and len(parts) > 1


def _indicator(figure: QualityFigure) -> str:
    """'1, Clinical, Band 5, BME'."""
    rule = indicators.rule(figure.indicator)
    first = rule.number if rule.numbered else rule.number.replace("_", " ").capitalize()
    grouping = CLUSTERS.get(figure.cluster, figure.cluster) if figure.cluster else ""
    names = (first, grouping, figure.band, figure.ethnic_group)
    return ", ".join(filter(None, names))


TABLES: tuple[Callable[[Figures], list[Table]], ...] = (
    _gap, _arrivals, _where, _counted, _characteristics, _lag, _late_answers, _card, _progress, _closed, _unknown,
)  # fmt: skip
"""In the order of the report."""

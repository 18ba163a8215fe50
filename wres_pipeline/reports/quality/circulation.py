"""The version of the data-quality report that may be passed round: small numbers withheld, the rest rounded, and proved.

Every count of the report goes to disclosure control as one table with all its sums (`quality_counts`). What is
printed is then rounded to the nearest 5, and percentages, limits and verdicts are worked out from the rounded
counts: readers get a report every month, and the difference of two exact counts would tell of single people
(one joiner, who did not declare) though each count is large. Against the months before and after, as they were
passed round, it is proved that no change can be placed too closely. What the gap does to single indicators is
left out: the difference of two percentages tells too much.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wres_pipeline.disclosure.proof.audit import Audit, Breach
from wres_pipeline.disclosure.proof.cells import CellKey
from wres_pipeline.disclosure.proof.differencing import Edition, close_changes
from wres_pipeline.disclosure.proof.intruder import Contradiction
from wres_pipeline.disclosure.protect import protect
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.rules.stakes import DECLARATION, THRESHOLDS, stake_of
from wres_pipeline.disclosure.suppression.apply_suppression import WHOLE_NOTE
from wres_pipeline.disclosure.tables import CountTable, ProtectedTable, RowKey
from wres_pipeline.indicators.figure import STATES, Figure
from wres_pipeline.quality import declaration, trend
from wres_pipeline.quality.figure import Place, QualityFigure, shown
from wres_pipeline.quality.trac_to_esr.gap_figures import unknown_effect
from wres_pipeline.reference import gap as reference
from wres_pipeline.reports.quality.month_counts import (
    LEFT_OUT,
    PEOPLE,
    PLAIN,
    count_table,
    key_of,
    latest_day,
)

PRODUCT = "data_quality"
ROUNDS = 6
"""Times that a version is made anew with more withheld, because of the months beside it."""
LEFT_TO_DROP = ("band", "cluster", "recruitment_route", "service", "site", "staff_group")
"""Breakdowns that the report leaves out, in this order, where it would not be safe with them: a table is left out whole
before it is emptied. [ours]"""
OF_THE_RETURN = 2
"""So many of them the return of a 31 March shows: the report of that day leaves them to it until it is out."""
_TELLING_NOTES = ("movers", "restatements")
"""Sections whose notes repeat counts of other rows."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month's report that readers have: its figures as passed round, and the true ones, whose sums it obeys.

    exact: counts that every reader has as they are (`exact_counts`).
    """

    printed: Sequence[QualityFigure]
    figures: Sequence[QualityFigure]
    exact: Mapping[CellKey, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Circulation:
    """The figures that may be passed round, how many counts were withheld, and the proof.

    changes: what the months beside it would give away. emptied: whether a whole breakdown had to be withheld, noughts as
    well. A version that is not `safe` must not be written.
    """

    figures: list[QualityFigure]
    withheld: int
    audit: Audit
    changes: tuple[Breach, ...] = ()
    contradicts: bool = False
    release: Release | None = None
    emptied: bool = False

    @property
    def safe(self) -> bool:
        """Whether nothing stands against passing it round."""
        return not (self.audit.failed or self.changes or self.contradicts)

    def words(self) -> str:
        """The result in one sentence, without any count."""
        if self.audit.failed:
            return self.audit.words()
        if self.contradicts:
            return "Not safe to pass round: it contradicts the report of a month beside it."
        if self.changes:
            return (
                f"Not safe to pass round: {len(self.changes)} {'counts' if len(self.changes) > 1 else 'count'} could be worked out from the difference "
                "to a month beside it."
            )
        return "No reader can work out a withheld count, nor a small change from month to month."


def for_circulation(
    figures: Sequence[QualityFigure],
    policy: Policy,
    *,
    public_figures: Sequence[Figure] = (),
    releases: Sequence[Release] = (),
    target: float = 0.95,
    beside: Sequence[Month] = (),
) -> Circulation:
    """Protect one organisation's month.

    `public_figures`: the return's figures of the same 31 March as published, where the month ends on it and they exist.
    `releases`: what the register says has left the building: counts of the same people are one count, and what the
    return prints is printed here too.
    `target`: the share (0–1) who should have declared. `beside`: the months before and after that were passed
    round; what they withhold of a staff list that both tell of stays withheld.
    """
    headcount_is_exact = policy.method != "round"
    policy = _rounded_rule(policy)
    left = list(LEFT_TO_DROP)
    dropped = left[:OF_THE_RETURN] if _return_is_to_come(figures, releases) else []
    emptied: Circulation | None = None
    while True:
        shown_here = [f for f in figures if f.section != "declaration" or f.breakdown not in dropped]
        table = count_table(shown_here)
        if not headcount_is_exact:
            # the return prints it rounded, so that nobody has it
            table = replace(table, known=frozenset(), kept=table.known)
        made = _with_months(shown_here, table, policy, public_figures, releases, target, beside)
        more = next((name for name in left if name not in dropped), None)
        if made.safe and not made.emptied:
            return made
        emptied = emptied or (made if made.safe else None)
        if more is None:
            return emptied or made
        dropped = [*dropped, more]


def _return_is_to_come(figures: Sequence[QualityFigure], releases: Sequence[Release]) -> bool:
    """Whether the staff list is that of a 31 March whose return readers do not have yet."""
    day = latest_day(figures)
    known = {one.period for one in releases if one.product == "annual"}
    return day.endswith("-03-31") and day[:4] not in known


def _with_months(
    figures: Sequence[QualityFigure],
    table: CountTable,
    policy: Policy,
    public_figures: Sequence[Figure],
    releases: Sequence[Release],
    target: float,
    beside: Sequence[Month],
) -> Circulation:
    forced = _withheld_beside(beside) & table.counts.keys()
    made = _tried(figures, replace(table, forced=forced), policy, public_figures, releases, target, beside)
    for _ in range(ROUNDS):
        # what the difference to another month would tell is withheld here, since the other is out already
        more = {each.key[1:] for each in made.changes} & table.counts.keys() - table.implied
        if made.audit.failed or made.contradicts or more <= forced:
            break
        forced |= more
        made = _tried(
            figures, replace(table, forced=forced), policy, public_figures, releases, target, beside
        )
    return made


def _tried(
    figures: Sequence[QualityFigure],
    table: CountTable,
    policy: Policy,
    public_figures: Sequence[Figure],
    releases: Sequence[Release],
    target: float,
    beside: Sequence[Month],
) -> Circulation:
    done = protect([], policy, quality=[table], releases=releases)
    kept = done.tables[table.name]
    made = [
        _printed(figure, kept, target, policy)
        for figure in figures
        if figure.section not in (*LEFT_OUT, "unknown_effect")
    ]
    if figures and public_figures:
        made += unknown_effect(Place(figures[0].organisation_code, figures[0].month), public_figures)
    hidden = sum(1 for count in kept.counts.values() if count is None)
    made = _with_limits(made)
    mine = Month(made, figures, exact_counts(releases))
    changes: list[Breach] = []
    contradicts = False
    for other in beside:
        try:
            changes += changes_told(mine, other, policy)
        except Contradiction:
            contradicts = True
    release = done.release
    if release is not None and figures:
        release = replace(
            release,
            organisation_code=figures[0].organisation_code,
            product=PRODUCT,
            audience="circulated",
            period=f"{figures[0].month:%Y-%m}",
        )
    return Circulation(made, hidden, done.audit, tuple(changes), contradicts, release, bool(kept.whole))


def _rounded_rule(policy: Policy) -> Policy:
    """The body's rule as it holds here, where every count that is printed is rounded, so that none may be printed whatever
    its size: of what the body withholds nothing of, the rule for all holds.
    """
    if policy.method == "none":
        return policy
    theirs: dict[str, Any] = {stake: None for stake in THRESHOLDS if not policy.threshold(stake)}
    return replace(policy, method="round", **theirs)


def exact_counts(releases: Sequence[Release]) -> dict[CellKey, int]:
    """The counts of people that releases print as they are."""
    return {
        key: said.true
        for release in releases
        for key, said in release.counts.items()
        if said.exact and said.per == 1
    }


def changes_told(one: Month, other: Month, policy: Policy) -> list[Breach]:
    """The changes between two months' reports, as printed, that a reader can place too closely.

    Raises Contradiction where both cannot be true.
    """
    earlier, later = sorted((one, other), key=lambda month: month.figures[0].month)
    first, second = _edition(earlier), _edition(later)
    lists = [sorted({key[1] for key in edition.every() if key[0] == "trend"}) for edition in (first, second)]
    told_by_both: list[RowKey] = [("trend", day) for day in lists[0]]
    if lists[0][-1:] == lists[1][-1:]:
        told_by_both += [
            (section,) for section in ("declaration", "codes", "any_other", "any_other_of", "movers")
        ]
    same: list[tuple[RowKey, RowKey]] = []
    for start in told_by_both:
        keys = [key for key in second.every() if key[: len(start)] == start]
        # a staff list delivered again with other content is another set of people
        if all(first.printed.get(key, n) == n for key in keys if (n := second.printed.get(key)) is not None):
            same += [(key, key) for key in keys]
    return close_changes(first, second, policy, same)


def _withheld_beside(beside: Sequence[Month]) -> frozenset[RowKey]:
    return frozenset(
        key_of(f) for month in beside for f in month.printed if f.section == "trend" and f.state == "withheld"
    )


def _edition(month: Month) -> Edition:
    """The counts that stand in the printed figures, and the sums that readers know of."""
    shape = count_table(month.figures)
    printed: dict[RowKey, int] = {}
    withheld: set[RowKey] = set()
    for figure in month.printed:
        if figure.section in (*PLAIN, "unknown_effect"):
            continue
        needed = [key for key in _needs(figure) if key in shape.counts]
        if not needed:
            continue
        if figure.state == "withheld":
            if figure.unit != "percent":
                withheld.add(needed[0])
        elif figure.numerator is not None:
            printed[needed[0]] = figure.numerator
            if figure.unit == "percent" and figure.denominator is not None:
                printed[needed[-1]] = figure.denominator
    exact = {
        row: month.exact[cell]
        for row, cell in shape.same.items()
        if month.exact.get(cell) == shape.counts[row]
    }
    stakes = {row: stake_of(shape.cell_key(row)) for row in shape.counts}
    return Edition(printed, frozenset(withheld), shape.sums, exact, stakes)


def _needs(figure: QualityFigure) -> list[RowKey]:
    """The counts that must be printed before a figure may be: the figure's own first, what it is part of last."""
    needed = [key_of(figure)]
    if figure.unit == "percent" and figure.section == "declaration":
        needed.append(("declaration", figure.breakdown, figure.breakdown_value, "people"))
    if figure.section == "trend":
        needed.append(("trend", figure.breakdown_value, "people"))
    if figure.section == "arrivals":
        needed += [("arrivals", figure.breakdown_value, part) for part in ("lost", "starters")]
    if figure.section == "any_other":
        needed.append(("any_other_of", figure.breakdown_value, ""))
    if figure.unit == "percentage_points" and figure.section == "movers":
        needed.append(PEOPLE)
    if figure.section == "break":
        side = {"arrived_before": "before", "arrived_after": "after"}.get(figure.measure)
        needed = [("break", side, part) for part in ("arrived", "lost", "starters")] if side else []
    return needed


def _rows(figure: QualityFigure, policy: Policy) -> QualityFigure:
    """Rows of files are counted like people: a row of a small extract is one."""
    if figure.state not in ("value", "zero") or figure.value is None or policy.method == "none":
        return figure
    if policy.small(int(figure.value), DECLARATION):
        return replace(
            figure, numerator=None, denominator=None, value=None, state="withheld", shown=STATES["withheld"]
        )
    n = policy.rounded(int(figure.value))
    return replace(figure, numerator=n, denominator=None, value=n, shown=shown(n, figure.unit))


def _printed(figure: QualityFigure, kept: ProtectedTable, target: float, policy: Policy) -> QualityFigure:
    if figure.section in PLAIN:
        return _rows(figure, policy) if figure.unit == "rows" else figure
    figure = replace(figure, note="" if figure.section in _TELLING_NOTES else figure.note)
    needed = _needs(figure)
    counts = [kept.counts.get(key, 0) for key in needed]
    if any(count is None for count in counts):
        return replace(
            figure,
            numerator=None,
            denominator=None,
            value=None,
            state="withheld",
            interval_low=None,
            interval_high=None,
            verdict=figure.verdict if figure.section == "break" else "",
            shown=STATES["withheld"],
            note=_note_of_withheld(figure, needed, kept),
        )
    if not counts:
        return figure
    n, of = counts[0] or 0, counts[-1] or 0
    if figure.unit == "percent":
        return _percentage(figure, n, of, target)
    if figure.unit == "percentage_points":
        points = 100 * n / of if of else 0.0
        return replace(figure, value=points, shown=shown(points, figure.unit))
    return replace(figure, denominator=None, numerator=n, value=n, shown=shown(n, figure.unit))


def _note_of_withheld(figure: QualityFigure, needed: Sequence[RowKey], kept: ProtectedTable) -> str:
    if kept.whole.intersection(needed):
        return WHOLE_NOTE
    return "" if figure.section == "trend" else figure.note


def _percentage(figure: QualityFigure, n: int, of: int, target: float) -> QualityFigure:
    """The percentage, its interval and its verdict, worked out from the counts as they are printed."""
    again = Place(figure.organisation_code, figure.month).percentage(figure.section, figure.measure, n, of)
    verdict = figure.verdict
    if figure.section == "declaration" and figure.ethnicity_state == "declared":
        verdict = declaration.verdict_of(n, of, target)
    elif figure.section == "any_other":
        [share] = {o.census_share for o in reference.any_others() if o.heading == figure.breakdown_value}
        verdict = declaration.over_use(n, of, share)
    return replace(
        again,
        breakdown=figure.breakdown,
        breakdown_value=figure.breakdown_value,
        ethnicity_state=figure.ethnicity_state,
        verdict=verdict,
        note=figure.note,
    )


def _with_limits(figures: Sequence[QualityFigure]) -> list[QualityFigure]:
    """The trend's limits, drawn from the points as they are printed; none where one is withheld."""
    points: Mapping[str, list[QualityFigure]] = {
        state: [f for f in figures if f.section == "trend" and f.ethnicity_state == state]
        for state in ("declared", "recorded")
    }
    drawn: dict[int, QualityFigure] = {}
    for held in points.values():
        whole = all(f.value is not None for f in held)
        told = trend.chart([float(f.value or 0) for f in held]) if whole else None
        for place, figure in enumerate(held):
            bare = replace(figure, interval_low=None, interval_high=None, verdict="", note="")
            if told is not None:
                bare = trend.with_limits(replace(bare, verdict=told.verdicts[place]), told)
            drawn[id(figure)] = bare
    return [drawn.get(id(f), f) for f in figures]

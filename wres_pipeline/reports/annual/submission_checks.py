"""Checks of the return against itself, on the figures as the submission prints them.

Sums and limits that hold in every correct return [recalled: the checks of the submission form; seen broken in
published returns]. A blocking one that fails means that a figure is wrong, and stops the publication. Counts are compared exactly; a check that a withheld or missing count prevents says so.
People who left before the snapshot count among those who entered the disciplinary process, so that limit is
only a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wres_pipeline.reference import indicators
from wres_pipeline.reference.codes import pay_bands
from wres_pipeline.reference.submission import SubmissionItem, items
from wres_pipeline.reports.context import Check, Severity
from wres_pipeline.reports.figure_set import GROUPS, FigureSet

_BANDS = tuple(
    i.item
    for i in items()
    if i.indicator == indicators.WORKFORCE and i.band != pay_bands.SENIOR_MEDICAL_MANAGER
)


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    holds: Callable[[float, float], bool]
    sign: str
    severity: Severity = "blocking"


def _equal(left: float, right: float) -> bool:
    return left == right


def _at_most(left: float, right: float) -> bool:
    return left <= right


RULES: tuple[_Rule, ...] = (
    _Rule("Voting and non-voting members are the whole board", (51, 52), (50,), _equal, "="),
    _Rule("Executive and non-executive members are the whole board", (54, 55), (50,), _equal, "="),
    _Rule("The board is the same at both places", (53,), (50,), _equal, "="),
    _Rule("Senior medical managers are among the consultants", (30,), (29,), _at_most, "≤"),
    _Rule("Appointed at most as many as shortlisted", (35,), (34,), _at_most, "≤"),
    _Rule(
        "Entered the disciplinary process at most as many as the workforce",
        (39,),
        (38,),
        _at_most,
        "≤",
        "warning",
    ),
    _Rule("Accessed training at most as many as the workforce", (43,), (42,), _at_most, "≤"),
    _Rule("The bands sum to the workforce", _BANDS, (56,), _equal, "="),
    _Rule("The workforce of indicator 3 is that of indicator 9", (38,), (56,), _equal, "="),
    _Rule("The workforce of indicator 4 is that of indicator 9", (42,), (56,), _equal, "="),
)


def checks(figures: FigureSet) -> tuple[Check, ...]:
    """Every rule on this year's counts, one `Check` a rule, over the columns White, BME and Unknown.

    `passed` is None where no column has all the counts a rule needs.
    """
    by_number = {item.item: item for item in items()}
    return tuple(_checked(rule, by_number, figures) for rule in RULES)


def _checked(rule: _Rule, by_number: dict[int, SubmissionItem], figures: FigureSet) -> Check:
    broken: list[str] = []
    compared = 0
    for group in GROUPS:
        left = _total(rule.left, by_number, figures, group)
        right = _total(rule.right, by_number, figures, group)
        if left is None or right is None:
            continue
        compared += 1
        if not rule.holds(left, right):
            broken.append(f"{group}: {left:g} and {right:g}")
    named = f"{_named(rule.left)} {rule.sign} {_named(rule.right)}"
    if broken:
        return Check(rule.name, False, rule.severity, f"{named} does not hold for {'; '.join(broken)}")
    if not compared:
        return Check(rule.name, None, "warning", f"{named}: a count it needs is not there or not shown")
    left_out = "" if compared == len(GROUPS) else f", {compared} of {len(GROUPS)} columns could be compared"
    return Check(rule.name, True, rule.severity, f"{named}{left_out}")


def _total(
    numbers: Sequence[int], by_number: dict[int, SubmissionItem], figures: FigureSet, group: str
) -> float | None:
    total = 0.0
    for number in numbers:
        item = by_number[number]
        figure = figures.get(item.indicator, item.measure, cluster=item.cluster, band=item.band, group=group)
        value = figure.rounded
        if value is None:
            return None
        total += value
    return total


def _named(numbers: tuple[int, ...]) -> str:
    if len(numbers) > 3:
        return f"items {numbers[0]} to {numbers[-1]} (without item 30)"
    return "item" + ("s " if len(numbers) > 1 else " ") + " + ".join(str(n) for n in numbers)

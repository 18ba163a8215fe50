"""The staff survey's own rule: a result on fewer than eleven responses is not displayed [seen].

Survey percentages are published as the survey publishes them, not under the rule for head-counts: respondents
are a self-chosen part of the staff whom nobody can list. What subtraction gives is held to the same minimum
[ours].
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from wres_pipeline.disclosure.figure_cells import GROUPS, SURVEY
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.indicators.figure import Figure, FigureKey

SMALL_BASE = "fewer responses than the survey's minimum"
BY_SUBTRACTION = "subtracting would leave a group with fewer responses than the survey's minimum"

_PRINTED = ("value", "zero")


def withheld(
    figures: Iterable[Figure], policy: Policy, releases: Sequence[Release] = ()
) -> dict[FigureKey, str]:
    """The survey figures to withhold, and why.

    A group under the minimum goes. If all staff together less the groups still printed then leave 1 to
    minimum − 1 responses, the figure of all staff goes: White and BME are the indicator. Where a release has
    printed it already, the printed groups go instead, unless that release prints them as well.
    """
    before = {key for release in releases for key, responses in release.survey.items() if responses}
    rows: dict[tuple[str | int, ...], dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        if figure.indicator in SURVEY:
            rows[figure.key[:-1]][figure.ethnic_group] = figure
    reasons: dict[FigureKey, str] = {}
    for by_group in rows.values():
        small = [f for f in by_group.values() if f.state in _PRINTED and _under(f, policy)]
        reasons |= {figure.key: SMALL_BASE for figure in small}
        everyone = by_group.get("")
        if everyone is not None and _bounds_tell(everyone, by_group):
            reasons[everyone.key] = BY_SUBTRACTION
            continue
        printed = [
            f
            for group, f in by_group.items()
            if group in GROUPS and f.state in _PRINTED and f.key not in reasons and f.denominator is not None
        ]
        if everyone is None or everyone.denominator is None or everyone.key in reasons or not printed:
            continue
        rest = everyone.denominator - sum(f.denominator or 0 for f in printed)
        if not 0 < rest < policy.survey_minimum:
            continue
        said = {f.key for f in by_group.values() if tuple(str(part) for part in f.key) in before}
        if everyone.key not in said:
            reasons[everyone.key] = BY_SUBTRACTION
        else:
            reasons |= {f.key: BY_SUBTRACTION for f in printed if f.key not in said}
    return reasons


def _bounds_tell(everyone: Figure, by_group: Mapping[str, Figure]) -> bool:
    """Whether bounds of all staff and of a group (indicator 6 from managers and colleagues) stand beside a group that the source
    suppresses: the same answers are behind both ends.
    """
    suppressed = any(one.state == "suppressed_at_source" for one in by_group.values())
    said = [one for group, one in by_group.items() if group and one.bound_low is not None]
    return suppressed and everyone.bound_low is not None and everyone.state == "not_calculable" and bool(said)


def _under(figure: Figure, policy: Policy) -> bool:
    return figure.denominator is not None and 0 < figure.denominator < policy.survey_minimum

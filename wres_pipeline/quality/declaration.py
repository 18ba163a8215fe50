"""Recorded, declared, declined, not recorded and unmapped: for the whole workforce and every way of
dividing it.

Recorded = declared + declined; both rates are always given, with their names [seen: NHS Kernow 2021, where
"100% reporting" stood beside "10.2% have chosen not to declare"].
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from wres_pipeline.quality.figure import Place, QualityFigure
from wres_pipeline.reference import gap as reference
from wres_pipeline.reference.codes import pay_bands
from wres_pipeline.reference.codes.ethnicity import STATES
from wres_pipeline.statistics import intervals

States = Mapping[str, int]

BREAKDOWNS = {
    "staff_group": "Staff group",
    "cluster": "Cluster",
    "band": "Band",
    "site": "Site",
    "service": "Length of service",
    "recruitment_route": "How they were recruited",
}
RECORDED = "recorded"
NOT_GIVEN = "not given"


def figures(
    place: Place, by_breakdown: Mapping[tuple[str, str], States], target: float
) -> list[QualityFigure]:
    """Headcount and percentage of every ethnic state, for the whole and each value of each breakdown.

    `by_breakdown`: (breakdown, value) → people per ethnic state; ("", "") is the whole workforce. `target`
    is the share (0–1) who should have declared: the verdict of a declared percentage says whether it is
    met.
    """
    made = []
    for (breakdown, value), states in _in_order(by_breakdown):
        total = sum(states.values())
        at: dict[str, Any] = {"breakdown": breakdown, "breakdown_value": value}
        made.append(place.count("declaration", "headcount", total, **at))
        counts = {state: states.get(state, 0) for state in STATES}
        counts[RECORDED] = counts["declared"] + counts["declined"]
        for state, n in counts.items():
            made.append(place.count("declaration", "headcount", n, of=total, ethnicity_state=state, **at))
            verdict = verdict_of(n, total, target) if state == "declared" else ""
            made.append(
                place.percentage(
                    "declaration", "percentage", n, total, ethnicity_state=state, verdict=verdict, **at
                )
            )
    return made


def verdict_of(n: int, of: int, target: float) -> str:
    """Whether a declared share meets the target (0–1), or may miss it by chance alone; "" of nobody."""
    if not of:
        return ""
    if n >= target * of:
        return "target met"
    high = intervals.wilson(n, of)[1]
    return "below target" if high is not None and high < target else "below target, but perhaps by chance"


def service_bands(years: Iterable[tuple[str, States]]) -> dict[str, dict[str, int]]:
    """People by full years of service → by the bands of the report (`under 1 year`, `1 to 2 years` …)."""
    edges: list[int] = reference.rules()["service_years"]
    made: dict[str, dict[str, int]] = {}
    for text, states in years:
        label = NOT_GIVEN if not text.lstrip("-").isdigit() else _band(int(text), edges)
        into = made.setdefault(label, defaultdict(int))
        for state, n in states.items():
            into[state] += n
    order = [*(_band(first, edges) for first in (edges[0] - 1, *edges)), NOT_GIVEN]
    return {label: dict(made[label]) for label in order if label in made}


def _band(years: int, edges: list[int]) -> str:
    if years < edges[0]:
        return f"under {edges[0]} year"
    for low, high in zip(edges, edges[1:], strict=False):
        if low <= years < high:
            return f"{low} to {high} years"
    return f"{edges[-1]} years or more"


def _in_order(by_breakdown: Mapping[tuple[str, str], States]) -> list[tuple[tuple[str, str], States]]:
    names = ["", *BREAKDOWNS]
    clusters = list(pay_bands.BANDS_BY_CLUSTER)
    bands = list(dict.fromkeys(band for rows in pay_bands.BANDS_BY_CLUSTER.values() for band in rows))

    def place(key: tuple[str, str]) -> tuple[int, int, str]:
        breakdown, value = key
        order = {"cluster": clusters, "band": bands}.get(breakdown, [])
        rank = order.index(value) if value in order else len(order)
        return (
            names.index(breakdown),
            rank if breakdown != "service" else 0,
            value if breakdown != "service" else "",
        )

    return sorted(by_breakdown.items(), key=lambda item: place(item[0]))


def movers(
    place: Place, groups: Iterable[tuple[str, str, int, int]], total: int, target: float
) -> list[QualityFigure]:
    """The few groups in which most people have not declared, and what each would add to the declared
    percentage.

    `groups`: (staff group, site, people, undeclared), most undeclared first. The note says how far the
    groups so far, together, would bring the organisation.
    """
    rows = list(groups)
    undeclared = sum(row[3] for row in rows)
    made: list[QualityFigure] = []
    if not total:
        return made
    gained = 0
    for staff_group, site, people, missing in rows[: reference.rules()["groups_that_matter"]]:
        gained += missing
        share = (total - undeclared + gained) / total
        met = "the target would be met" if share >= target else "the target would still be missed"
        made.append(
            place.count(
                "movers",
                "undeclared",
                missing,
                of=people,
                breakdown="staff_group_and_site",
                breakdown_value=f"{staff_group}, {site}",
                note=f"With this group and those above it, {met}.",
            )
        )
        made.append(
            place.value(
                "movers",
                "points_gained",
                100 * missing / total,
                "percentage_points",
                breakdown="staff_group_and_site",
                breakdown_value=f"{staff_group}, {site}",
            )
        )
    return made


def any_other(place: Place, by_code: Mapping[str, int]) -> list[QualityFigure]:
    """The share of each heading that stands under its "any other", and whether that is surely too much.

    `by_code`: people per national code (first character) among those who declared.
    """
    made = []
    for other in reference.any_others():
        of = sum(by_code.get(code, 0) for code in other.codes)
        n = by_code.get(other.code, 0)
        made.append(
            place.percentage(
                "any_other",
                "percentage",
                n,
                of,
                breakdown="heading",
                breakdown_value=other.heading,
                verdict=over_use(n, of, other.census_share),
                note=f"In the 2021 census: {100 * other.census_share:.1f}%.",
            )
        )
    return made


def over_use(n: int, of: int, census_share: float) -> str:
    """Whether an "any other" of a heading is surely used more often than its share (0–1) in the census."""
    rules = reference.rules()["any_other"]
    low = intervals.wilson(n, of)[0]
    if of < rules["least_people"]:
        return "too few to say"
    if low is not None and low > rules["factor"] * census_share:
        return "used more often than expected"
    return "no sign of over-use"


KINDS_OF_CODE = {
    "legacy": "a code of the 1991 list: ask again",
    "group_only": "a WRES group without a category",
    "unmapped": "a text that no list knows",
    "blank": "nothing",
    "unspecified": "“Unspecified” or the like",
    "not_known": "99, not known",
    "not_stated": "Z, asked and not stated",
}


def codes(place: Place, by_kind: Mapping[str, tuple[int, int]], total: int) -> list[QualityFigure]:
    """People whose field holds something other than a category. `by_kind`: kind → (people, different
    texts).
    """
    made = []
    for kind, words in KINDS_OF_CODE.items():
        people, texts = by_kind.get(kind, (0, 0))
        note = f"{texts} different texts" if kind == "unmapped" and texts > 1 else ""
        made.append(
            place.count(
                "codes",
                kind,
                people,
                of=total,
                breakdown="what_the_field_holds",
                breakdown_value=words,
                note=note,
            )
        )
    return made

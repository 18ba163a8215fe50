"""The counts behind the data-quality report, with all the sums that hold between them: one table for disclosure control.

States sum to people, values of a breakdown to the whole, kinds of code to states, months to the shares before
and after a break; at a 31 March the table is tied to the figures of the return.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from wres_pipeline.disclosure.figure_cells import people_key
from wres_pipeline.disclosure.proof.cells import CellKey
from wres_pipeline.disclosure.tables import CountTable, RowKey
from wres_pipeline.quality.figure import QualityFigure
from wres_pipeline.reference.codes import staff_groups
from wres_pipeline.reference.codes.ethnicity import STATES as ETHNIC_STATES

LEFT_OUT = (
    "gap_closed",
    "progress",
    "counted",
    "characteristics",
    "where",
    "lag",
    "late_answers",
    "linkage_card",
)
PLAIN = ("deliveries", "quarantine", "forecast")
"""Sections whose numbers are of files, rows and months: nobody is told anything about."""

_STATE_OF_CODE = {"blank": "not_recorded", "unspecified": "not_recorded", "not_known": "not_recorded", "not_stated": "declined", "unmapped": "unmapped"}  # fmt: skip
PEOPLE: RowKey = ("declaration", "", "", "people")
Sums = list[tuple[RowKey, tuple[RowKey, ...]]]


#: what losing a count costs: what the report says first is the last to fall
COST_WHOLE, COST_STAFF_GROUP, COST_TREND = 40.0, 10.0, 10.0


def count_table(figures: Sequence[QualityFigure]) -> CountTable:
    """Every count of the report with the sums that hold between them; the staff of a day by the name that every report has
    for them, the return of a 31 March too.
    """
    counts: dict[RowKey, int] = {}
    sums: Sums = []
    for figure in figures:
        for key, n in _counts(figure):
            counts[key] = n
    _declaration_sums(counts, sums)
    unsaid = _cluster_sums(counts, sums)
    _trend_sums(figures, counts, sums)
    _code_sums(counts, sums)
    _any_other_sums(counts, sums)
    _mover_sums(counts, sums)
    states = [key for key in counts if key[0] == "gap" and key[1] == "applications"]
    if states and ("gap", "appointed", "") in counts:
        sums.append((("gap", "appointed", ""), tuple(states)))
    for month in [key[1] for key in counts if key[0] == "arrivals" and key[2] == "starters"]:
        sums.append(
            (("arrivals", month, "starters"), (("arrivals", month, "arrived"), ("arrivals", month, "lost")))
        )
    _break_sums(figures, counts, sums)
    place = figures[0] if figures else None
    name = f"quality {place.organisation_code} {place.month}" if place else "quality"
    same = _same(counts, place.organisation_code, place.month) if place else {}
    return CountTable(
        name,
        counts,
        tuple(sums),
        same,
        costs={key: _cost(key) for key in counts},
        known=frozenset({PEOPLE}) & counts.keys() if latest_day(figures).endswith("-03-31") else frozenset(),
        implied=frozenset(key for key in counts if _is_implied(key)) | unsaid,
    )


def _is_implied(key: RowKey) -> bool:
    """Whether the report shows the count nowhere: a rest, or those of Unknown ethnicity."""
    if key[0] == "trend":
        return key[2] in ("unknown", "declined", "without")
    return key[0] in ("movers_rest", "any_other_rest") or (key[0] == "declaration" and key[3] == "unknown")


def latest_day(figures: Sequence[QualityFigure]) -> str:
    """The day of the staff list that the report tells of, as its trend names it."""
    days = [figure.breakdown_value for figure in figures if figure.section == "trend"]
    return max(days) if days else (figures[0].month.isoformat() if figures else "")


def _cost(key: RowKey) -> float:
    if key[0] == "trend":
        return COST_TREND
    if key[0] != "declaration" or key[3] not in ("declared", "recorded", "people"):
        return 1.0
    return {"": COST_WHOLE, "staff_group": COST_STAFF_GROUP}.get(key[1], 1.5)


def _counts(figure: QualityFigure) -> Iterable[tuple[RowKey, int]]:
    n, of = figure.numerator, figure.denominator
    if n is None or figure.section in (*LEFT_OUT, *PLAIN, "unknown_effect", "break"):
        return
    if figure.section == "declaration":
        if figure.measure == "headcount":
            yield key_of(figure), n
    elif figure.section == "trend":
        if of is not None:
            yield ("trend", figure.breakdown_value, figure.ethnicity_state), n
            yield ("trend", figure.breakdown_value, "people"), of
    elif figure.section == "arrivals":
        if of is not None:
            yield ("arrivals", figure.breakdown_value, "arrived"), n
            yield ("arrivals", figure.breakdown_value, "lost"), of - n
            yield ("arrivals", figure.breakdown_value, "starters"), of
    elif figure.section == "any_other":
        yield key_of(figure), n
        if of is not None:
            yield ("any_other_of", figure.breakdown_value, ""), of
    else:
        yield key_of(figure), n


def key_of(figure: QualityFigure) -> RowKey:
    """The count behind a figure."""
    if figure.section == "declaration":
        return "declaration", figure.breakdown, figure.breakdown_value, figure.ethnicity_state or "people"
    if figure.section == "trend":
        return "trend", figure.breakdown_value, figure.ethnicity_state
    if figure.section == "arrivals":
        return "arrivals", figure.breakdown_value, "arrived"
    if figure.section == "movers":
        return "movers", "undeclared", figure.breakdown_value
    if figure.section == "any_other":
        return "any_other", figure.breakdown_value, ""
    return figure.section, figure.measure, figure.breakdown_value


def _declaration_sums(counts: dict[RowKey, int], sums: Sums) -> None:
    places = list(dict.fromkeys(key[1:3] for key in counts if key[0] == "declaration"))
    parts = ("recorded", "people", "unknown")
    for place in places:
        cell = {state: ("declaration", *place, state) for state in (*ETHNIC_STATES, *parts)}
        counts[cell["unknown"]] = counts[cell["people"]] - counts[cell["declared"]]
        rest = tuple(cell[state] for state in ETHNIC_STATES if state != "declared")
        sums.append((cell["people"], (cell["declared"], cell["unknown"])))
        sums.append((cell["unknown"], rest))
        sums.append((cell["recorded"], (cell["declared"], cell["declined"])))
        sums.append((cell["people"], (cell["recorded"], cell["not_recorded"], cell["unmapped"])))
    for breakdown in dict.fromkeys(place[0] for place in places if place[0]):
        for state in (*ETHNIC_STATES, *parts):
            values = tuple(("declaration", *place, state) for place in places if place[0] == breakdown)
            if ("declaration", "", "", state) in counts:
                sums.append((("declaration", "", "", state), values))


def _cluster_sums(counts: dict[RowKey, int], sums: Sums) -> frozenset[RowKey]:
    """The staff groups of a cluster are its people, as everybody knows who reads the return: what the report prints rounded of the
    one would place what the return withholds of the other. Gives the clusters that the report itself leaves out."""
    named: dict[str, list[str]] = {}
    for name in dict.fromkeys(key[2] for key in counts if key[:2] == ("declaration", "staff_group")):
        named.setdefault(staff_groups.resolve(name) or "", []).append(name)
    unsaid: set[RowKey] = set()
    # of staff groups that no list places nobody can say the cluster: one that the report leaves out may hold them as well
    placed = not named.pop("", [])
    for cluster, names in named.items():
        for state in (*ETHNIC_STATES, "recorded", "people", "unknown"):
            whole = ("declaration", "cluster", cluster, state)
            parts = tuple(("declaration", "staff_group", name, state) for name in names)
            if not all(part in counts for part in parts):
                continue
            total = sum(counts[part] for part in parts)
            if whole not in counts and placed:
                counts[whole] = total
                unsaid.add(whole)
            if counts.get(whole) == total:
                sums.append((whole, parts))
    return frozenset(unsaid)


def _trend_sums(figures: Sequence[QualityFigure], counts: dict[RowKey, int], sums: Sums) -> None:
    days = list(dict.fromkeys(f.breakdown_value for f in figures if f.section == "trend"))
    for day in days:
        people, recorded, declared = (
            counts[("trend", day, part)] for part in ("people", "recorded", "declared")
        )
        rests = {"declined": recorded - declared, "without": people - recorded, "unknown": people - declared}
        for part, n in rests.items():
            counts["trend", day, part] = n
        for whole, left, right in (
            ("recorded", "declared", "declined"),
            ("people", "recorded", "without"),
            ("people", "declared", "unknown"),
            ("unknown", "declined", "without"),
        ):
            sums.append((("trend", day, whole), (("trend", day, left), ("trend", day, right))))


def _any_other_sums(counts: dict[RowKey, int], sums: Sums) -> None:
    for heading in [key[1] for key in counts if key[0] == "any_other"]:
        n, of = counts["any_other", heading, ""], counts["any_other_of", heading, ""]
        counts["any_other_rest", heading, ""] = of - n
        sums.append(
            (("any_other_of", heading, ""), (("any_other", heading, ""), ("any_other_rest", heading, "")))
        )


def _mover_sums(counts: dict[RowKey, int], sums: Sums) -> None:
    """The groups that would move it most are parts of their staff group and of their site."""
    movers = [key for key in counts if key[0] == "movers"]
    for breakdown in ("staff_group", "site"):
        for whole in [k for k in counts if k[:2] == ("declaration", breakdown) and k[3] == "unknown"]:
            name = whole[2]
            mine = tuple(
                key
                for key in movers
                if (
                    key[2].startswith(f"{name}, ")
                    if breakdown == "staff_group"
                    else key[2].endswith(f", {name}")
                )
            )
            rest = counts[whole] - sum(counts[key] for key in mine)
            if mine and rest >= 0:
                other = ("movers_rest", breakdown, name)
                counts[other] = rest
                sums.append((whole, (*mine, other)))


def _code_sums(counts: Mapping[RowKey, int], sums: Sums) -> None:
    for state in dict.fromkeys(_STATE_OF_CODE.values()):
        whole = ("declaration", "", "", state)
        parts = tuple(key for key in counts if key[0] == "codes" and _STATE_OF_CODE.get(key[1]) == state)
        if whole in counts and parts and sum(counts[key] for key in parts) == counts[whole]:
            sums.append((whole, parts))


def _break_sums(figures: Sequence[QualityFigure], counts: dict[RowKey, int], sums: Sums) -> None:
    broke = next((f for f in figures if f.section == "break" and f.measure == "month_of_break"), None)
    if broke is None or not broke.breakdown_value:
        return
    repaired = next((f for f in figures if f.section == "break" and f.measure == "month_of_repair"), None)
    months = [key[1] for key in counts if key[0] == "arrivals" and key[2] == "starters"]
    end = repaired.breakdown_value if repaired is not None else "9999"
    sides = {
        "before": [m for m in months if m < broke.breakdown_value],
        "after": [m for m in months if broke.breakdown_value <= m < end],
    }
    for side, held in sides.items():
        for part in ("arrived", "lost", "starters"):
            parts = tuple(("arrivals", month, part) for month in held)
            counts["break", side, part] = sum(counts[key] for key in parts)
            sums.append((("break", side, part), parts))
        sums.append((("break", side, "starters"), (("break", side, "arrived"), ("break", side, "lost"))))


def _same(counts: Mapping[RowKey, int], organisation: str, month: date) -> dict[RowKey, CellKey]:
    """The counts of the staff of a day: of the latest staff list, and of the days its trend goes back to."""
    latest = date.fromisoformat(
        max((key[1] for key in counts if key[0] == "trend"), default=month.isoformat())
    )
    same: dict[RowKey, CellKey] = {}
    for key in counts:
        if key[0] == "declaration":
            same[key] = people_key(organisation, latest, *key[1:])
        elif key[0] == "trend":
            same[key] = people_key(organisation, date.fromisoformat(key[1]), "", "", key[2])
    return same

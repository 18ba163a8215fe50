"""An edition that stands in a folder and in no register, as a release: of a version that kept none, or another machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from wres_pipeline.disclosure import figure_cells
from wres_pipeline.disclosure.proof.cells import CEILING, CellKey
from wres_pipeline.disclosure.proof.intruder_bounds import rounded_bounds
from wres_pipeline.disclosure.register.releases import WITHHELD, Release, Said
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.rules.stakes import stake_of
from wres_pipeline.indicators.figure import UNPLACED, WHOLE_BREAKDOWN, Figure

_PRINTED = ("value", "zero")


FLAGS_OF_OLD_NOTES = {
    "Holds people": UNPLACED,
    "The whole breakdown is withheld, zeros as well.": WHOLE_BREAKDOWN,
}
"""How notes began that said, in editions published before figures had flags, what their flags say now."""


def flags_of(row: Mapping[str, str]) -> str:
    """The flags of a row of a published figures.csv; of one that has no such column, those its note stood for."""
    if row.get("flags") is not None:
        return row["flags"]
    note = row.get("note") or ""
    return ";".join(flag for words, flag in FLAGS_OF_OLD_NOTES.items() if note.startswith(words))


def averages_of(figures: Sequence[Figure]) -> frozenset[tuple[str, str]]:
    """(organisation, year) whose indicator 3 is a two-year average."""
    return frozenset(
        (one.organisation_code, str(one.reporting_year)) for one in figures if figure_cells.is_rolling(one)
    )


def survey_of(figures: Sequence[Figure]) -> dict[tuple[str, ...], int]:
    """The responses behind each survey figure an edition prints; 0 where it prints none."""
    return {
        tuple(str(part) for part in one.key): int(one.denominator or 0) if one.state in _PRINTED else 0
        for one in figures
        if one.indicator in figure_cells.SURVEY and one.state in (*_PRINTED, "withheld")
    }


def release_of(
    public: Sequence[Figure], counts: Mapping[CellKey, Fraction], policy: Policy, *, version: int = 1
) -> Release:
    """What a public edition says, read from its figures.

    counts: the true counts as they are known now; what it withholds and is not among them is left out. A rounded count
    that is not what the true one rounds to is taken as another count.
    """
    averages = averages_of(public)
    said: dict[CellKey, Said] = {}
    for one in public:
        if not figure_cells.is_count(one):
            continue
        key = figure_cells.key_of(one)
        per = 2 if key[:2] in averages and key[2] == "entered" else 1
        if one.state in _PRINTED:
            told = Fraction(one.value or 0)
            true = counts.get(key, told)
            if policy.method == "round" and told == policy.rounded(true):
                low, high = rounded_bounds(int(told), per, policy, stake_of(key))
                said[key] = Said(int(low), int(high), int(true * per), per)
            elif (told * per).denominator == 1:
                said[key] = Said(int(told * per), int(told * per), int(told * per), per)
        elif one.state == "withheld" and key in counts and (counts[key] * per).denominator == 1:
            low = 0 if one.has(WHOLE_BREAKDOWN) else 1
            high = CEILING
            if one.range_low is not None and one.range_high is not None:
                low, high = int(one.range_low * per), int(one.range_high * per)
            said[key] = Said(low, high, int(counts[key] * per), per, WITHHELD)
    sums = tuple(
        (tie.total, tie.parts)
        for tie in figure_cells.ties(said)
        if said[tie.total].true == sum(said[part].true for part in tie.parts)
    )
    place = next(
        ((f.organisation_code, max(str(g.reporting_year) for g in public)) for f in public), ("", "")
    )
    return Release(
        place[0], "annual", "public", place[1], version, counts=said, sums=sums, averages=averages,
        survey=survey_of(public),
    )  # fmt: skip


def editions(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Several editions in one sequence, taken apart: no figure's key twice in one of them."""
    layers: list[list[Figure]] = []
    seen: list[set[tuple[str | int, ...]]] = []
    for figure in figures:
        for layer, keys in zip(layers, seen, strict=True):
            if figure.key not in keys:
                layer.append(figure)
                keys.add(figure.key)
                break
        else:
            layers.append([figure])
            seen.append({figure.key})
    return layers

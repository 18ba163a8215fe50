"""The registry of the nine indicators and the race disparity ratios: what the return, docs and checks
iterate over."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from wres_pipeline.reference import tables


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of an indicator and its unit: `people`, `percent`, `ratio` or `percentage_points`."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """One indicator in the wording of 2018 on.

    number: `1`…`9` or `race_disparity`. numerator, denominator: in words. measures: in printing order.
    broken_down_by: the columns of the figures table that its rows fill. bands: of indicator 9, the parts of
    the board. direction: `white_over_bme`, `bme_over_white` or blank. adverse_when: in words, blank where
    the indicator has no side. fair_range: inclusive ends, published for indicator 3 only [seen], else None.
    margin: the range in which a difference between groups does not matter, as a ratio or in percentage points;
    margin_source: where it comes from.
    extracts: kinds it is made from. evidence: `seen`, `recalled` or `ours`.
    """

    number: str
    title: str
    wording: str
    numerator: str
    denominator: str
    measures: tuple[Measure, ...]
    broken_down_by: tuple[str, ...]
    bands: tuple[str, ...]
    direction: str
    adverse_when: str
    fair_range: tuple[Fraction, Fraction] | None
    margin: tuple[float, float]
    margin_source: str
    extracts: tuple[str, ...]
    evidence: str
    source: str

    @property
    def ratio(self) -> str | None:
        """The name of its relative likelihood, None where it has none."""
        return next((m.name for m in self.measures if m.name.startswith("relative_likelihood")), None)


def _load() -> tuple[IndicatorRule, ...]:
    found = []
    for entry in tables.document(tables.FOLDER / "indicators.yaml")["indicators"]:
        fair = entry.get("fair_range")
        found.append(
            IndicatorRule(
                number=entry["number"],
                title=entry["title"],
                wording=entry["wording"],
                numerator=entry["numerator"],
                denominator=entry["denominator"],
                measures=tuple(Measure(name, unit) for name, unit in entry["measures"].items()),
                broken_down_by=tuple(entry["broken_down_by"]),
                bands=tuple(entry.get("bands", ())),
                direction=entry["direction"],
                adverse_when=entry["adverse_when"],
                fair_range=(Fraction(fair[0]), Fraction(fair[1])) if fair else None,
                margin=(float(entry["margin"][0]), float(entry["margin"][1])),
                margin_source=entry["margin_source"],
                extracts=tuple(entry["extracts"]),
                evidence=entry["evidence"],
                source=entry["source"],
            )
        )
    return tuple(found)


REGISTRY: tuple[IndicatorRule, ...] = _load()
NUMBERS: tuple[str, ...] = tuple(rule.number for rule in REGISTRY)


def rule(number: str) -> IndicatorRule:
    """The registry's entry for `1`…`9` or `race_disparity`. Raises KeyError for any other."""
    for entry in REGISTRY:
        if entry.number == number:
            return entry
    raise KeyError(f"no indicator {number!r}; there are {', '.join(NUMBERS)}")

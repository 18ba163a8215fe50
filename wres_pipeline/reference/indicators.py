"""The registry of the nine indicators and the race disparity ratios: what the return, docs and checks
iterate over.

A row says everything that sets an indicator apart from the others of its shape. Further folders of indicators are named by
the environment variable `WRES_INDICATORS` (several with the system's separator of paths); each holds an `indicators.yaml`
of the same form, and the contracts and words of its indicators.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from wres_pipeline.reference import tables

FOLDERS_VARIABLE = "WRES_INDICATORS"

HEADCOUNT_BY_BAND, LIKELIHOOD_RATIO, SURVEY_PERCENTAGE, DIFFERENCE_OF_SHARES, TIER_RATIO = SHAPES = (
    "headcount_by_band", "likelihood_ratio", "survey_percentage", "difference_of_shares", "tier_ratio",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of an indicator and its unit: `people`, `percent`, `ratio` or `percentage_points`."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups an indicator compares: the one its standard is about (`focus`), the one that is set against
    (`reference`), and everybody of whom it is not known (`unknown`). noun: what it groups people by, in words.
    """

    name: str
    noun: str
    reference: str
    focus: str
    unknown: str

    @property
    def groups(self) -> tuple[str, str, str]:
        """All three, in printing order."""
        return self.reference, self.focus, self.unknown

    @property
    def compared(self) -> tuple[str, str]:
        """The two that are compared."""
        return self.reference, self.focus

    def direction(self, above: str, below: str) -> str:
        """The part of a ratio's name that says which group stands on top, `white_over_bme`."""
        return f"{above}_over_{below}".lower().replace(" ", "_")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure of an indicator stands: measure, cluster, band, group; blank where a breakdown does not apply."""

    measure: str
    cluster: str = ""
    band: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Events:
    """The extract of a kind that tells on which day something happened to a person, and in which column it says so."""

    kind: str
    happened: str


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """One indicator in the wording of 2018 on.

    number: `1`…`9` or `race_disparity`. short_title: the title where there is little room, or of one of several ratios. standard: whose indicator it is. shape: one of SHAPES. numerator, denominator: in words.
    measures: in printing order. broken_down_by: the columns of the figures table that its rows fill. bands: of a difference
    of shares, the parts compared. direction: `white_over_bme`, `bme_over_white` or blank. adverse: `lower` or `higher`, the
    share of the group the standard is about that is to its disadvantage; adverse_when: the same in words; both blank where
    the indicator has no side. headline: the figure that says most. fair_range: inclusive ends, published for indicator 3 only
    [seen], else None. margin: the range in which a difference between groups does not matter, as a ratio or in percentage
    points; margin_source: where it comes from. extracts: kinds it is made from; supplied_by: the one it cannot do without, in
    words, blank where another indicator names it. counted_from: the sets of counts it rests on; counts: what its rows are, in
    words. basis_setting: the year's setting that names its definition; survey_topic: of a survey question. events: the extract its events are read from, where they have no table of their own. cells: measure of people ->
    the table of counts it belongs to; part_of: table -> the table whose people it is a part of. measure_words: measure -> how it is called, where not by its name. verdict_words: measure, band
    or blank -> words for a share below and above. topic: what of working life it is about. ask: what to ask where it stands out. evidence: `seen`, `recalled` or `ours`.
    """

    number: str
    title: str
    short_title: str
    standard: str
    shape: str
    grouping: Grouping
    wording: str
    numerator: str
    denominator: str
    measures: tuple[Measure, ...]
    broken_down_by: tuple[str, ...]
    bands: tuple[str, ...]
    direction: str
    adverse: str
    adverse_when: str
    headline: Place
    fair_range: tuple[Fraction, Fraction] | None
    margin: tuple[float, float]
    margin_source: str
    extracts: tuple[str, ...]
    supplied_by: str
    counted_from: tuple[str, ...]
    counts: str
    basis_setting: str
    survey_topic: str
    events: Events | None
    cells: Mapping[str, str]
    part_of: Mapping[str, str]
    measure_words: Mapping[str, str]
    verdict_words: Mapping[str, tuple[str, str]]
    topic: str
    ask: str
    evidence: str
    source: str

    @property
    def ratio(self) -> str | None:
        """The name of its relative likelihood, None where it has none."""
        return next((m.name for m in self.measures if m.name.startswith("relative_likelihood")), None)

    @property
    def numbered(self) -> bool:
        """Whether it is one of a standard's numbered indicators; only these can be required of a body, or not."""
        return self.number.isdigit()

    @property
    def name(self) -> str:
        """'Indicator 3', 'Race disparity ratios'."""
        return f"Indicator {self.number}" if self.numbered else self.title

    @property
    def above_and_below(self) -> tuple[str, str]:
        """The groups on top of the ratio and below it."""
        reference, focus = self.grouping.compared
        on_top = self.direction == self.grouping.direction(reference, focus)
        return (reference, focus) if on_top else (focus, reference)

    @property
    def base_and_events(self) -> tuple[str, str]:
        """The measures of a likelihood: those it could happen to, and those it happened to."""
        return self.measures[0].name, self.measures[1].name


def rules_in(folder: Path) -> tuple[IndicatorRule, ...]:
    """The indicators of a folder's `indicators.yaml`. Raises ReferenceFileError for one that contradicts itself."""
    path = folder / "indicators.yaml"
    held = tables.document(path)
    groupings = {
        name: Grouping(name, *(groups[part] for part in ("noun", "reference", "focus", "unknown")))
        for source in (tables.document(tables.FOLDER / path.name), held)
        for name, groups in source.get("groupings", {}).items()
    }
    return tuple(_rule(entry, groupings, path) for entry in held["indicators"])


def _rule(entry: Mapping[str, Any], groupings: Mapping[str, Grouping], path: Path) -> IndicatorRule:
    number, fair, events = entry["number"], entry.get("fair_range"), entry.get("events")
    if entry["shape"] not in SHAPES or entry["grouping"] not in groupings:
        raise tables.ReferenceFileError(
            f"{path.name}: indicator {number}: shape {entry['shape']!r} is one of {', '.join(SHAPES)}, and grouping "
            f"{entry['grouping']!r} one of {', '.join(groupings)}"
        )
    grouping = groupings[entry["grouping"]]
    either = {grouping.direction(*grouping.compared), grouping.direction(*reversed(grouping.compared))}
    if entry["direction"] not in {"", *either}:
        raise tables.ReferenceFileError(
            f"{path.name}: indicator {number}: direction {entry['direction']!r} is one of {', '.join(sorted(either))}"
        )
    return IndicatorRule(
        number=number,
        title=entry["title"],
        short_title=entry.get("short_title", entry["title"]),
        standard=entry["standard"],
        shape=entry["shape"],
        grouping=grouping,
        wording=entry["wording"],
        numerator=entry["numerator"],
        denominator=entry["denominator"],
        measures=tuple(Measure(name, unit) for name, unit in entry["measures"].items()),
        broken_down_by=tuple(entry["broken_down_by"]),
        bands=tuple(entry.get("bands", ())),
        direction=entry["direction"],
        adverse=entry["adverse"],
        adverse_when=entry["adverse_when"],
        headline=Place(**entry["headline"]),
        fair_range=(Fraction(fair[0]), Fraction(fair[1])) if fair else None,
        margin=(float(entry["margin"][0]), float(entry["margin"][1])),
        margin_source=entry["margin_source"],
        extracts=tuple(entry["extracts"]),
        supplied_by=entry.get("supplied_by", ""),
        counted_from=tuple(entry["counted_from"]),
        counts=entry.get("counts", ""),
        basis_setting=entry.get("basis_setting", ""),
        survey_topic=entry.get("survey_topic", ""),
        events=Events(**events) if events else None,
        cells=entry.get("cells", {}),
        part_of=entry.get("part_of", {}),
        measure_words=entry.get("measure_words", {}),
        verdict_words={part: (words[0], words[1]) for part, words in entry["verdict_words"].items()},
        topic=entry["topic"],
        ask=entry.get("ask", ""),
        evidence=entry["evidence"],
        source=entry["source"],
    )


def folders() -> tuple[Path, ...]:
    """The folders of further indicators that `WRES_INDICATORS` names."""
    return tuple(Path(one) for one in os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep) if one)


REGISTRY: tuple[IndicatorRule, ...] = tuple(
    rule for folder in (tables.FOLDER, *folders()) for rule in rules_in(folder)
)
NUMBERS: tuple[str, ...] = tuple(rule.number for rule in REGISTRY)


def rule(number: str) -> IndicatorRule:
    """The registry's entry for `1`…`9` or `race_disparity`. Raises KeyError for any other."""
    for entry in REGISTRY:
        if entry.number == number:
            return entry
    raise KeyError(f"no indicator {number!r}; there are {', '.join(NUMBERS)}")


def of_shape(*shapes: str) -> tuple[str, ...]:
    """The numbers of the indicators of these shapes, in the registry's order."""
    return tuple(entry.number for entry in REGISTRY if entry.shape in shapes)


SURVEY: tuple[str, ...] = of_shape(SURVEY_PERCENTAGE)
"""Indicators of the staff survey."""
EXPERIENCED: tuple[str, ...] = tuple(number for number in SURVEY if rule(number).adverse == "higher")
"""Those of the survey that ask for what should not be experienced: less is better."""
LIKELIHOODS: tuple[str, ...] = of_shape(LIKELIHOOD_RATIO)
"""Indicators that are a relative likelihood."""
WORKFORCE, BOARD, DISPARITY = (
    of_shape(shape)[0] for shape in (HEADCOUNT_BY_BAND, DIFFERENCE_OF_SHARES, TIER_RATIO)
)
"""The indicator that holds the headcount of the workforce, the one of the board, and the race disparity ratios."""


def counting(table: str) -> tuple[tuple[str, str], ...]:
    """(number, measure) of every figure that counts the people of a table of disclosure control, in the registry's order."""
    return tuple(
        (entry.number, measure)
        for entry in REGISTRY
        for measure, name in entry.cells.items()
        if name == table
    )

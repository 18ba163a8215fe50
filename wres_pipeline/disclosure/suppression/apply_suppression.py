"""The figures as the public edition prints them, once it is decided which counts are withheld."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from wres_pipeline.disclosure import figure_cells
from wres_pipeline.disclosure.proof.cells import CellKey
from wres_pipeline.disclosure.rules.range_words import range_words
from wres_pipeline.indicators.figure import STATES, UNPLACED, WHOLE_BREAKDOWN, Figure

#: the public note of a figure withheld with all its breakdown, zeros too; every other withheld figure has
#: none
WHOLE_NOTE = "The whole breakdown is withheld, zeros as well."

DERIVED = "worked out from a withheld count"
BOUNDS = "its bounds are worked out from a withheld count"


@dataclass(frozen=True, slots=True)
class Decision:
    """Which counts are withheld, which of them fall with a whole breakdown, what range is told of them (in people), and which
    are of rows whose people are all of one ethnic group. cost, bound: as of `Choice`, over all blocks.
    """

    withheld: Mapping[CellKey, str]
    whole: frozenset[CellKey]
    told: Mapping[CellKey, tuple[Fraction, Fraction]] = field(default_factory=dict)
    one_group: frozenset[CellKey] = frozenset()
    cost: float = 0.0
    bound: float = 0.0

    def hides(self, key: CellKey) -> bool:
        """Whether the count is not printed."""
        return key in self.withheld


def withheld_figure(
    figure: Figure, *, whole: bool = False, said: tuple[Fraction, Fraction] | None = None
) -> Figure:
    """The figure with nothing left of it but its name, and the range that is said of it: every other withheld figure looks
    alike, whatever the reason.
    """
    low, high = (None, None) if said is None else (float(said[0]), float(said[1]))
    return replace(
        figure,
        numerator=None,
        denominator=None,
        value=None,
        state="withheld",
        interval_low=None,
        interval_high=None,
        bound_low=None,
        bound_high=None,
        verdict="",
        direction="",
        detectable=None,
        shown=STATES["withheld"] if said is None else range_words(*said, figure.unit),
        note=WHOLE_NOTE if whole else "",
        # that a total holds more than its parts is no count, and a reader who did not know it would add up wrongly
        flags=";".join(
            flag for flag, holds in ((UNPLACED, figure.has(UNPLACED)), (WHOLE_BREAKDOWN, whole)) if holds
        ),
        reason="",
        range_low=low,
        range_high=high,
    )


def printed(figure: Figure, decision: Decision) -> tuple[Figure, str, str]:
    """(the figure as printed, why it is withheld or "", why only its bounds are or "")."""
    if figure.state not in ("value", "zero", "not_calculable") or figure.indicator in figure_cells.SURVEY:
        return figure, "", ""
    if figure_cells.is_count(figure):
        key = figure_cells.key_of(figure)
        if decision.hides(key):
            bare = withheld_figure(figure, whole=key in decision.whole, said=decision.told.get(key))
            return bare, decision.withheld[key], ""
        return _without_hidden_bounds(figure, (*key[:-1], "Unknown"), decision)
    hidden = [key for key in figure_cells.needs(figure) if decision.hides(key)]
    if not hidden:
        if any(decision.hides(key) for key in figure_cells.verdict_needs(figure)):
            figure = without_verdict(figure)
        if any(decision.hides(key) for key in figure_cells.bounds_need(figure)):
            return _without_bounds(figure)
        return figure, "", ""
    if figure.state == "not_calculable" and not decision.one_group.intersection(hidden):
        # the reason follows from printed zeros, which it may name; everything else in the note rests on the counts
        bare = replace(
            withheld_figure(figure),
            state=figure.state,
            shown=figure.shown,
            note=figure.reason,
            reason=figure.reason,
        )
        return bare, "", BOUNDS if bare != figure else ""
    if (
        figure.unit == "percent"
        and figure.state == "zero"
        and not decision.hides(figure_cells.needs(figure)[0])
    ):
        bare = replace(withheld_figure(figure), state="zero", value=0, numerator=0, shown=figure.shown)
        return bare, "", BOUNDS
    whole = all(key in decision.whole for key in hidden)
    return withheld_figure(figure, whole=whole), DERIVED, ""


def _without_hidden_bounds(figure: Figure, unknown: CellKey, decision: Decision) -> tuple[Figure, str, str]:
    if figure.bound_high is None or not decision.hides(unknown):
        return figure, "", ""
    return _without_bounds(figure)


def _without_bounds(figure: Figure) -> tuple[Figure, str, str]:
    bare = without_bounds(figure)
    return bare, "", BOUNDS if bare != figure else ""


def without_bounds(figure: Figure) -> Figure:
    """The figure without what Unknown ethnicity leaves open; the words about it are made from the numbers."""
    return replace(figure, bound_low=None, bound_high=None)


def without_verdict(figure: Figure) -> Figure:
    """The figure without its verdict and what goes with it."""
    return replace(figure, verdict="", direction="", detectable=None)


def survey_without_bounds(figure: Figure) -> tuple[Figure, str, str]:
    """A survey figure whose bounds would give back what a few respondents of Unknown ethnicity answered."""
    return _without_bounds(figure)

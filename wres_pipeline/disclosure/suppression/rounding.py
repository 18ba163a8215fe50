"""The alternative rule: small counts withheld, every other count to the nearest five, the rest worked out
from those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from wres_pipeline.disclosure import figure_cells
from wres_pipeline.disclosure.proof.cells import CellKey
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.indicators.figure import Figure, shown_text, state_of
from wres_pipeline.statistics import intervals

NOTE = "Worked out from rounded counts."


def rounded(figure: Figure, counts: Mapping[CellKey, Fraction], policy: Policy) -> Figure:
    """A figure that is not withheld, from counts rounded to the policy's nearest.

    Percentages and ratios, and the intervals of both, are worked out anew. Bounds, and verdicts, which rest
    on exact counts, are left out. Survey figures and figures without a value stay.
    """
    if figure.state not in ("value", "zero") or figure.indicator in figure_cells.SURVEY:
        return figure
    if figure.unit == "percent" and figure.denominator is None:
        return figure  # a zero share of a withheld count
    if figure_cells.is_count(figure):
        if figure_cells.is_decided(figure_cells.key_of(figure), policy):
            return figure
        value = policy.rounded(Fraction(figure.value or 0))
        return replace(_bare(figure, value), note=figure.note)
    of = {
        key: counts[key] if figure_cells.is_decided(key, policy) else Fraction(policy.rounded(counts[key]))
        for key in figure_cells.needs(figure)
        if key in counts
    }
    value_or_none = _value(figure, list(figure_cells.needs(figure)), of)
    bare = _bare(figure, value_or_none)
    if figure.unit == "percent":
        top, bottom = (of.get(key) for key in figure_cells.needs(figure)[:2])
        low, high = intervals.wilson(int(top or 0), int(bottom or 0))
        bare = replace(
            bare,
            numerator=_plain(top),
            denominator=_plain(bottom),
            interval_low=None if low is None else 100 * low,
            interval_high=None if high is None else 100 * high,
        )
    elif figure.indicator in figure_cells.LIKELIHOODS and figure.unit == "ratio":
        pairs = _pairs(figure, of)
        low, high = intervals.koopman(*(tuple(map(int, pair)) for pair in pairs))  # type: ignore[arg-type]
        bare = replace(bare, interval_low=low, interval_high=high)
    return bare


def _bare(figure: Figure, value: int | Fraction | None) -> Figure:
    state = state_of(value)
    return replace(
        figure,
        numerator=None,
        denominator=None,
        value=value,
        state=state,
        interval_low=None,
        interval_high=None,
        bound_low=None,
        bound_high=None,
        verdict="",
        direction="",
        detectable=None,
        shown=shown_text(value, figure.unit, state),
        note=NOTE,
    )


def _value(figure: Figure, keys: list[CellKey], of: Mapping[CellKey, Fraction]) -> Fraction | None:
    if any(key not in of for key in keys):
        return None
    if figure.unit == "percent":
        return _share(of[keys[0]], of[keys[1]])
    if figure.unit == "percentage_points":
        board, staff = _share(of[keys[0]], of[keys[1]]), _share(of[keys[2]], of[keys[3]])
        return None if board is None or staff is None else board - staff
    if figure.measure in figure_cells.TIERS_OF:
        low_white, low_bme, high_white, high_bme = (of[key] for key in keys)
        white, bme = _share(high_white, low_white), _share(high_bme, low_bme)
        return white / bme if white is not None and bme else None
    (top, bottom) = _pairs(figure, of)
    above, below = _share(*top), _share(*bottom)
    return above / below if above is not None and below else None


def _pairs(
    figure: Figure, of: Mapping[CellKey, Fraction]
) -> tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]:
    """((happened, could) of the ratio's upper group, the same of its lower)."""
    white_done, white_all, bme_done, bme_all = (of[key] for key in figure_cells.needs(figure))
    white, bme = (white_done, white_all), (bme_done, bme_all)
    return figure_cells.on_top_first(figure, white, bme)


def _share(top: Fraction, bottom: Fraction) -> Fraction | None:
    return 100 * top / bottom if bottom else None


def _plain(number: Fraction | None) -> int | None:
    return None if number is None else int(number)

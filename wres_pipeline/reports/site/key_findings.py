"""What we found, in three to six sentences: proved as every sentence is, the worst first.

A sentence prints what figures print. Which comes first follows from the figures' fields: how strong the evidence is
(the verdict), whether the difference is to the disadvantage of BME people, and how large it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators
from wres_pipeline.reports.figure_set import FigureSet, is_number, printed_number
from wres_pipeline.reports.narrative_text import wordings
from wres_pipeline.reports.site.glance import groups_of, headline_of
from wres_pipeline.reports.site.narrative import RATIO_INDICATORS, SURVEY_INDICATORS

MOST, FEWEST = 6, 3
STRENGTH = ("clear difference", "likely difference", "cannot tell", "no difference that matters", "too few")
"""The verdicts' words, strongest first."""


@dataclass(frozen=True, slots=True)
class KeyFinding:
    """One finding: its sentence, the indicator it is of, and what it is ordered by."""

    number: str
    words: str
    strength: int
    adverse: float


def key_findings(figures: FigureSet) -> tuple[KeyFinding, ...]:
    """The findings of this year, worst first; the make-up of the workforce and the board stand at the head.

    Findings that say nothing of a difference are left out once there are `FEWEST`.
    """
    found = [_finding(number, figures) for number in indicators.NUMBERS if number != "1"]
    told = sorted((one for one in found if one), key=lambda one: (one.strength, -one.adverse))
    strong = [one for one in told if one.strength < 2]
    kept = strong[: MOST - 1] if len(strong) >= FEWEST else told[: max(FEWEST, len(strong))]
    return (*_make_up(figures), *kept)


def _make_up(figures: FigureSet) -> tuple[KeyFinding, ...]:
    staff = figures.get("1", "percentage", group="BME")
    if not _told(staff):
        return ()
    words = f"BME staff are {staff.shown} of the workforce"
    before = figures.get("1", "percentage", group="BME", year=figures.year - 1)
    if _told(before) and before.basis == staff.basis:
        words += f" ({before.shown} a year before)"
    return (KeyFinding("1", f"{words}.", -1, 0.0),)


def _finding(number: str, figures: FigureSet) -> KeyFinding | None:
    if number in RATIO_INDICATORS:
        return _ratio(number, figures)
    if number in SURVEY_INDICATORS:
        return _survey(number, figures)
    if number == "9":
        return _board(figures)
    return _disparity(figures)


def _ratio(number: str, figures: FigureSet) -> KeyFinding | None:
    ratio = headline_of(number, figures)
    if ratio is None or not (ratio.state == "value" or _in_a_range(ratio)):
        return None
    words = wordings()[number]
    top, bottom = ("White", "BME") if ratio.measure.endswith("white_over_bme") else ("BME", "White")
    said = f"{top} {words.people} were {ratio.shown} times as likely as {bottom} {words.people} to {words.to}"
    last = headline_of(number, figures, figures.year - 1)
    if last is not None and last.state == "value" and last.basis == ratio.basis:
        said += f" (a year before: {last.shown})"
    return KeyFinding(number, _judged(said, ratio), _strength(ratio), _log(ratio.value))


def _survey(number: str, figures: FigureSet) -> KeyFinding | None:
    white, bme = groups_of(number, figures)
    if white is None or bme is None or not (_told(white) and _told(bme)):
        return None
    said = f"{bme.shown} of BME staff and {white.shown} of White staff {wordings()[number].did}"
    adverse = _log(bme.value) - _log(white.value)
    if indicators.rule(number).adverse_when == "BME below White":
        adverse = -adverse
    return KeyFinding(number, _judged(said, bme), _strength(bme), adverse)


def _board(figures: FigureSet) -> KeyFinding | None:
    staff, board = groups_of("9", figures)
    gap = headline_of("9", figures)
    if staff is None or board is None or gap is None or not all(_told(f) for f in (staff, board, gap)):
        return None
    said = f"BME people are {board.shown} of the board and {staff.shown} of the workforce"
    return KeyFinding("9", _judged(said, gap), _strength(gap), _log(staff.value) - _log(board.value))


def _disparity(figures: FigureSet) -> KeyFinding | None:
    ratio = headline_of("race_disparity", figures)
    if ratio is None or not (ratio.state == "value" or _in_a_range(ratio)):
        return None
    said = (
        "For each member of staff in the lower pay bands, White staff have "
        f"{ratio.shown} times as many people in the upper bands as BME staff have"
    )
    return KeyFinding("race_disparity", _judged(said, ratio), _strength(ratio), _log(ratio.value))


def _in_a_range(figure: Figure) -> bool:
    """Whether a figure is withheld but a range of it may be said, which its printed text is."""
    return figure.state == "withheld" and figure.range_low is not None and figure.range_high is not None


def _told(figure: Figure) -> bool:
    """Whether the figure prints a number or a range of numbers."""
    return _in_a_range(figure) or (is_number(figure) and printed_number(figure.shown) is not None)


def _judged(said: str, figure: Figure) -> str:
    return f"{said}: {figure.verdict}." if figure.verdict else f"{said}."


def _strength(figure: Figure) -> int:
    if not figure.verdict:
        return len(STRENGTH) if _in_a_range(figure) else STRENGTH.index("likely difference")
    return next((n for n, words in enumerate(STRENGTH) if figure.verdict.startswith(words)), len(STRENGTH))


def _log(value: object) -> float:
    number = float(value) if value is not None else 0.0  # type: ignore[arg-type]
    return math.log(number) if number > 0 else -10.0

"""What the organisation's policy says about small numbers.

No national small-number rule for WRES head-counts was found, so threshold, method and width are the
organisation's [ours].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from wres_pipeline.disclosure.rules.stakes import BOARD, COMPOSITION, STAKES, SURVEY, THRESHOLDS
from wres_pipeline.reference.years import DisclosureDefault

METHODS = ("suppress", "round", "none")
#: what may be done with the board's counts
RELEASED, WITHHELD = "released", "withheld"
#: what may be done where all the people of a row are of one ethnic group
SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Policy:
    """The rule a public edition keeps.

    method: `suppress` prints true counts and withholds small ones; `round` withholds small ones and prints
        the rest to the nearest `nearest`, everything derived being worked out from the rounded counts.
    threshold_low, threshold_high: counts in this closed range are withheld; zero is always printed.
    width: the least distance between the smallest and the largest value that a reader can still think
        possible for a withheld count: 1 = "cannot be worked out exactly", 2 (the default) = three whole
        numbers remain possible.
    survey_minimum: a staff-survey percentage on fewer responses is withheld (the survey's own rule) [seen].
    board: `released`: counts of board members are printed whatever their size, because who they are is public;
        `withheld`: they are treated as every other count.
    composition, events, declaration: the highest count of that stake that is withheld, where it is not threshold_high;
        0: none of it is withheld for its size.
    zeros: of a row of indicator 1 whose people are all of one ethnic group: `shown`: its zeros are printed, as every zero
        is; `withheld`: the row's groups are not, so that nobody reads there what each of its people is.
    reasons: (stake, why it is treated so), as far as the body has written them down.
    decided_by, decided_on, because: the role that chose this rule, the day, and why; without them the year's default
        stands. Nothing may be printed without any protection (`none`) unless all three are recorded.
    Raises ValueError when a part of the rule contradicts another.
    """

    method: str = "suppress"
    threshold_low: int = 1
    threshold_high: int = 9
    width: int = 2
    survey_minimum: int = 11
    nearest: int = 5
    board: str = RELEASED
    composition: int | None = None
    events: int | None = None
    declaration: int | None = None
    zeros: str = SHOWN
    reasons: tuple[tuple[str, str], ...] = ()
    decided_by: str = ""
    decided_on: str = ""
    because: str = ""

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise ValueError(f"disclosure method {self.method!r} is not one of {', '.join(METHODS)}")
        if self.board not in (RELEASED, WITHHELD):
            raise ValueError(f"the board's counts are {RELEASED} or {WITHHELD}, not {self.board!r}")
        if self.method == "none" and not (self.decided_by and self.decided_on and self.because):
            raise ValueError(
                "to publish without disclosure control the decision has to be recorded: role, date and because"
            )
        if not 1 <= self.threshold_low <= self.threshold_high:
            raise ValueError(
                f"counts from {self.threshold_low} to {self.threshold_high} cannot be what is withheld: threshold must be {self.threshold_low} or more"
            )
        if not 1 <= self.width <= self.threshold_high - self.threshold_low:
            raise ValueError(
                f"width is {self.width}; where counts from {self.threshold_low} to {self.threshold_high} are withheld it "
                f"must be from 1 to {self.threshold_high - self.threshold_low}"
            )
        if self.zeros not in (SHOWN, WITHHELD):
            raise ValueError(f"the zeros of such rows are {SHOWN} or {WITHHELD}, not {self.zeros!r}")
        for stake in THRESHOLDS:
            self._check_threshold(stake)
        if self.nearest < 1 or self.survey_minimum < 1:
            raise ValueError("nearest and survey_minimum are whole numbers of 1 or more")
        if self.method == "round" and self.rounded(self.threshold_high + 1) == 0:
            raise ValueError("a count that is not withheld would be rounded to zero")

    def _check_threshold(self, stake: str) -> None:
        own = getattr(self, stake)
        if own is None:
            return
        if self.method == "none":
            raise ValueError(f"threshold is {own}, and the rule withholds no count: leave out one of the two")
        if own == 0:
            if self.method == "round":
                raise ValueError(
                    "threshold is 0; under a rule that rounds, counts of 1 and 2 would be printed as 0"
                )
            if not (self.decided_by and self.decided_on and dict(self.reasons).get(stake)):
                raise ValueError(
                    "threshold is 0, which withholds no count of it for its size: record the decision, with a because "
                    "here and with role, date and because of the whole rule"
                )
        elif own < self.threshold_low + self.width:
            raise ValueError(
                f"threshold is {own}; with a width of {self.width} it must be {self.threshold_low + self.width} or more, "
                "or 0 to withhold no count of it for its size"
            )

    @classmethod
    def rounding(cls, **changes: int) -> Policy:
        """The alternative rule: counts of 1–7 withheld, the rest to the nearest 5 [ours, after common
        practice].
        """
        return replace(cls(method="round", threshold_high=7), **changes)  # type: ignore[arg-type]

    @classmethod
    def chosen(
        cls,
        default: DisclosureDefault,
        *,
        method: str | None = None,
        threshold: int | None = None,
        width: int | None = None,
    ) -> Policy:
        """What the organisation chose, and the default of the year's rules where it chose nothing.

        Another method than the default's takes that method's own threshold and width. Raises ValueError for a choice
        that cannot be kept.
        """
        given: dict[str, Any] = {"method": method or default.method, "survey_minimum": default.survey_minimum}
        if given["method"] == default.method:
            given |= {
                "threshold_low": default.threshold_low,
                "threshold_high": default.threshold_high,
                "width": default.width,
            }
        if threshold is not None:
            given["threshold_high"] = threshold
        if width is not None:
            given["width"] = width
        return cls.of(given)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Policy:
        """The policy a settings table names; what it leaves out takes the method's default.

        Raises ValueError naming a setting that does not exist.
        """
        unknown = sorted(set(settings) - set(cls.__slots__))
        if unknown:
            raise ValueError(f"no such disclosure setting: {', '.join(unknown)}")
        return replace(cls.rounding(), **settings) if settings.get("method") == "round" else cls(**settings)

    @property
    def decided(self) -> bool:
        """Whether the body has chosen this rule itself."""
        return bool(self.decided_by)

    def threshold(self, stake: str) -> int:
        """The highest count that is withheld where this is at stake; 0 where none is."""
        if self.method == "none":
            return 0
        own = getattr(self, stake) if stake in THRESHOLDS else None
        return self.threshold_high if own is None else int(own)

    @property
    def highest(self) -> int:
        """The highest count that is withheld anywhere."""
        return max(map(self.threshold, ("", *THRESHOLDS)))

    def small(self, count: int | Fraction, stake: str = "") -> bool:
        """Whether a count (or a two-year average) is one the policy withholds: 0.5 and 9.5 are, 0 and 10 are
        not.
        """
        return self.method != "none" and self.threshold_low - 1 < count < self.threshold(stake) + 1

    def rounded(self, count: int | Fraction) -> int:
        """The count to the nearest `nearest`, halves up."""
        doubled = Fraction(count) * 2 + self.nearest
        return int(doubled // (2 * self.nearest)) * self.nearest

    def words(self) -> str:
        """The rule in a few sentences, for the public method note."""
        survey = f"Staff-survey results on fewer than {self.survey_minimum} responses are withheld."
        if self.method == "none":
            return f"No count is withheld. {survey} {self.decision()}"
        small = f"Counts from {self.threshold_low} to {self.threshold_high} are withheld"
        rest = (
            f", all other counts are rounded to the nearest {self.nearest} and everything else is worked out "
            "from them"
            if self.method == "round"
            else ""
        )
        board = (
            "Board members are counted in full, because their names are public. "
            if self.board == RELEASED
            else ""
        )
        return (
            f"{small}{rest}; further counts are withheld where a small one could be worked out from them. Where a value "
            f"is withheld, what a reader could work out anyway is said as a range{self._together()}. Intervals, bounds and verdicts are "
            f"withheld with the counts they rest on. {self._zeros()} {board}{survey} "
            f"{''.join(f'{one} ' for one in self.stakes_set())}{self.decision()}"
        ).strip()

    def _together(self) -> str:
        if self.method != "suppress":
            return ""
        return (
            ", several pay bands are said together, and a likelihood or ratio of indicators 2 to 4 for three to five years "
            "together, if those give no count away"
        )

    def _zeros(self) -> str:
        if self.zeros == SHOWN:
            return "Zeros are shown."
        return (
            "Zeros are shown, except in a row of indicator 1 whose people are all of one ethnic group: there no group is "
            "shown, so that the row does not say of each of its people what they are."
        )

    def stakes_set(self) -> list[str]:
        """What the body does otherwise where something else is at stake, and why: a sentence each, in the order of STAKES."""
        reasons = dict(self.reasons)
        said = []
        for stake, (where, _) in STAKES.items():
            if stake in reasons:
                said.append(
                    f"{stake.capitalize()} ({where}): {self.of_stake(stake)}, because: {reasons[stake].rstrip('.')}."
                )
        return said

    def of_stake(self, stake: str) -> str:
        """What is done with the counts of one stake."""
        if stake == SURVEY:
            return f"results on fewer than {self.survey_minimum} responses are withheld"
        if self.method == "none" or (stake == BOARD and self.board == RELEASED):
            return "every count is printed"
        if not self.threshold(stake):
            return "no count is withheld for its size"
        zeros = "" if stake != COMPOSITION or self.zeros == SHOWN else ", and rows of one ethnic group alone"
        return f"counts from {self.threshold_low} to {self.threshold(stake)} are withheld{zeros}"

    def decision(self) -> str:
        """Who chose the rule, when and why; "" where nobody has and the default stands."""
        if not self.decided:
            return ""
        return f"Decided by the {self.decided_by} on {self.decided_on}: {self.because.rstrip('.')}."

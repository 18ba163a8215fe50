"""What the organisation's policy says about small numbers.

No national small-number rule for WRES head-counts was found, so threshold, method and width are the
organisation's [ours].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from wres_pipeline.reference.years import DisclosureDefault

METHODS = ("suppress", "round", "none")
#: what may be done with the board's counts
RELEASED, WITHHELD = "released", "withheld"


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
        if self.nearest < 1 or self.survey_minimum < 1:
            raise ValueError("nearest and survey_minimum are whole numbers of 1 or more")
        if self.method == "round" and self.rounded(self.threshold_high + 1) == 0:
            raise ValueError("a count that is not withheld would be rounded to zero")

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

    def small(self, count: int | Fraction) -> bool:
        """Whether a count (or a two-year average) is one the policy withholds: 0.5 and 9.5 are, 0 and 10 are
        not.
        """
        return self.method != "none" and self.threshold_low - 1 < count < self.threshold_high + 1

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
            "is withheld, what a reader could work out anyway is said as a range. Intervals, bounds and verdicts are "
            f"withheld with the counts they rest on. Zeros are shown. {board}{survey} {self.decision()}"
        ).strip()

    def decision(self) -> str:
        """Who chose the rule, when and why; "" where nobody has and the default stands."""
        if not self.decided:
            return ""
        return f"Decided by the {self.decided_by} on {self.decided_on}: {self.because.rstrip('.')}."

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

METHODS = ("suppress", "round")


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
    Raises ValueError when a part of the rule contradicts another.
    """

    method: str = "suppress"
    threshold_low: int = 1
    threshold_high: int = 9
    width: int = 2
    survey_minimum: int = 11
    nearest: int = 5

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise ValueError(f"disclosure method {self.method!r} is not one of {', '.join(METHODS)}")
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
        base = cls.rounding() if settings.get("method") == "round" else cls()
        return replace(base, **settings)

    def small(self, count: int | Fraction) -> bool:
        """Whether a count (or a two-year average) is one the policy withholds: 0.5 and 9.5 are, 0 and 10 are
        not.
        """
        return self.threshold_low - 1 < count < self.threshold_high + 1

    def rounded(self, count: int | Fraction) -> int:
        """The count to the nearest `nearest`, halves up."""
        doubled = Fraction(count) * 2 + self.nearest
        return int(doubled // (2 * self.nearest)) * self.nearest

    def words(self) -> str:
        """The rule in one sentence, for the public method note."""
        small = f"Counts from {self.threshold_low} to {self.threshold_high} are withheld"
        rest = (
            f", all other counts are rounded to the nearest {self.nearest} and everything else is worked out "
            "from them"
            if self.method == "round"
            else ""
        )
        return (
            f"{small}{rest}; further counts are withheld where a small one could be worked out from them, "
            "and percentages, ratios, intervals, bounds and verdicts are withheld with the counts they rest "
            "on. Zeros are shown. Staff-survey results on fewer than "
            f"{self.survey_minimum} responses are withheld."
        )

"""What the lint says of a published page."""

from __future__ import annotations

from dataclasses import dataclass

RULES: dict[str, str] = {
    "ratio_as_percentage": "A ratio is printed as a percentage.",
    "ratio_does_not_follow": "A ratio does not follow from its counts or likelihoods.",
    "wrong_direction": "A ratio is the other way round than it says.",
    "swapped_groups": "White and BME are swapped between two places.",
    "percentage_does_not_follow": "A percentage does not follow from its counts.",
    "total_does_not_add": "A total is not the sum of its parts.",
    "wrong_sign": "A stated change or difference has the wrong sign.",
    "difference_does_not_follow": "A difference is not that of the two percentages beside it.",
    "change_does_not_follow": "A stated change does not follow from its two ends.",
    "two_values": "The same figure is printed with two values.",
    "range_does_not_hold": "A value is said to lie within a range that it does not lie in, or outside one that it does.",
    "bases_differ": "Two years are compared whose percentages are of different bases.",
    "wrong_indicator": "An indicator's number stands beside the words of another one.",
    "more_than_possible": "More were appointed than shortlisted, or shortlisted than applied.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake: the rule it breaks, where, what is printed and what was expected, in words.

    rule: a name of RULES. place: file, table or paragraph, row and column, as a reader would look for it.
    found, expected: as printed and as worked out; expected is "" where only the contradiction is known.
    """

    rule: str
    place: str
    found: str
    expected: str
    words: str

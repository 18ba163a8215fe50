"""Names of measures, clusters, bands and groups as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from wres_pipeline.reference import indicators
from wres_pipeline.reference.indicators import IndicatorRule
from wres_pipeline.render.text import listed

UNITS = {
    "people": "people",
    "percent": "percent",
    "ratio": "ratio",
    "percentage_points": "percentage points",
    "": "none",
}

GROUPED_BY = {rule.grouping.name: rule.grouping.noun for rule in indicators.REGISTRY}
"""Grouping → what it groups people by, in words: 'ethnic group'."""

CLUSTERS = {
    "": "Whole workforce",
    "non_clinical": "Non-clinical",
    "clinical": "Clinical",
    "medical_and_dental": "Medical and dental",
}


def _measure_words(rule: IndicatorRule, measure: str) -> str:
    across = " ÷ ".join(rule.above_and_below)
    if measure == rule.ratio:
        return f"Relative likelihood, {across}"
    words = measure.replace("_", " ")
    return f"{words[0].upper()}{words[1:]}{f', {across}' if rule.shape == indicators.TIER_RATIO else ''}"


MEASURES = {
    measure.name: rule.measure_words.get(measure.name) or _measure_words(rule, measure.name)
    for rule in indicators.REGISTRY
    for measure in rule.measures
}

BOARD = {
    "board": "Whole board",
    "voting": "Voting members",
    "non_voting": "Non-voting members",
    "executive": "Executive members",
    "non_executive": "Non-executive members",
    "workforce": "Workforce",
}

GROUP_WORDS = {"": "All groups", "White": "White", "BME": "BME", "Unknown": "Unknown"}


def band_words(band: str) -> str:
    """'Band 8a', 'Voting members', 'All bands'."""
    return BOARD.get(band, band) or "All bands"


def group_words(group: str) -> str:
    """'White', 'BME', 'Unknown'; 'All groups' where there is no group."""
    return GROUP_WORDS.get(group, group)


def indicators_named(numbers: Sequence[str]) -> str:
    """'Indicator 3', 'Indicators 1 and 9, race disparity ratios'; '' for none."""
    plain = [number for number in numbers if indicators.rule(number).numbered]
    words = []
    if plain:
        words.append(("Indicator " if len(plain) == 1 else "Indicators ") + listed(plain))
    for name in (indicators.rule(number).name for number in numbers if number not in plain):
        words.append(f"{name[0].lower()}{name[1:]}" if words else name)
    return ", ".join(words)


def indicator_named(number: str) -> str:
    """'Indicator 3', 'Race disparity ratios'."""
    return indicators_named((number,))

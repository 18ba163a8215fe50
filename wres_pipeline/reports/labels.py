"""Names of measures, clusters, bands and groups as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from wres_pipeline.render.text import listed

UNITS = {
    "people": "people",
    "percent": "percent",
    "ratio": "ratio",
    "percentage_points": "percentage points",
    "": "none",
}

CLUSTERS = {
    "": "Whole workforce",
    "non_clinical": "Non-clinical",
    "clinical": "Clinical",
    "medical_and_dental": "Medical and dental",
}

MEASURES = {
    "headcount": "Headcount",
    "percentage": "Percentage",
    "shortlisted": "Shortlisted",
    "appointed": "Appointed",
    "likelihood": "Likelihood",
    "workforce": "Workforce",
    "entered_disciplinary": "Entered the formal disciplinary process",
    "accessed_training": "Accessed non-mandatory training and CPD",
    "relative_likelihood_white_over_bme": "Relative likelihood, White ÷ BME",
    "relative_likelihood_bme_over_white": "Relative likelihood, BME ÷ White",
    "difference_from_workforce": "Difference from the workforce",
    "lower_to_middle": "Lower to middle, White ÷ BME",
    "middle_to_upper": "Middle to upper, White ÷ BME",
    "lower_to_upper": "Lower to upper, White ÷ BME",
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
    plain = [number for number in numbers if number != "race_disparity"]
    words = []
    if plain:
        words.append(("Indicator " if len(plain) == 1 else "Indicators ") + listed(plain))
    if len(plain) < len(numbers):
        words.append("race disparity ratios" if words else "Race disparity ratios")
    return ", ".join(words)


def indicator_named(number: str) -> str:
    """'Indicator 3', 'Race disparity ratios'."""
    return indicators_named((number,))

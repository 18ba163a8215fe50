"""How often each word of a verdict falls on fair and on unfair organisations like this one.

`verdict_rates.csv` is written by `python -m evidence.verdicts`: one row is a size, a share of BME staff, the
indicator with a true difference (blank in a fair return), a situation and a word, with the percentage of simulated returns. The method note prints the rows nearest to an
organisation.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log

from wres_pipeline.indicators.counts import Groups
from wres_pipeline.reference import indicators
from wres_pipeline.statistics.verdict_rule import CLEAR, LIKELY

FALSE_ALARM = "clear difference anywhere in a fair return"
LIKELY_BY_CHANCE = "likely or clear difference among the nine headline figures of a fair return"
FAIR_HEADLINE = "a headline figure of a fair body"
#: of a difference that is there: stated, but in the other direction
WRONG_WAY = "stated the wrong way"


@dataclass(frozen=True, slots=True)
class Rate:
    """In `percent` of `returns` simulated returns, with `staff` people, `bme_percent` BME: `word` in `situation`; `indicator` is the one
    that truly differs, blank where nothing does."""

    staff: int
    bme_percent: int
    indicator: str
    situation: str
    word: str
    percent: float
    returns: int


@cache
def rates() -> tuple[Rate, ...]:
    """Every simulated rate, in the order of the file."""
    text = files(__package__).joinpath("verdict_rates.csv").read_text(encoding="utf-8")
    return tuple(
        Rate(
            int(row["staff"]),
            int(row["bme_percent"]),
            row["indicator"],
            row["situation"],
            row["word"],
            float(row["percent"]),
            int(row["returns"]),
        )
        for row in csv.DictReader(text.splitlines())
    )


def nearest(workforce: Groups) -> list[Rate]:
    """The rates simulated for the size and the share of BME staff nearest to a workforce, as ratios."""
    staff = max(1, workforce.total)
    share = 100 * max(0.5, workforce.bme) / staff
    size = min({r.staff for r in rates()}, key=lambda n: (abs(log(n / staff)), n))
    percent = min({r.bme_percent for r in rates()}, key=lambda n: (abs(log(n / share)), n))
    return [r for r in rates() if (r.staff, r.bme_percent) == (size, percent)]


def method_note(workforce: Groups) -> list[str]:
    """Sentences for the method note: what the rule's verdicts can and cannot find at about this size."""
    found = nearest(workforce)
    of = {(rate.situation, rate.word): rate for rate in found}
    alarm, chance = of[FALSE_ALARM, CLEAR], of[LIKELY_BY_CHANCE, LIKELY]
    differences = [
        f"{_named(number, name)}: clear in {of[name, CLEAR].percent:.0f}, likely in {of[name, LIKELY].percent:.0f}"
        for number, name in dict.fromkeys((rate.indicator, rate.situation) for rate in found)
        if number
    ]
    return [
        f"Error rate of the verdicts: of {alarm.returns:,} simulated returns of an organisation of about "
        f"this size ({alarm.staff:,} staff, {alarm.bme_percent}% BME) that treats everybody alike, "
        f"{alarm.percent:.1f} in 100 had a clear difference stated anywhere. A likely difference is weaker: by chance "
        f"alone {chance.percent:.0f} in 100 had at least one among the nine main comparisons.",
        "What the verdicts can find at this size, in how many returns of 100 the difference is stated: "
        + "; ".join(differences)
        + ". In the others the word is cannot tell or too few.",
    ]


def _named(number: str, situation: str) -> str:
    return f"indicator {number}, {situation}" if indicators.rule(number).numbered else situation

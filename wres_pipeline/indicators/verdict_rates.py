"""How often the verdict rule raises a false alarm, and finds a difference, at organisations like this one.

`verdict_rates.csv` is written by `python -m evidence.verdicts`: one row is a size, a share of BME staff and a
situation, with the percentage of simulated returns. The method note prints the rows nearest to an
organisation.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log

from wres_pipeline.indicators.counts import Groups

FALSE_ALARM = "false alarm anywhere in a return"
#: what the situations with a true difference begin with
DIFFERENCES = ("2:", "3:", "4:", "7:", "8:", "race disparity")


@dataclass(frozen=True, slots=True)
class Rate:
    """In `percent` of `returns` simulated returns, with `staff` people, `bme_percent` BME: `situation`."""

    staff: int
    bme_percent: int
    situation: str
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
            row["situation"],
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
    alarm = next(rate for rate in found if rate.situation == FALSE_ALARM)
    differences = [
        f"{_named(r.situation)}: {r.percent:.0f}" for r in found if r.situation.startswith(DIFFERENCES)
    ]
    return [
        f"Error rate of the verdicts: of {alarm.returns:,} simulated returns of an organisation of about "
        f"this size ({alarm.staff:,} staff, {alarm.bme_percent}% BME) that treats everybody alike, "
        f"{alarm.percent:.1f} in 100 had any difference stated at all.",
        "What the verdicts can find at this size, in how many returns of 100 the difference is stated: "
        + "; ".join(differences)
        + ".",
    ]


def _named(situation: str) -> str:
    number, colon, what = situation.partition(": ")
    return f"indicator {number}, {what}" if colon and number.isdigit() else situation

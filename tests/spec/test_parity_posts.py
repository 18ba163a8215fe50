"""Posts and seats needed for the residents' share, as a table; Cornwall and the Isles of Scilly are
18,226 of 572,360.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from wres_pipeline.commissioner.population import ABOVE, BELOW, DEPENDS, SAME, parity, verdict

PARITY = [
    # BME, people, BME residents, residents, expected share of them, needed, more
    (1, 14, 18_226, 572_360, "0.4", 1, 0),  # 14 × 3.18% = 0.45 seats: one seat is the least that reaches it
    (0, 14, 18_226, 572_360, "0.4", 1, 1),
    (5, 310, 18_226, 572_360, "9.9", 10, 5),
    (0, 0, 18_226, 572_360, "0.0", 0, 0),
    (2, 10, 20, 100, "2.0", 2, 0),  # exactly at parity
    (1, 10, 21, 100, "2.1", 3, 2),  # 2.1 of 10: two would be below the residents' share
    (7, 10, 20, 100, "2.0", 2, 0),  # above parity: no more are needed
    (3, 20, 0, 100, "0.0", 0, 0),
]


@pytest.mark.parametrize(
    ("bme", "people", "residents_bme", "residents", "expected", "needed", "more"), PARITY
)
def test_people_needed_for_parity(
    bme: int, people: int, residents_bme: int, residents: int, expected: str, needed: int, more: int
) -> None:
    found = parity(bme, people, residents_bme, residents)
    assert (f"{float(found.expected):.1f}", found.needed, found.more) == (expected, needed, more)


def test_parity_needs_residents() -> None:
    with pytest.raises(ValueError, match="residents"):
        parity(1, 10, 0, 0)


# Wilson's 95% intervals: 5 of 310 is 0.7–3.7%, 2 of 400 is 0.1–1.8%, 60 of 300 is 15.9–24.9%; 12 of 400 is 1.7–5.2%
VERDICTS = [
    # White, BME, Unknown, residents' share, verdict
    (275, 5, 30, Fraction(18_226, 572_360), SAME),
    (398, 2, 0, Fraction(18_226, 572_360), BELOW),
    (
        388,
        2,
        10,
        Fraction(18_226, 572_360),
        DEPENDS,
    ),  # were the ten of Unknown BME, 12 of 400 could be the share
    (240, 60, 0, Fraction(18_226, 572_360), ABOVE),
]


@pytest.mark.parametrize(("white", "bme", "unknown", "share", "expected"), VERDICTS)
def test_below_is_said_only_when_unknown_ethnicity_could_not_undo_it(
    white: int, bme: int, unknown: int, share: Fraction, expected: str
) -> None:
    assert verdict({"White": white, "BME": bme, "Unknown": unknown}, share) == expected

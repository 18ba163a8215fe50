"""The simulated error rates that the method note prints, and what they were simulated on."""

from __future__ import annotations

import numpy as np

from evidence import verdicts as simulation
from wres_pipeline.indicators.computation import without_verdicts
from wres_pipeline.indicators.counts import (
    GROUPS,
    Answers,
    Board,
    Discipline,
    Groups,
    OrganisationCounts,
    Recruitment,
    Survey,
    Training,
    Workforce,
)
from wres_pipeline.indicators.verdict_rates import FALSE_ALARM, method_note, nearest, rates
from wres_pipeline.reference import years


def test_the_simulation_makes_the_comparisons_that_a_return_makes():
    some = Groups(50, 20, 3)
    answers = {(number, group): Answers(5, 20) for number in "5678" for group in GROUPS}
    counts = OrganisationCounts(
        "XTR",
        2021,
        Workforce({("clinical", "Band 5"): some}),
        Recruitment(some, some),
        Discipline(some, some),
        Training(some),
        Survey(2020, answers),
        Board({"board": some}),
    )
    _, ours = without_verdicts(counts, years.load(2021))
    theirs = simulation.comparisons(np.random.default_rng(1), 300, 0.1, simulation.FAIR)
    assert len(theirs) == len(ours)
    plain = [
        sorted(
            (c.key[2], c.key[3] * (c.key[2] in ("1", "race_disparity")), *c.key[4:6], c.family) for c in made
        )
        for made in (ours, theirs)
    ]
    assert plain[0] == plain[1]


def test_no_size_simulated_raises_false_alarms_in_more_than_5_returns_of_100():
    alarms = [rate for rate in rates() if rate.situation == FALSE_ALARM]
    assert {rate.staff for rate in alarms} >= {300, 20000}
    assert {rate.bme_percent for rate in alarms} >= {2, 40}
    assert all(rate.percent <= 5.0 and rate.returns >= 1000 for rate in alarms)


def test_the_nearest_size_is_nearest_as_a_ratio():
    found = nearest(Groups(2200, 700, 100))
    assert {(rate.staff, rate.bme_percent) for rate in found} == {(3000, 25)}
    assert {(rate.staff, rate.bme_percent) for rate in nearest(Groups(0, 0, 0))} == {(300, 40)}
    assert {(rate.staff, rate.bme_percent) for rate in nearest(Groups(295, 0, 5))} == {(300, 2)}


def test_the_method_note_says_how_often_the_verdicts_are_wrong_and_what_they_can_find():
    first, second = method_note(Groups(2200, 700, 100))
    assert "3,000 staff, 25% BME" in first and "had any difference stated at all" in first
    assert "BME staff twice as likely to enter a disciplinary" in second

"""The simulated error rates that the method note prints, and what they were simulated on."""

from __future__ import annotations

import numpy as np
import pytest

from evidence import verdicts as simulation
from wres_pipeline.indicators.computation import without_verdicts
from wres_pipeline.indicators.counts import (
    GROUPS,
    Answers,
    Board,
    Discipline,
    Groups,
    Happened,
    OrganisationCounts,
    Recruitment,
    Survey,
    Workforce,
)
from wres_pipeline.indicators.verdicts import FAIR_HEADLINE, FALSE_ALARM, method_note, nearest, rates
from wres_pipeline.reference import years
from wres_pipeline.statistics.verdict_rule import WORDS


def test_the_simulation_makes_the_comparisons_that_a_return_makes():
    some = Groups(50, 20, 3)
    answers = {(number, group): Answers(5, 20) for number in "5678" for group in GROUPS}
    counts = OrganisationCounts(
        "XTR",
        2021,
        Workforce({("clinical", "Band 5"): some}),
        Recruitment(some, some),
        Discipline(some, some),
        Happened(some),
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
    assert {(rate.staff, rate.bme_percent) for rate in nearest(Groups(0, 0, 0))} == {(100, 40)}
    assert {(rate.staff, rate.bme_percent) for rate in nearest(Groups(295, 0, 5))} == {(300, 2)}


def test_the_method_note_says_how_often_the_verdicts_are_wrong_and_what_they_can_find():
    first, second = method_note(Groups(2200, 700, 100))
    assert "3,000 staff, 25% BME" in first and "had a clear difference stated anywhere" in first
    assert "A likely difference is weaker" in first
    assert "BME staff twice as likely to enter a disciplinary: clear in " in second


def test_each_word_of_a_headline_figure_of_a_fair_body_is_rare_where_it_would_be_wrong():
    of = {(r.staff, r.bme_percent, r.situation, r.word): r.percent for r in rates()}
    for staff, percent in {(r.staff, r.bme_percent) for r in rates()}:
        assert of[staff, percent, FAIR_HEADLINE, "clear difference"] < 1
        assert of[staff, percent, FAIR_HEADLINE, "likely difference"] < 6
        assert sum(of[staff, percent, FAIR_HEADLINE, word] for word in WORDS) == pytest.approx(100, abs=0.3)


def test_no_difference_that_matters_is_hardly_ever_said_of_one_that_is_there():
    wrong = [
        r for r in rates() if r.indicator in ("3", "8") or r.situation.startswith("White applicants 1.5")
    ]
    assert all(r.percent <= 1.0 for r in wrong if r.word == "no difference that matters")

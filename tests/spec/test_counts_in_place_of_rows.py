"""Counts that were typed or printed give the figures that rows would have given; where both are there they are compared."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from evidence.counts_as_input import differing
from tests.core_rows import CoreRows
from wres_pipeline.indicators import compute, typed_counts
from wres_pipeline.indicators.counts import Board, Groups, OrganisationCounts
from wres_pipeline.quality import counting_findings
from wres_pipeline.reference import years

BODIES_IN_THE_SUITE = 24


def test_the_return_from_counts_is_the_return_from_rows_states_and_intervals_included():
    for seed in range(BODIES_IN_THE_SUITE):
        assert differing(seed) == [], seed


FORM = [
    ("1", "headcount", "clinical", "Band 5", (60, 30, 6)), ("1", "headcount", "clinical", "Band 7", (40, 10, 4)),
    ("2", "shortlisted", "", "", (50, 20, 10)), ("2", "appointed", "", "", (30, 12, 5)),
    ("3", "workforce", "", "", (100, 40, 10)), ("3", "entered_disciplinary", "", "", (3, 2, 1)),
    ("4", "workforce", "", "", (100, 40, 10)), ("4", "accessed_training", "", "", (50, 20, 5)),
    ("9", "headcount", "", "board", (9, 1, 2)), ("9", "headcount", "", "voting", (7, 1, 0)),
    ("9", "headcount", "", "non_voting", (2, 0, 2)),
]  # fmt: skip


def form(**changed: tuple[int, int, int]) -> dict[typed_counts.Cell, Fraction]:
    return {
        (indicator, measure, cluster, band, group): Fraction(n)
        for indicator, measure, cluster, band, people in FORM
        for group, n in zip(("White", "BME", "Unknown"), changed.get(band or measure, people), strict=True)
    }


def test_a_form_of_counts_alone_gives_a_whole_return():
    rules = years.load(2021)
    figures = compute(typed_counts.filled(OrganisationCounts("XTR", 2021), form(), rules, ("typed",)), rules)
    shown = {(f.indicator, f.measure, f.band, f.ethnic_group): f.shown for f in figures if not f.cluster}
    assert shown["2", "relative_likelihood_white_over_bme", "", ""] == "1.00"
    assert shown["3", "relative_likelihood_bme_over_white", "", ""] == "1.67"
    assert shown["9", "difference_from_workforce", "board", "BME"] == "-18.3 percentage points"
    assert shown["1", "percentage", "", "BME"] == "26.7%"


def test_a_body_that_knows_only_the_total_of_its_staff_has_no_bands_and_says_so():
    rules = years.load(2021)
    typed = {cell: n for cell, n in form().items() if cell[0] == "3"}
    figures = compute(typed_counts.filled(OrganisationCounts("XTR", 2021), typed, rules, ("typed",)), rules)
    found = {f.key[2:]: f for f in figures}
    assert found["1", "headcount", "", "", "BME"].shown == "40"
    assert found["1", "headcount", "clinical", "Band 5", "BME"].state == "not_collected"
    assert found["race_disparity", "lower_to_upper", "", "", ""].state == "not_collected"
    assert found["3", "relative_likelihood_bme_over_white", "", "", ""].shown == "1.67"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, []),
        ({"appointed": (30, 21, 5)}, ["more BME applicants appointed than shortlisted: 21 and 20"]),
        ({"accessed_training": (101, 20, 5)}, ["more White staff with training than staff: 101 and 100"]),
        ({"voting": (7, 2, 0)}, ["BME voting and non-voting board members are 2 and 0, the board 1"]),
        (
            {"Band 5": (60, 31, 6)},
            ["the BME workforce has several values: of indicator 3 40, of indicator 4 40, by bands 41"],
        ),
    ],
)
def test_typed_counts_that_contradict_each_other_are_found(changed, said):
    assert typed_counts.contradictions(form(**changed)) == said


def test_counts_beside_rows_are_compared_cell_by_cell_and_rows_win():
    rules = years.load(2021)
    rows = OrganisationCounts("XTR", 2021, board=Board({"board": Groups(9, 2, 2), "voting": Groups(7, 1, 0)}))
    both = typed_counts.filled(rows, form(), rules, ("typed",))
    assert both.board == rows.board and both.recruitment is not None
    found = typed_counts.differences(form(), compute(both, rules))
    assert [(one.cell[3:], one.typed, one.from_rows) for one in found] == [
        (("board", "BME"), 1, 2),
        (("non_voting", "White"), 2, 0),
        (("non_voting", "Unknown"), 2, 0),
    ]


def test_contradictions_and_differences_are_findings_and_name_the_cell(rows):
    rows.member("BME")
    for cell, people in form(appointed=(30, 21, 5)).items():
        rows.typed_count(cell, people)
    found = counting_findings.find(rows.con, ["XTR"], years.load(2021))
    said = [(one.code, one.what) for one in found]
    assert ("counts_contradict", "The typed counts contradict each other: more BME applicants appointed than shortlisted: "
            "21 and 20.") in said  # fmt: skip
    assert (
        "counts_differ_from_rows",
        "indicator 9, headcount, board, White: 9 in the typed counts, 0 from rows.",
    ) in said


def test_counts_put_right_by_form_and_rows_are_no_longer_told(rows):
    rows.member("BME")  # the board by rows: no White member, one BME
    board = zip(("White", "BME", "Unknown"), (0, 1, 0), strict=True)
    typed = {cell: people for cell, people in form().items() if cell[0] != "9"}
    typed |= {("9", "headcount", "", "board", group): Fraction(n) for group, n in board}
    for cell, people in typed.items():
        rows.typed_count(cell, people)
    codes = {one.code for one in counting_findings.find(rows.con, ["XTR"], years.load(2021))}
    assert codes.isdisjoint({"counts_contradict", "counts_differ_from_rows"})


def test_a_late_extract_and_a_survey_without_dont_know_are_findings(rows):
    rows.applications("White", 3, appointed=True, as_at=date(2022, 9, 15), on=date(2021, 9, 1))
    rows.respondents("White", {"Q15": "1"}, 6, survey_year=2021)
    rows.respondents("White", {"Q15": "2"}, 4, survey_year=2021)
    found = counting_findings.find(rows.con, ["XTR"], years.load(2022))
    assert [one.code for one in found] == ["extract_after_the_day", "no_dont_know"]
    rows.respondents("White", {"Q15": "9"}, 1, survey_year=2021)
    assert [one.code for one in counting_findings.find(rows.con, ["XTR"], years.load(2022))] == [
        "extract_after_the_day"
    ]


@pytest.fixture
def rows():
    made = CoreRows()
    yield made
    made.close()


@pytest.mark.parametrize("measure", ["shortlisted", "appointed", "entered_disciplinary", "board"])
def test_a_count_that_is_withheld_beside_others_is_not_nobody(rows, measure):
    """`<5` BME appointed beside 30 White is not 0 of 20: nothing is made from it, and it is told."""
    typed = {
        cell: n for cell, n in form().items() if not (cell[4] == "BME" and measure in (cell[1], cell[3]))
    }
    counts = typed_counts.filled(OrganisationCounts("XTR", 2021), typed, years.load(2021), ("typed",))
    part = {"shortlisted": "recruitment", "appointed": "recruitment", "entered_disciplinary": "discipline"}
    assert getattr(counts, part.get(measure, "board")) is None or (
        measure == "board" and "board" not in counts.board.members
    )
    for cell, people in typed.items():
        rows.typed_count(cell, people)
    found = counting_findings.find(rows.con, ["XTR"], years.load(2021))
    assert [one.severity for one in found if one.code == "counts_not_whole" and "BME" in one.what] == [
        "look_at"
    ]


def test_more_appointed_than_shortlisted_gives_no_likelihood_above_one():
    counts = typed_counts.filled(
        OrganisationCounts("XTR", 2021), form(appointed=(51, 12, 5)), years.load(2021), ("typed",)
    )
    assert counts.recruitment is None


def test_a_whole_form_has_nothing_missing():
    assert typed_counts.incomplete(form()) == []

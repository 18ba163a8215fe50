"""Laws every set of figures keeps, whatever the counts."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from wres_pipeline.indicators import compute
from wres_pipeline.indicators.counts import (
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
from wres_pipeline.reference import years
from wres_pipeline.reference.codes import pay_bands

PLACES = [(cluster, band) for cluster, bands in pay_bands.BANDS_BY_CLUSTER.items() for band in bands]
SMALL = st.builds(Groups, st.integers(0, 40), st.integers(0, 12), st.integers(0, 5))


def _within(people: Groups) -> st.SearchStrategy[Groups]:
    return st.builds(Groups, *(st.integers(0, most) for most in people))


@st.composite
def organisations(draw: st.DrawFn) -> OrganisationCounts:
    workforce = Workforce(draw(st.dictionaries(st.sampled_from(PLACES), SMALL, max_size=8)))
    shortlisted = draw(SMALL)
    answers = {
        (number, group): Answers(draw(st.integers(0, 9)), draw(st.integers(0, 30)), draw(st.integers(0, 3)))
        for number in "5678"
        for group in ("White", "BME", "Unknown")
    }
    return OrganisationCounts(
        "XTR",
        2021,
        workforce,
        Recruitment(shortlisted, draw(_within(shortlisted))),
        Discipline(draw(_within(workforce.total)), Groups()),
        Happened(draw(_within(workforce.total))),
        Survey(2020, answers),
        Board({"board": draw(SMALL), "voting": draw(SMALL)}),
    )


def turned(people: Groups) -> Groups:
    return Groups(people.bme, people.white, people.unknown)


def exchanged(counts: OrganisationCounts) -> OrganisationCounts:
    """The same organisation with White and BME called by each other's name."""
    other = {"White": "BME", "BME": "White", "Unknown": "Unknown"}
    workforce, recruitment, survey = counts.workforce, counts.recruitment, counts.survey
    discipline, training, board = counts.discipline, counts.training, counts.board
    assert workforce and recruitment and survey and discipline and training and board
    return OrganisationCounts(
        "XTR",
        2021,
        Workforce({place: turned(people) for place, people in workforce.cells.items()}),
        Recruitment(turned(recruitment.shortlisted), turned(recruitment.appointed)),
        Discipline(turned(discipline.this_year), Groups()),
        Happened(turned(training.people)),
        Survey(2020, {(number, other[group]): a for (number, group), a in survey.answers.items()}),
        Board({part: turned(people) for part, people in board.members.items()}),
    )


LAWFUL = settings(max_examples=30, deadline=None, derandomize=True)


@LAWFUL
@given(organisations())
def test_calling_the_groups_by_each_others_name_turns_every_figure_round(counts):
    mine = {f.key: f for f in compute(counts, years.load(2021))}
    theirs = {f.key: f for f in compute(exchanged(counts), years.load(2021))}
    other = {"White": "BME", "BME": "White"}
    for key, figure in mine.items():
        twin = theirs[(*key[:6], other.get(key[6], key[6]))]
        if figure.unit != "ratio":
            assert (figure.value, figure.state) == (twin.value, twin.state)
        elif figure.value and twin.value:
            assert figure.value == 1 / Fraction(twin.value)
        else:
            assert figure.state != "value" or twin.state != "value"


@LAWFUL
@given(organisations())
def test_the_disparity_from_lower_to_upper_is_exactly_the_product_of_the_other_two(counts):
    found = {
        (f.cluster, f.measure): f.value
        for f in compute(counts, years.load(2021))
        if "disparity" in f.indicator
    }
    for cluster in ("clinical", "non_clinical", ""):
        first, second = found[cluster, "lower_to_middle"], found[cluster, "middle_to_upper"]
        if first is not None and second is not None:
            assert found[cluster, "lower_to_upper"] == first * second


@LAWFUL
@given(organisations())
def test_every_figure_has_a_value_exactly_in_the_states_that_have_one(counts):
    for figure in compute(counts, years.load(2021)):
        assert (figure.value is not None) == (figure.state in ("value", "zero"))
        assert (figure.state == "zero") == (figure.value == 0)
        assert figure.shown and "inf" not in figure.shown and "nan" not in figure.shown


@LAWFUL
@given(organisations())
def test_bands_sum_to_clusters_and_clusters_to_the_workforce(counts):
    found = {
        (f.cluster, f.band, f.ethnic_group): f.value
        for f in compute(counts, years.load(2021))
        if f.key[2:4] == ("1", "headcount")
    }
    for group in ("White", "BME", "Unknown", ""):
        totals = [found[cluster, "", group] for cluster in pay_bands.BANDS_BY_CLUSTER]
        assert sum(totals) == found["", "", group]
        for cluster, bands in pay_bands.BANDS_BY_CLUSTER.items():
            assert sum(found[cluster, band, group] for band in bands) == found[cluster, "", group]


@LAWFUL
@given(organisations())
def test_intervals_and_bounds_stand_round_their_values(counts):
    for figure in compute(counts, years.load(2021)):
        if figure.value is None:
            continue
        if figure.interval_low is not None:
            assert figure.interval_low <= float(figure.value) + 1e-9
        if figure.interval_high is not None:
            assert figure.interval_high >= float(figure.value) - 1e-9
        if figure.unit == "percent" and figure.bound_low is not None and figure.indicator in ("1", "9"):
            assert figure.bound_low <= float(figure.value) <= figure.bound_high


@LAWFUL
@given(organisations())
def test_nobody_of_unknown_ethnicity_leaves_nothing_open(counts):
    for figure in compute(counts, years.load(2021)):
        if (
            figure.bound_low is not None
            and figure.bound_low == figure.bound_high
            and figure.value is not None
        ):
            assert abs(float(figure.value) - figure.bound_low) < 1e-9

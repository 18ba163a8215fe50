"""Laws of changes, and their way into the table and back."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from wres_pipeline.indicators import store
from wres_pipeline.indicators.changes import KINDS, between
from wres_pipeline.indicators.counts import Discipline, Groups, OrganisationCounts, Workforce
from wres_pipeline.reference import years

PEOPLE = st.builds(Groups, st.integers(0, 300), st.integers(0, 60), st.integers(0, 10))
CASES = st.builds(Groups, st.integers(0, 12), st.integers(0, 6), st.integers(0, 2))
PLACES = st.sampled_from(
    [("clinical", "Band 5"), ("clinical", "Band 6"), ("non_clinical", "Band 8a"), ("non_clinical", "Band 3")]
)


@st.composite
def a_year(draw: st.DrawFn, year: int) -> OrganisationCounts:
    workforce = Workforce(draw(st.dictionaries(PLACES, PEOPLE, min_size=1)))
    return OrganisationCounts("XTR", year, workforce, discipline=Discipline(draw(CASES), draw(CASES)))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(a_year(2019), a_year(2020))
def test_the_parts_of_every_change_add_up_to_it_exactly(then, now):
    for change in between(then, now, years.load(2019), years.load(2020)):
        assert change.kind in KINDS
        if change.change is None:
            assert change.kind == "not comparable"
        else:
            assert change.value - change.earlier_value == change.change
            assert change.definition_part + change.population_part + change.remaining_part == change.change
        assert change.earlier_shown in change.words and change.shown in change.words


@settings(max_examples=20, deadline=None, derandomize=True)
@given(a_year(2021))
def test_a_year_beside_itself_has_no_real_change(same):
    for change in between(same, same, years.load(2021), years.load(2021)):
        assert change.change == 0 or change.change is None
        assert change.kind in ("chance", "not comparable")


def test_changes_go_into_the_table_and_come_back_and_a_second_run_changes_nothing(rows):
    for year, bme in ((2020, 20), (2021, 60)):
        rows.staff("White", 40, snapshot=date(year, 3, 31))
        rows.staff("BME", bme, snapshot=date(year, 3, 31))
    made = store.make_changes(rows.con, ["XTR", "X99"], 2021)
    assert made
    back = store.read_changes(rows.con, "XTR", 2021)
    assert [(c.key, c.kind, c.words, c.p) for c in back] == [(c.key, c.kind, c.words, c.p) for c in made]
    store.make_changes(rows.con, ["XTR", "X99"], 2021)
    assert store.read_changes(rows.con, "XTR", 2021) == back
    assert store.make_changes(rows.con, ["X99"], 2021) == []
    assert store.make_changes(rows.con, ["X99"], 2016) == []

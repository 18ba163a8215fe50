"""Recorded and declared, by every way of dividing the workforce; over-use of "any other"; codes; what moves
it most.
"""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from wres_pipeline.quality import declaration
from wres_pipeline.quality.figure import Place, QualityFigure

PLACE = Place("X01", date(2021, 3, 31))


def one(figures: list[QualityFigure], measure: str, state: str = "", value: str = "") -> QualityFigure:
    found = [
        f for f in figures if (f.measure, f.ethnicity_state, f.breakdown_value) == (measure, state, value)
    ]
    assert len(found) == 1
    return found[0]


def test_recorded_and_declared_are_two_rates_as_nhs_kernow_ought_to_have_said() -> None:
    # "100% reporting … 10.2% have chosen not to declare": 44 of 431
    made = declaration.figures(PLACE, {("", ""): {"declared": 387, "declined": 44}}, 0.95)
    assert one(made, "percentage", "recorded").shown == "100.0%"
    assert one(made, "percentage", "declared").shown == "89.8%"
    assert one(made, "percentage", "declined").shown == "10.2%"
    assert one(made, "headcount").shown == "431"
    assert one(made, "headcount", "unmapped").state == "zero"


def test_a_declared_percentage_is_judged_by_the_target() -> None:
    def verdict(declared: int, of: int) -> str:
        states = {"declared": declared, "not_recorded": of - declared}
        return one(declaration.figures(PLACE, {("", ""): states}, 0.95), "percentage", "declared").verdict

    assert verdict(95, 100) == "target met"
    assert verdict(94, 100) == "below target, but perhaps by chance"
    assert verdict(80, 100) == "below target"


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    st.dictionaries(
        st.sampled_from(["clinical", "non_clinical", "medical_and_dental", "not given"]),
        st.dictionaries(
            st.sampled_from(["declared", "declined", "not_recorded", "unmapped"]), st.integers(0, 50)
        ),
    )
)
def test_the_states_of_every_value_sum_to_its_people(parts: dict[str, dict[str, int]]) -> None:
    made = declaration.figures(PLACE, {("cluster", value): states for value, states in parts.items()}, 0.95)
    for value in parts:
        total = one(made, "headcount", "", value).value
        states = ("declared", "declined", "not_recorded", "unmapped")
        assert sum(one(made, "headcount", s, value).value or 0 for s in states) == total  # type: ignore[misc]
        recorded = one(made, "headcount", "recorded", value).value
        assert (
            recorded
            == one(made, "headcount", "declared", value).value
            + one(made, "headcount", "declined", value).value
        )  # type: ignore[operator]


def test_length_of_service_is_told_in_bands() -> None:
    years = [("0", {"declared": 1}), ("1", {"declared": 2}), ("4", {"declared": 3}), ("19", {"declared": 4}),
             ("20", {"declared": 5}), ("41", {"declared": 6}), ("-1", {"declared": 7}), ("not given", {"declined": 8})]  # fmt: skip
    found = declaration.service_bands(years)
    assert list(found) == [
        "under 1 year",
        "1 to 2 years",
        "2 to 5 years",
        "10 to 20 years",
        "20 years or more",
        "not given",
    ]
    assert found["under 1 year"] == {"declared": 8}
    assert found["20 years or more"] == {"declared": 11}


def test_the_groups_that_would_move_it_most_come_first_and_say_when_the_target_is_met() -> None:
    groups = [("Nursing", "North", 40, 6), ("Clerical", "South", 30, 4), ("Medical", "North", 10, 1)]
    made = declaration.movers(PLACE, groups, total=100, target=0.95)
    assert [f.shown for f in made] == [
        "6",
        "6.0 percentage points",
        "4",
        "4.0 percentage points",
        "1",
        "1.0 percentage points",
    ]
    assert made[0].note.endswith("the target would be met.")  # 89% + 6% = 95%


def test_any_other_is_judged_against_the_census() -> None:
    made = declaration.any_other(PLACE, {"H": 40, "L": 60, "A": 900, "C": 60, "M": 3, "P": 2})
    found = {f.breakdown_value: f for f in made}
    assert found["Asian"].verdict == "used more often than expected"  # 60 of 100, where the census has 17.6%
    assert found["White"].verdict == "no sign of over-use"
    assert found["Black"].verdict == "too few to say"
    assert found["Mixed"].shown == "not calculable"


def test_what_the_field_holds_other_than_a_category_is_counted_by_kind() -> None:
    made = declaration.codes(PLACE, {"unmapped": (3, 2), "legacy": (1, 1)}, 310)
    assert {f.measure: f.shown for f in made if f.value} == {"unmapped": "3", "legacy": "1"}
    assert one(made, "unmapped", "", "a text that no list knows").note == "2 different texts"

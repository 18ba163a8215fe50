"""A question is one series whatever its number, and every break in it is marked."""

from __future__ import annotations

from wres_pipeline.commissioner.history import (
    OwnResult,
    Point,
    figures,
    points,
    shown_together,
    telling,
    withheld_in_the_return,
)
from wres_pipeline.commissioner.provider_survey import SurveyResult
from wres_pipeline.indicators.figure import Figure


def own(
    year: int, question: str, percent: float, said: str = "", group: str = "", base: int | None = None
) -> OwnResult:
    return OwnResult("11N", year, question, group, percent, base, said)


def national(
    year: int,
    percent: float,
    code: str = "11N",
    weighting: str = "Occupation Group",
    topic: str = "harassment_public",
) -> SurveyResult:
    return SurveyResult(code, year, "A body", "CCGs", "-", weighting, topic, percent, 221)


def test_a_renumbered_question_is_one_series_and_printed_not_experienced_is_turned_round() -> None:
    found = points(
        [own(2019, "Q13a", 85, "not_experienced"), own(2020, "Q13a", 87, "not_experienced")],
        [national(2021, 11.3)],
        ["11N"],
    )
    assert [(one.survey_year, one.question, one.percent) for one in found] == [
        (2019, "Q13a", 15),
        (2020, "Q13a", 13),
        (2021, "Q14a", 11.3),
    ]
    assert [one.turned for one in found] == [True, True, False]


def test_a_break_stands_where_another_publication_begins() -> None:
    found = points([own(2020, "Q13a", 87, "not_experienced")], [national(2021, 11.3)], ["11N"])
    assert found[0].broken == ""
    assert found[1].broken == (
        "Up to 2020 the numbers come from the organisation's own publication, from 2021 on from the national results "
        "by organisation, weighted by occupation group."
    )


def test_a_break_stands_where_the_body_and_the_weighting_changed() -> None:
    found = points(
        [],
        [
            national(2021, 11.3),
            national(2022, 6.7, "QT6", "Unweighted"),
            national(2023, 10.8, "QT6", "Unweighted"),
        ],
        ["11N", "QT6"],
    )
    assert found[1].broken == "The body changed from 11N to QT6; the results are now not weighted."
    assert found[2].broken == ""


def test_a_break_stands_where_dont_know_came_into_the_base() -> None:
    found = points([own(2020, "Q14", 86, "yes"), own(2021, "Q15", 60, "yes")], [], ["11N"])
    assert "“don’t know” counts in the base" in found[1].broken


def test_a_year_without_a_result_breaks_the_series() -> None:
    found = points(
        [own(2017, "Q13a", 75, "not_experienced"), own(2019, "Q13a", 85, "not_experienced")], [], ["11N"]
    )
    assert found[1].broken == "There is no result between 2017 and 2019."


def test_a_year_the_body_printed_itself_is_taken_as_printed() -> None:
    found = points([own(2020, "Q13a", 87, "not_experienced")], [national(2020, 12.6)], ["11N"])
    assert [one.percent for one in found] == [13]


def test_groups_are_series_of_their_own() -> None:
    found = points(
        [own(2019, "Q13a", 20, "experienced", "White", 90), own(2019, "Q13a", 21, "experienced", "", 100)],
        [],
        ["11N"],
    )
    assert [(one.ethnic_group, one.broken) for one in found] == [("", ""), ("White", "")]


def _shown(series: list[Point]) -> list[Point]:
    return shown_together(series, telling(series))


def test_where_one_group_is_suppressed_all_staff_is_withheld_and_the_other_group_stays_as_in_the_return() -> (
    None
):
    """20% of 100 and 20% of 95 are 20 and 19 answers: one of the five is the rest."""
    rows = [
        own(2019, "Q13a", 20, "experienced", group, base)
        for group, base in (("", 100), ("White", 95), ("BME", 5))
    ]
    by_group = {one.ethnic_group: one for one in _shown(points(rows, [], ["11N"]))}
    assert (by_group["White"].percent, by_group["White"].base) == (20, 95)
    assert by_group["BME"].state == "suppressed_at_source"
    assert (by_group[""].state, by_group[""].percent, by_group[""].base) == ("withheld", None, None)


def test_all_staff_stays_where_no_group_is_shown_that_could_be_taken_from_it() -> None:
    rows = [own(2019, "Q13a", 20, "experienced", "", 100), own(2019, "Q13a", 20, "experienced", "BME", 5)]
    by_group = {one.ethnic_group: one for one in _shown(points(rows, [], ["11N"]))}
    assert (by_group[""].percent, by_group[""].base) == (20, 100)


def test_what_the_return_withholds_of_all_staff_the_history_withholds() -> None:
    """Indicator 6 is two questions: both of the survey of the autumn before."""
    of_the_return = [
        Figure("11N", 2020, "6", "percentage", unit="percent", state="withheld", shown="withheld"),
        Figure("11N", 2020, "5", "percentage", value=20, unit="percent", shown="20.0%"),
    ]
    hidden = withheld_in_the_return(of_the_return)
    assert {("harassment_managers", 2019), ("harassment_colleagues", 2019)} <= hidden
    assert {year for _, year in hidden} == {2019} and ("harassment_public", 2019) not in hidden
    rows = [own(2019, "Q13a", 20, "experienced", "", 100), own(2019, "Q13b", 20, "experienced", "", 100)]
    states = {one.topic: one.state for one in shown_together(points(rows, [], ["11N"]), hidden)}
    assert states == {"harassment_public": "value", "harassment_managers": "withheld"}


def test_whole_percentages_are_printed_whole_and_say_what_was_printed() -> None:
    (row,) = figures("11N", 2021, points([own(2020, "Q13a", 87, "not_experienced")], [], ["11N"]))
    assert (row.shown, row.note, row.about_year) == ("13%", "Printed as 87% who did not.", 2021)


def test_a_question_no_list_knows_is_no_point() -> None:
    assert points([own(2020, "Q99", 5)], [], ["11N"]) == []

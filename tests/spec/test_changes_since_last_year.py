"""What has changed since last year, and what it is put down to."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from wres_pipeline.indicators import compute
from wres_pipeline.indicators.changes import FigureChange, between, make_up_part, public, worth_saying
from wres_pipeline.indicators.counts import (
    Answers,
    Board,
    Discipline,
    Groups,
    OrganisationCounts,
    Recruitment,
    Survey,
    SurveyPercent,
    Workforce,
)
from wres_pipeline.reference import years
from wres_pipeline.reports import report_context

RATIO_2 = "relative_likelihood_white_over_bme"
RATIO_3 = "relative_likelihood_bme_over_white"


def organisation(year: int, **parts: object) -> OrganisationCounts:
    return OrganisationCounts("XTR", year, **parts)


def change(
    earlier: OrganisationCounts,
    later: OrganisationCounts,
    indicator: str,
    measure: str,
    group: str = "",
    band: str = "",
) -> FigureChange:
    found = between(earlier, later, years.load(earlier.reporting_year), years.load(later.reporting_year))
    (one,) = [
        c
        for c in found
        if (c.indicator, c.measure, c.cluster, c.band, c.ethnic_group)
        == (indicator, measure, "", band, group)
    ]
    return one


def staff(white: int, bme: int, unknown: int = 0) -> Workforce:
    return Workforce({("clinical", "Band 5"): Groups(white, bme, unknown)})


def shortlisting(white: tuple[int, int], bme: tuple[int, int]) -> Recruitment:
    return Recruitment(Groups(white[1], bme[1], 0), Groups(white[0], bme[0], 0))


@pytest.mark.parametrize(
    ("then", "now", "kind", "words"),
    [
        (
            shortlisting((300, 1000), (100, 1000)),
            shortlisting((300, 1000), (250, 1000)),
            "real",
            "Relative likelihood White ÷ BME: 3.00 in 2020, 1.20 in 2021. "
            "This is unlikely to be chance (p < 0.001).",
        ),
        (
            shortlisting((300, 1000), (100, 400)),
            shortlisting((300, 1000), (95, 400)),
            "chance",
            "Relative likelihood White ÷ BME: 1.20 in 2020, 1.26 in 2021. "
            "It cannot be told from chance (p = 0.",
        ),
        (
            shortlisting((300, 1000), (100, 400)),
            shortlisting((300, 1000), (100, 400)),
            "chance",
            "It has not changed.",
        ),
        (
            shortlisting((30, 100), (1, 5)),
            shortlisting((30, 100), (2, 5)),
            "cannot tell",
            "There are too few people to tell this from chance.",
        ),
        (
            shortlisting((30, 100), (0, 20)),
            shortlisting((30, 100), (6, 20)),
            "not comparable",
            "not calculable in 2020, 1.00 in 2021. "
            "The two cannot be compared: there is no single value for 2020.",
        ),
    ],
)
def test_a_change_of_a_ratio_is_tested_or_said_not_to_be(then, now, kind, words):
    one = change(organisation(2020, recruitment=then), organisation(2021, recruitment=now), "2", RATIO_2)
    assert one.kind == kind
    assert words in one.words


def test_indicator_3_from_rolling_to_single_year_is_a_bridge_of_definition_and_rest_that_sums():
    # 2019 as a rolling average: BME (6 + 2) ÷ 2 = 4 of 200, White (10 + 6) ÷ 2 = 8 of 800
    then = organisation(
        2019, workforce=staff(800, 200), discipline=Discipline(Groups(10, 6, 0), Groups(6, 2, 0))
    )
    now = organisation(
        2020, workforce=staff(800, 200), discipline=Discipline(Groups(10, 5, 0), Groups(10, 6, 0))
    )
    one = change(then, now, "3", RATIO_3)
    assert one.earlier_value == 2  # (4/200) ÷ (8/800)
    assert one.definition_part == Fraction(24, 10) - 2  # (6/200) ÷ (10/800) = 2.4 as a single year
    assert one.remaining_part == 2 - Fraction(24, 10)  # (5/200) ÷ (10/800) = 2
    assert one.definition_part + one.population_part + one.remaining_part == one.change == 0
    assert one.kind == "definition"
    assert (
        "2019 worked out again under the rules of 2020 is 2.40: the definition changed from a two-year "
        "rolling average to a single year." in one.words
    )
    assert "2.40" in one.words and "2.40" not in one.public_words
    [inside], [outside] = (report_context.change_words([one], for_public=public) for public in (False, True))
    assert (inside.words, outside.words) == (one.words, one.public_words)


def test_indicator_7_from_answers_is_worked_out_again_under_the_base_of_the_later_year():
    then = organisation(2021, survey=Survey(2020, {("7", "BME"): Answers(60, 20, 20)}))
    now = organisation(2022, survey=Survey(2021, {("7", "BME"): Answers(60, 20, 20)}))
    one = change(then, now, "7", "percentage", "BME")
    assert (one.earlier_shown, one.earlier_restated_shown, one.shown) == ("75.0%", "60.0%", "60.0%")
    assert (one.definition_part, one.remaining_part, one.change) == (-15, 0, -15)
    assert one.kind == "definition"


def test_a_published_percentage_stops_where_its_base_changed():
    def printed(value: int) -> tuple[SurveyPercent, ...]:
        return (SurveyPercent("7", "", "", Fraction(value), 300),)

    one = change(
        organisation(2021, survey=Survey(2020, percents=printed(86))),
        organisation(2022, survey=Survey(2021, percents=printed(60))),
        "7",
        "percentage",
    )
    assert one.kind == "not comparable"
    assert one.change is None
    assert "cannot be compared: the first is of answers without “don't know”" in one.words


def test_a_published_percentage_without_its_base_cannot_be_told_from_chance():
    then = organisation(2020, survey=Survey(2019, percents=(SurveyPercent("5", "", "", Fraction(15)),)))
    now = organisation(2021, survey=Survey(2020, percents=(SurveyPercent("5", "", "", Fraction(13)),)))
    one = change(then, now, "5", "percentage")
    assert one.kind == "cannot tell"
    assert one.words == (
        "All staff: 15% in 2020, 13% in 2021. Whether this is more than chance cannot be told: "
        "the number of responses is not published."
    )


def test_the_boards_wording_changed_in_2018_and_the_year_before_is_worked_out_again():
    board = Board({"board": Groups(10, 2, 0)})
    one = change(
        organisation(2017, workforce=staff(800, 200), board=board),
        organisation(2018, workforce=staff(800, 200), board=board),
        "9",
        "difference_from_workforce",
        "BME",
        "board",
    )
    assert one.earlier_basis != one.basis
    assert (one.definition_part, one.kind) == (0, "chance")
    assert "from voting members of the board to the whole board" in one.words


def test_a_merger_is_a_change_of_population():
    one = change(
        organisation(2020, workforce=staff(950, 50)),
        organisation(2021, workforce=staff(2600, 400)),
        "1",
        "percentage",
        "BME",
    )
    assert one.kind == "population"
    assert "the number of people counted has grown by more than a quarter" in one.words


def test_a_change_of_the_mix_of_bands_is_told_from_a_change_within_them():
    # Band 2 is 40% BME and Band 7 10% BME in both years; 600 people move from Band 7 to Band 2
    def mix(low: int, high: int) -> Workforce:
        return Workforce(
            {
                ("clinical", "Band 2"): Groups(low * 6 // 10, low * 4 // 10, 0),
                ("clinical", "Band 7"): Groups(high * 9 // 10, high // 10, 0),
            }
        )

    assert make_up_part(mix(500, 1500), mix(1100, 900), None) == 9  # 17.5% to 26.5%
    one = change(
        organisation(2020, workforce=mix(500, 1500)),
        organisation(2021, workforce=mix(1100, 900)),
        "1",
        "percentage",
        "BME",
    )
    assert (one.change, one.population_part, one.remaining_part) == (9, 9, 0)
    assert one.kind == "population"
    assert "people standing in other bands" in one.words


def test_the_public_edition_tells_only_of_figures_it_shows():
    then = organisation(2020, recruitment=shortlisting((300, 1000), (100, 1000)))
    now = organisation(2021, recruitment=shortlisting((300, 1000), (250, 1000)))
    rules = years.load(2020), years.load(2021)
    found = between(then, now, *rules)
    shown = compute(then, rules[0]) + compute(now, rules[1])
    told = public(found, shown)
    assert [c.indicator for c in told] == ["2"]
    assert "p <" not in told[0].words and told[0].p is None
    hidden = [replace(f, state="withheld", value=None) if f.unit == "ratio" else f for f in shown]
    assert public(found, hidden) == []
    for year in (2020, 2021):  # one of the two withheld is enough: the sentence would say its number
        one = [h if f.reporting_year == year else f for f, h in zip(shown, hidden, strict=True)]
        assert public(found, one) == []


def test_bands_are_spoken_of_only_where_there_is_something_to_say():
    found = between(
        organisation(2020, workforce=staff(900, 100)),
        organisation(2021, workforce=staff(905, 101)),
        years.load(2020),
        years.load(2021),
    )
    assert any(c.band for c in found)
    assert not any(c.band for c in worth_saying(found))

"""What is wrong with a log is named by row, and only what is right counts."""

from __future__ import annotations

import pytest

from wres_pipeline.commissioner.log_checks import LogRow, check, group_of, indicator_number, unit_of


def row(
    number: int = 2, indicator: str = "5", group: str = "White", percent: float | None = 20.0, **more: object
) -> LogRow:
    said = {"provider": "XTR", "year": 2021, "base": 500, "source": "Its report", **more}
    return LogRow(
        number, str(said["provider"]), "Trust", said["year"], indicator, group, percent, said["base"], str(said["source"]), ""  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", "5"),
        ("Indicator 5", "5"),
        ("WRES 7", "7"),
        ("wres indicator 9", "9"),
        ("5.0", "5"),
        ("10", None),
        ("", None),
    ],
)
def test_an_indicator_is_known_by_its_number_however_it_is_written(text: str, number: str | None) -> None:
    assert indicator_number(text) == number


@pytest.mark.parametrize(
    ("text", "group"),
    [("White", "White"), ("All other ethnic groups", "BME"), ("", ""), ("All staff", ""), ("Klingon", None)],
)
def test_a_group_is_known_by_its_labels(text: str, group: str | None) -> None:
    assert group_of(text) == group


def test_a_row_without_a_group_is_a_ratio_of_2_to_4_points_of_9_and_a_percentage_otherwise() -> None:
    assert [unit_of(number, "") for number in ("2", "3", "4", "5", "9")] == [
        "ratio",
        "ratio",
        "ratio",
        "percent",
        "percentage_points",
    ]


REFUSED = [
    (row(indicator="12"), "indicator"),
    (row(group="Klingon"), "ethnic group"),
    (row(year=1999), "year"),
    (row(year=None), "year"),
    (row(base=-1), "base"),
    (row(percent=None), "no figure"),
    (row(percent=120.0), "percentage"),
    (row(indicator="2", group="", percent=17.16), "ratio as percentage"),
    (row(indicator="9", group="", percent=-120.0), "percentage"),
]


@pytest.mark.parametrize(("given", "rule"), REFUSED)
def test_a_row_that_cannot_be_is_refused_by_name(given: LogRow, rule: str) -> None:
    found = check([given])
    assert (found.figures, [one.rule for one in found.findings], found.refused) == ((), [rule], 1)


def test_fewer_than_11_responses_are_suppressed_at_the_source_whatever_was_typed() -> None:
    (one,) = check([row(percent=33.3, base=10)]).figures
    assert (one.state, one.value) == ("suppressed_at_source", None)


def test_a_row_without_a_source_counts_and_is_queried() -> None:
    found = check([row(source=" ")])
    assert len(found.figures) == 1
    assert [(one.rule, one.refused) for one in found.findings] == [("no source", False)]


def test_one_figure_with_two_values_counts_with_neither() -> None:
    found = check([row(2, percent=20.0), row(3, percent=21.0)])
    assert found.figures == ()
    assert [one.rule for one in found.findings] == ["two values", "two values"]


def test_the_same_figure_logged_twice_counts_once() -> None:
    found = check([row(2), row(3)])
    assert len(found.figures) == 1
    assert found.refused == 1


def test_a_ratio_the_wrong_way_round_is_refused() -> None:
    """White 30%, BME 20%: White ÷ BME is 1.50, not 0.67."""
    rows = [row(2, "2", "White", 30.0), row(3, "2", "BME", 20.0), row(4, "2", "", 0.67)]
    assert [one.rule for one in check(rows).findings] == ["wrong direction"]
    assert check([*rows[:2], row(4, "2", "", 1.5)]).findings == ()


def test_a_ratio_that_does_not_follow_is_refused_but_rounding_is_allowed() -> None:
    """46.99% and 14.65% printed as 47.0 and 14.7 allow 3.21; they do not allow 2.9."""
    rows = [row(2, "2", "White", 47.0), row(3, "2", "BME", 14.7)]
    assert check([*rows, row(4, "2", "", 3.21)]).findings == ()
    assert [one.rule for one in check([*rows, row(4, "2", "", 2.9)]).findings] == ["ratio does not follow"]


def test_all_staff_outside_both_groups_is_queried() -> None:
    rows = [
        row(2, group="White", percent=20.0),
        row(3, group="BME", percent=30.0),
        row(4, group="", percent=35.0),
    ]
    found = check(rows)
    assert [(one.rule, one.refused) for one in found.findings] == [("outside its groups", False)]
    assert len(found.figures) == 3


def test_groups_that_look_swapped_are_queried() -> None:
    rows = []
    for number, (year, white, bme) in enumerate([(2019, 900, 100), (2020, 100, 900), (2021, 880, 110)]):
        rows += [
            row(2 * number, year=year, base=white),
            row(2 * number + 1, group="BME", percent=25.0, year=year, base=bme),
        ]
    (found,) = check(rows).findings
    assert (found.rule, found.year, found.refused) == ("swapped groups", 2020, False)


def test_every_row_counts_or_is_refused() -> None:
    rows = [given for given, _ in REFUSED] + [row(90), row(91), row(92, percent=5.0, group="BME")]
    rows = [LogRow(place, *[getattr(one, n) for n in one.__slots__[1:]]) for place, one in enumerate(rows)]
    found = check(rows)
    assert len(found.figures) + found.refused == len(rows)

"""Which extracts are late on a day: a month's staff list by the tenth, the year's other extracts by the end of April."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wres_pipeline.extracts.intake import lateness


def told(place: Path, today: date, *names: str) -> list[str]:
    body = place / "X01"
    body.mkdir(exist_ok=True)
    for name in names:
        (body / name).touch()
    return [one.words for one in lateness.late(place, ["X01"], today)]


@pytest.mark.parametrize(
    ("today", "late"),
    [
        (date(2021, 3, 10), []),  # the tenth is still in time for February's
        (date(2021, 3, 11), ["X01: no esr staff list for February 2021 by 10 March 2021"]),
        (date(2021, 4, 10), ["X01: no esr staff list for February 2021 by 10 March 2021"]),
        (date(2021, 4, 11), ["X01: no esr staff list for March 2021 by 10 April 2021"]),
        (date(2021, 8, 10), ["X01: no esr staff list for June 2021 by 10 July 2021"]),
        (date(2021, 8, 11), ["X01: no esr staff list for July 2021 by 10 August 2021"]),
        (date(2021, 9, 11), []),  # seven months behind: it has stopped
    ],
)
def test_a_staff_list_is_late_from_the_eleventh_until_the_body_is_taken_to_have_stopped(
    tmp_path: Path, today: date, late: list[str]
) -> None:
    assert told(tmp_path, today, "esr_staff_list_2021-01-31.csv") == late


def test_a_body_that_never_sent_a_staff_list_owes_none(tmp_path: Path) -> None:
    assert told(tmp_path, date(2021, 3, 11), "board_2021-03-31.csv") == []


@pytest.mark.parametrize(
    ("today", "late"),
    [
        (date(2022, 4, 30), False),
        (date(2022, 5, 1), True),
        (date(2023, 4, 30), True),
        (date(2023, 5, 1), False),
    ],
)
def test_a_year_s_extract_is_late_after_april_if_it_was_sent_the_year_before(
    tmp_path: Path, today: date, late: bool
) -> None:
    words = "X01: no {} for the reporting year 2022 by 30 April 2022"
    expected = [words.format(kind) for kind in ("board", "staff survey", "training")] if late else []
    names = ("training_2021-03-31.csv", "board_2021-03-31.csv", "staff_survey_2020.csv")
    assert told(tmp_path, today, *names) == expected


def test_what_has_come_is_not_late(tmp_path: Path) -> None:
    names = ("training_2021-03-31.csv", "training_2022-03-31.csv", "notes.txt", "no kind of ours 2021.csv")
    assert told(tmp_path, date(2022, 5, 1), *names) == []

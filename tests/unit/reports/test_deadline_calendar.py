"""The dates a body has to keep, worked out by hand for 20 September 2021, and the iCalendar file read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wres_pipeline.reports.calendar import deadlines, writing

TODAY = date(2021, 9, 20)
PLAN = """\
organisation: X01
plan: A plan
adopted: 2021-05-25
actions:
  - {id: A01, title: "Panels; with, commas", owner: Chief People Officer, due: 2021-10-04, indicators: ["2"]}
  - {id: A02, title: Reciprocal mentoring, owner: Chief Nurse, due: 2021-08-31, recurs: yearly, done: 2021-08-20,
     evidence: the minutes, indicators: ["7"]}
  - {id: A03, title: Done for good, owner: Chief Nurse, due: 2021-09-30, done: 2021-09-01, evidence: the minutes,
     indicators: ["8"]}
"""
CONFIRMED = """\
confirmations:
  - {finding: people_missing, mark: 3f2a9c1b, file: esr_staff_list_2021-03-31.csv, reason: services moved,
     role: Head of Workforce Information, until: 2021-10-15}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    body = tmp_path / "extracts" / "X01"
    body.mkdir(parents=True)
    (body / "actions.yaml").write_text(PLAN, encoding="utf-8")
    (body / "confirmations.yaml").write_text(CONFIRMED, encoding="utf-8")
    return tmp_path


def dates(place: Path, today: date = TODAY) -> list[tuple[str, str]]:
    found = deadlines.of_body("X01", place / "extracts", place / "output", today)
    return [(one.day.isoformat(), one.kind) for one in found]


def test_a_body_s_dates_come_from_the_year_its_plan_and_its_confirmations_in_order(place: Path) -> None:
    assert dates(place) == [
        ("2021-08-31", "submission"),
        ("2021-10-01", "sign-off"),  # thirty days before the end of October
        ("2021-10-04", "action"),
        ("2021-10-15", "confirmation"),
        ("2021-10-31", "publication"),
        ("2022-03-31", "snapshot"),
        ("2022-08-31", "action"),  # the next round of the one that was done in August
        ("2022-08-31", "submission"),
        ("2022-10-01", "sign-off"),
    ]


def test_a_year_that_was_signed_off_asks_for_no_approval(place: Path) -> None:
    folder = place / "output" / "X01" / "2021"
    folder.mkdir(parents=True)
    (folder / "sign-off.json").write_text("{}", encoding="utf-8")
    assert ("2021-10-01", "sign-off") not in dates(place)
    assert ("2022-10-01", "sign-off") in dates(place)


def test_a_plan_or_a_confirmation_that_cannot_be_read_leaves_the_other_dates(place: Path) -> None:
    for name in ("actions.yaml", "confirmations.yaml"):
        (place / "extracts" / "X01" / name).write_text("[", encoding="utf-8")
    assert {kind for _, kind in dates(place)} == {"submission", "sign-off", "publication", "snapshot"}


@pytest.mark.parametrize(
    ("left", "told"), [(29, None), (28, 28), (8, 28), (7, 7), (1, 7), (0, 7), (-1, None)]
)
def test_a_date_is_warned_of_four_weeks_and_one_week_ahead_and_not_once_it_is_over(
    left: int, told: int | None
) -> None:
    one = deadlines.Deadline("X01", date(2021, 10, 31), "publication", "", "", "k")
    assert one.warning(date.fromordinal(date(2021, 10, 31).toordinal() - left)) == told


def test_each_warning_has_a_key_of_its_own_and_a_moved_date_too() -> None:
    def keys(day: date, today: date) -> list[str]:
        one = deadlines.Deadline("X01", day, "publication", "", "", "k")
        return [key for _, key in deadlines.near([one], today)]

    last = date(2021, 10, 31)
    assert keys(last, date(2021, 10, 10)) == ["k/2021-10-31/28"]
    assert keys(last, date(2021, 10, 30)) == ["k/2021-10-31/7"]
    assert keys(date(2021, 11, 1), date(2021, 10, 30)) == ["k/2021-11-01/7"]


def _unfolded(content: bytes) -> list[str]:
    assert content.endswith(b"\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_the_calendar_file_holds_whole_days_with_their_alarms_and_its_texts_escaped(place: Path) -> None:
    found = deadlines.of_body("X01", place / "extracts", place / "output", TODAY)
    lines = _unfolded(writing.ics(found, "Tréve Hospitals, é" * 9, TODAY))
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(found) == 9
    assert "DTSTART;VALUE=DATE:20211031" in lines and "DTEND;VALUE=DATE:20211101" in lines
    assert "SUMMARY:Action A01 is due: Panels\\; with\\, commas (Chief People Officer)" in lines
    # publication, submission and sign-off have two alarms each (5 of them), the other four dates one
    assert sum(line.startswith("TRIGGER:-P") for line in lines) == 14
    assert len({line for line in lines if line.startswith("UID:")}) == 9


def test_the_same_date_keeps_its_uid_when_the_file_is_made_again(place: Path) -> None:
    def uids(today: date) -> set[str]:
        found = deadlines.of_body("X01", place / "extracts", place / "output", today)
        return {line for line in _unfolded(writing.ics(found, "X", today)) if line.startswith("UID:")}

    assert len(uids(TODAY) & uids(date(2021, 10, 25))) >= 7


def test_the_page_says_what_comes_next_and_links_the_file(place: Path) -> None:
    page, file = writing.write("X01", "Tamar <Trust>", place / "extracts", place / "output", TODAY)
    text = page.read_text(encoding="utf-8")
    assert "Next, 1 October 2021, in 11 days: Board approves the publication of 2021" in text
    assert 'href="deadlines.ics"' in text and file.name == "deadlines.ics"
    assert "Tamar &lt;Trust&gt;" in text and "Over in the last two months" in text

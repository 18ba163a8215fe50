"""Every remedy works when it is followed to the letter: what it tells to do is done, and the finding is gone."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.integration.extracts.clean_extracts import clean, write_csv
from tests.integration.test_deliveries_beside_their_history import GROUPS, folder, staff  # noqa: F401 - a fixture
from wres_pipeline.commands import add, check
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.settings import load


@pytest.fixture
def body(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: F811
    monkeypatch.setenv("WRES_EXTRACTS", str(folder.parent))
    monkeypatch.setenv("WRES_OUTPUT", str(folder.parent.parent / "out"))
    monkeypatch.chdir(folder.parent.parent)
    return folder


def found(body: Path, code: str) -> list[Finding]:
    return [f for f in check.findings_of_folder(body.parent, ["X01"], 2021) if f.code == code]


def add_the_line(body: Path, remedy: str) -> None:
    """`Add the line A,B to mappings/x.csv beside the extracts (first line label,means) …`"""
    told = re.search(r"[Aa]dd the line `?(?P<line>.+?)`? to `?mappings/(?P<file>\w+\.csv)", remedy)
    assert told, remedy
    place = body / "mappings" / told["file"]
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"label,means\n{told['line']}\n", encoding="utf-8")


def test_the_line_for_an_unknown_label_makes_it_known(body: Path) -> None:
    table = staff(date(2021, 3, 31), range(21, 221))
    rows = [list(row) for row in table.rows]
    for row in rows[:7]:
        row[3] = "White British/Cornish"
    write_csv(type(table)(table.kind, table.stem, table.headings, tuple(map(tuple, rows)), table.dates), body)
    (one,) = found(body, "label_not_known")
    assert one.rows == 7
    line = re.sub(r"<[^>]*>", "A", one.remedy)  # where nothing is like it, the analyst says what it means
    add_the_line(body, line)
    assert found(body, "label_not_known") == []


def test_a_folder_and_a_zip_that_are_not_used_are_used_after_the_command_that_is_told(body: Path) -> None:
    (body / "2021-02").mkdir()
    write_csv(clean("appraisals", 5), body / "2021-02").rename(body / "2021-02" / "appraisals.csv")
    (one,) = found(body, "file_not_used")
    words = shlex.split(one.remedy.removeprefix("Run: "))
    assert words[:2] == ["wres", "add"] and words[3:] == ["--organisation", "X01"]
    assert add.add(load(base=body.parent), [Path(words[2])], "X01", yes=True, day=None) == add.ADDED
    assert (body / "appraisals_2021-02-28.csv").is_file()


def test_of_two_files_of_one_day_taking_one_out_ends_it(body: Path) -> None:
    write_csv(staff(date(2021, 3, 31), range(21, 219)), body).rename(
        body / "esr_staff_list_2021-03-31_v2.csv"
    )
    write_csv(staff(date(2021, 3, 31), range(21, 221)), body)
    (one,) = found(body, "two_files_of_one_day")
    assert "esr_staff_list_2021-03-31_v2.csv counts, esr_staff_list_2021-03-31.csv does not" in one.what
    assert "2 gone" in one.what
    (body / "esr_staff_list_2021-03-31.csv").unlink()
    assert found(body, "two_files_of_one_day") == []


@pytest.mark.parametrize("code", ["staff_group_missing", "people_missing", "same_content_elsewhere"])
def test_what_is_right_after_all_can_be_confirmed_as_the_remedy_says(body: Path, code: str) -> None:
    table = staff(date(2021, 3, 31), range(21, 221) if code != "people_missing" else range(21, 121))
    if code == "staff_group_missing":
        table = type(table)(
            table.kind, table.stem, table.headings, tuple(r for r in table.rows if r[4] != GROUPS[1])
        )
    write_csv(table, body)
    if code == "same_content_elsewhere":
        last = (body / "esr_staff_list_2020-03-31.csv").read_bytes()
        (body / "esr_staff_list_2021-03-31.csv").write_bytes(last)
    one = found(body, code)[0]
    assert "confirm it in confirmations.yaml" in one.remedy
    (body / "confirmations.yaml").write_text(
        f"confirmations:\n- {{finding: {one.code}, mark: '{one.mark}', file: {one.file}, reason: it is so, "
        "role: Head of Workforce, until: 2099-03-31}\n"
    )
    again = next(f for f in found(body, code) if f.mark == one.mark)
    assert again.confirmed and not again.to_act_on


def test_a_hidden_sheet_a_faulty_file_an_old_mark_anothers_list_and_a_late_file_are_put_right_as_told(
    body: Path,
) -> None:
    neighbour = body.parent / "XTR"
    neighbour.mkdir()
    write_csv(staff(date(2021, 3, 31), range(21, 210)), neighbour)
    table = staff(date(2021, 3, 31), range(21, 221))
    rows = [(*row[:3], "White Manx", *row[4:]) if n < 3 else row for n, row in enumerate(table.rows)]
    write_csv(type(table)(table.kind, table.stem, table.headings, tuple(rows), table.dates), body)
    book, appraisals = openpyxl.Workbook(), clean("appraisals", 5)
    for line in (appraisals.headings, *appraisals.rows):
        book.active.append(line)
    book.create_sheet("Cover")
    book.active.sheet_state = "hidden"
    book.active = 1
    book.save(body / "appraisals_2021-03-31.xlsx")
    (body / "provider_comments.yaml").write_text("comments:\n  - provider: XTR\n    year: later\n")
    confirmation = (
        "confirmations:\n  - finding: label_not_known\n    mark: {}\n    file: esr_staff_list_2021-03-31.csv\n"
        "    reason: agreed with payroll\n    role: Head of Workforce\n    until: 2099-03-31\n"
    )
    (body / "confirmations.yaml").write_text(confirmation.format("00000000"))
    (body / "training_2021-03-31.csv").rename(body / "training_2021-09-15.csv")
    write_csv(clean("training", 6), body)

    def told() -> dict[str, Finding]:
        return {
            f.code: f
            for f in check.findings_of_folder(body.parent, ["X01", "XTR"], 2021)
            if f.organisation_code == "X01"
        }

    before = told()
    of_all = {
        "hidden_sheet": "else delete the sheet",
        "written_file_not_read": "Correct that place",
        "confirmation_not_used": "give its new mark from findings.csv",
        "numbers_of_another_body": "put each into its own folder",
        "extract_left_out": "name it by the day up to which it was made",
    }
    for code, words in of_all.items():
        assert words in before[code].remedy, code
    assert before["how_it_was_read"].severity == "note"
    assert before["how_it_was_read"].remedy.startswith("Nothing to do")
    book.active = 0
    book.active.sheet_state = "visible"
    book.save(body / "appraisals_2021-03-31.xlsx")
    (body / "provider_comments.yaml").write_text("comments: []\n")
    (body / "confirmations.yaml").write_text(confirmation.format(before["label_not_known"].mark))
    write_csv(staff(date(2021, 3, 31), range(1001, 1190)), neighbour)
    (body / "training_2021-09-15.csv").rename(body / "training_2021-04-15.csv")
    after = told()
    assert after.keys() & of_all.keys() == set()
    assert after["label_not_known"].confirmed

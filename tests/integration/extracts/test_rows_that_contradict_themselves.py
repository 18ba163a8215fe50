"""What a row, or a whole column, says against itself is told; what is no row of a list is none; a file cut off says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from wres_pipeline.extracts.outcomes import checking
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.reference.local import LocalMappings


def found(folder: Path, name: str, text: str) -> dict[str, Finding]:
    (folder / name).write_text(text, encoding="utf-8")
    return {one.code: one for one in checking.check_file(folder / name, LocalMappings()).findings}


TRAC = "Application ID,Vacancy Reference,Date Applied,Current Stage,Shortlisted,Appointed,Ethnic Origin\n"
BOARD = "Member ID,Role,Voting,Executive,Start,End,Ethnic Origin\n"
CASES = "Case Reference,Employee Number,Case Type,Date Opened,Formal Investigation Start,Date Closed\n"


def test_appointed_and_not_shortlisted_is_told_and_appointed_without_a_word_of_the_shortlist_is_not(
    tmp_path: Path,
) -> None:
    rows = "A{0},V1,0{0}-MAY-2020,Starting,{1},{2},WHITE - British\n"
    said = [("Y", "Y"), ("N", "N"), ("N", "Y"), ("N", "Y"), ("", "Y")]
    text = TRAC + "".join(rows.format(n + 1, *one) for n, one in enumerate(said))
    one = found(tmp_path, "trac_applications_2021-03-31.csv", text)["appointed_not_shortlisted"]
    assert (one.rows, one.column, one.severity) == (2, "shortlisted", "look_at")


@pytest.mark.parametrize(
    ("started", "severity"), [(("06-MAY-2020",) * 4, ""), (("06-MAY-2016",) * 4, "look_at")]
)
def test_an_investigation_that_began_before_its_case_was_opened_is_told(
    tmp_path: Path, started: tuple[str, ...], severity: str
) -> None:
    text = CASES + "".join(
        f"E{n},010000{n},Disciplinary,0{n + 1}-MAY-2020,{day},\n" for n, day in enumerate(started)
    )
    one = found(tmp_path, "employee_relations_2021-03-31.csv", text).get("days_out_of_order")
    assert (one.severity if one else "") == severity
    if one:
        assert (one.rows, one.column) == (4, "formal_investigation_started")


def test_one_slip_among_many_cases_is_a_note(tmp_path: Path) -> None:
    days = ["02-MAY-2016", *["09-MAY-2020"] * 9]
    text = CASES + "".join(f"E{n},010000{n},Disciplinary,04-MAY-2020,{day},\n" for n, day in enumerate(days))
    assert found(tmp_path, "employee_relations_2021-03-31.csv", text)["days_out_of_order"].severity == "note"


def test_a_mark_or_nothing_on_the_board_is_told_and_a_line_under_the_list_is_no_member(
    tmp_path: Path,
) -> None:
    text = (
        BOARD
        + "B1,Director,X,X,,,A White - British\nB2,Director,X,,,,A White - British\nB3,Chair,,,,,R Chinese\nEnd of report,,,,,,\n"
    )
    told = found(tmp_path, "board_2021-03-31.csv", text)
    assert told["flags_blank"].rows in (1, 2) and told["flags_blank"].severity == "blocks"
    page = checking.check_file(tmp_path / "board_2021-03-31.csv", LocalMappings())
    assert (page.rows_in, page.rows_accepted) == (4, 3)
    assert {(one.column, one.rows) for one in page.findings if one.code == "flags_blank"} == {
        ("is_voting", 1), ("is_executive", 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("last", "is_told"), [("B9,Director,Y", True), ("B9,Director,Y,Y,,,R Chinese", False)]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_last_row_shorter_than_all_before_it_is_told(
    tmp_path: Path, last: str, is_told: bool, newline: str
) -> None:
    rows = "".join(f"B{n},Director,Y,Y,,,A White - British\n" for n in range(4))
    text = (BOARD + rows + last).replace("\n", newline)
    (tmp_path / "board_2021-03-31.csv").write_bytes(text.encode())
    page = checking.check_file(tmp_path / "board_2021-03-31.csv", LocalMappings())
    assert ("last_row_short" in {one.code for one in page.findings}) is is_told


def test_short_rows_throughout_are_how_a_spreadsheet_saves_empty_cells_and_are_not_told(
    tmp_path: Path,
) -> None:
    text = CASES + "".join(f"E{n},010000{n},Disciplinary,04-MAY-2020\n" for n in range(5))
    assert "last_row_short" not in found(tmp_path, "employee_relations_2021-03-31.csv", text)


@pytest.mark.parametrize(("last", "is_told"), [("25", True), ("24", True), ("24.0", True), ("24.9", False)])
def test_percentages_without_a_decimal_among_them_are_told(tmp_path: Path, last: str, is_told: bool) -> None:
    cells = ["10", "15", "20", "55", "60", last]
    questions = ("Q13a", "Q13a", "Q14", "Q14", "Q15b", "Q15b")
    rows = "".join(
        f"{q},{'White staff' if n % 2 else 'BME'},{cell},200,experienced\n"
        for n, (q, cell) in enumerate(zip(questions, cells, strict=True))
    )
    told = found(tmp_path, "staff_survey_2020.csv", "Question,Ethnic Group,Percent,Base,Measure\n" + rows)
    assert ("percentages_rounded" in told) is is_told

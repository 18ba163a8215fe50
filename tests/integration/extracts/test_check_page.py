"""`wres check`: the page a person reads, on faults of the corpus; it changes nothing and shows no person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.extracts import faults_of_form, faults_of_rows, faults_refused  # noqa: F401 - they register
from tests.integration.extracts.clean_extracts import clean, write_csv
from tests.integration.extracts.faults import CORPUS
from wres_pipeline.commands import check
from wres_pipeline.extracts.outcomes import checking
from wres_pipeline.reference.local import LocalMappings

BY_NAME = {fault.name: fault for fault in CORPUS}
NONE = LocalMappings()


def test_no_sign_of_a_file_moves_the_terminal_s_cursor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = clean("staff_survey")
    lines = [",".join(row) for row in (table.headings, *table.rows)]
    lines[1] = lines[1].replace(",100,", ",\x1b]2;a title\x07,")
    made = write_csv(table, tmp_path, text="\n".join(lines) + "\n")
    check.check([made], None)
    told = capsys.readouterr().out
    assert "no number" in told and "\x1b" not in told


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        (
            "nothing wrong",
            0,
            ["ESR staff list of 31 March 2021", "6 rows in: 6 can be used", "Nothing needs attention"],
        ),
        ("preamble of 14 lines with blank ones", 0, ["headings in row 15"]),
        ("utf16 tab text named csv", 0, ["utf-16", "tabs"]),
        (
            "a heading nobody knows",
            0,
            [
                "(text of the shape Aaaa Aaaa)' (its values are not kept",
                "mappings/headings.csv beside the extracts",
            ],
        ),
        ("an id in scientific notation", 1, ["in employee_number", "9.99999A+99", "row 4", "column as text"]),
        (
            "a label no list knows",
            1,
            [
                "is in no list (1 row, the first is row 2): (text of the shape Aaaaaaa)",
                "<the text of row 2>",
                "mappings/ethnic_labels.csv beside the extracts",
            ],
        ),
        ("month before day proven", 0, ["Month stands before day in hire_date"]),
        ("a day that is not in the calendar", 1, ["1 cell of date_of_birth is no date", "99/99/9999"]),
        ("a grand total row with thousand separators", 0, ["1 × a totals row: row 8"]),
        ("the same row three times", 0, ["2 × the same row twice: row 8, 9"]),
        (
            "a needed heading misspelt",
            2,
            ["REFUSED", "pay_scale may be 'Pay Scael'", "`Pay Scael,pay_scale`"],
        ),
        ("day and month in mixed order", 2, ["REFUSED", "day first in column", "month first in column"]),
        ("an xlsx with a password", 2, ["REFUSED", "password"]),
        ("another kind under this name", 2, ["its headings are those of training"]),
    ],
)
def test_the_page_says_what_a_file_is_and_what_to_do(
    tmp_path: Path, name: str, status: int, words: list[str]
) -> None:
    path = BY_NAME[name].build(clean("esr_staff_list"), tmp_path)
    before = sorted(p.name for p in tmp_path.iterdir())
    page = checking.check_file(path, NONE)
    text = page.as_text()
    for word in words:
        assert word in text
    assert page.exit_status == status
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    assert not any(person in text for person in ("O’Neill", "Zoë", "01000001"))


def test_the_row_to_add_makes_the_label_known(tmp_path: Path) -> None:
    path = write_csv(clean("esr_staff_list").with_cell(0, 3, "Whyte British"), tmp_path)
    page = checking.check_file(path, NONE)
    assert [(u.label, u.file, u.nearest[0]) for u in page.unknown_labels] == [
        ("Whyte British", "ethnic_labels.csv", "White - British")
    ]
    folder = tmp_path / "mappings"
    folder.mkdir()
    (folder / "ethnic_labels.csv").write_text("label,means\nWhyte British,White British\n", encoding="utf-8")
    assert checking.check_file(path, LocalMappings.load(folder)).exit_status == 0


def test_a_heading_of_the_organisation_s_own_is_read_once_it_is_mapped(tmp_path: Path) -> None:
    table = clean("esr_staff_list")
    text = "\n".join(",".join(row) for row in (table.headings, *table.rows)).replace(
        "Pay Scale", "Remuneration point", 1
    )
    path = write_csv(table, tmp_path, text=text)
    assert checking.check_file(path, NONE).exit_status == 2
    folder = tmp_path / "mappings"
    folder.mkdir()
    (folder / "headings.csv").write_text("label,means\nRemuneration point,pay_scale\n", encoding="utf-8")
    assert checking.check_file(path, LocalMappings.load(folder)).exit_status == 0


def test_the_lines_to_fill_in_are_written_once_and_leave_what_stands_there(tmp_path: Path) -> None:
    staff = (
        clean("esr_staff_list")
        .with_cell(0, 3, "Kernewek, ha moy")
        .with_cell(1, 3, "Kernewek, ha moy")
        .with_cell(2, 5, "")
    )
    path = write_csv(staff, tmp_path)
    own = tmp_path / "mappings"
    own.mkdir()
    (own / "ethnic_labels.csv").write_bytes("label;means\r\nC\u00f4te;C\r\n".encode("cp1252"))
    assert check.check([path], None, write_mappings=True) == 1
    lines = (own / "ethnic_labels.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[:2] == ["label;means", "C\u00f4te;C"]
    assert lines[2].startswith("Kernewek, ha moy;;2 rows of ethnic_origin; can mean: a code") or lines[
        2
    ].startswith('Kernewek, ha moy;;"2 rows of ethnic_origin; can mean: a code')
    pay = (own / "pay_scales.csv").read_text(encoding="utf-8-sig")
    assert '(blank),,"1 row of pay_scale; can mean: Under Band 1' in pay
    before = {p: p.read_bytes() for p in own.iterdir()}
    check.check([path], None, write_mappings=True)
    assert {p: p.read_bytes() for p in own.iterdir()} == before
    for file, means in (("ethnic_labels.csv", ";CD;"), ("pay_scales.csv", ",Band 5,")):
        text = (own / file).read_text(encoding="utf-8-sig")
        (own / file).write_text(text.replace(";;", means).replace(",,", means), encoding="utf-8")
    assert check.check([path], None) == 0

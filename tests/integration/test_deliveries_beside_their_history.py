"""Well formed and wholly wrong: a delivery is looked at beside the ones before it, beside the calendar and beside others'."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.integration.extracts.clean_extracts import LABELS, Table, clean, write_csv
from wres_pipeline.commands import check

SAME = "same_content_elsewhere"
GROUPS = ("Nursing and Midwifery Registered", "Estates and Ancillary")
MONTHS = [
    f"{m}-20{y}"
    for y, names in ((20, "APR MAY JUN JUL AUG SEP OCT NOV DEC"), (21, "JAN FEB MAR"))
    for m in names.split()
]


def staff(day: date, people: range, *, white: bool = False, groups: tuple[str, ...] = GROUPS) -> Table:
    """A staff list of these people: three in four White or BME, one in four not stated, a quarter in estates."""
    table = clean("esr_staff_list", 1)
    rows = tuple(
        (f"0100{i:04d}", f"0100{i:04d}-2", "Y", LABELS[0] if white else LABELS[i % 4], groups[(i % 4 == 0) % len(groups)],
         "NHS|XR05|Review Body Band 5", f"Zoë{i}", f"O’Neill–{i}", "11-JAN-1980", "11-APR-2015", "")
        for i in people
    )  # fmt: skip
    return replace(table, stem=f"esr_staff_list_{day}", rows=rows)


def training(months: list[str]) -> Table:
    table = clean("training", 1)
    rows = tuple(
        (f"0100{i:04d}", f"Course {i}", "N", f"{1 + i:02d}-{month}") for month in months for i in range(1, 13)
    )
    return replace(table, rows=rows)


def trac(months: list[str]) -> Table:
    table = clean("trac_applications", 1)
    rows = tuple(
        (
            f"0{n}{i:03d}",
            "V1",
            f"Zoë{i}",
            f"O’Neill–{i}",
            "11-FEB-1990",
            f"{1 + i:02d}-{month}",
            "Appointed" if i % 6 == 0 else "Interview",
            "Y",
            LABELS[i % 4],
        )
        for n, month in enumerate(months)
        for i in range(1, 13)
    )
    return replace(table, rows=rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound delivery: 200 people each year, nine in ten of them the same, and every month with courses and applications."""
    made = tmp_path / "extracts" / "X01"  # so that a test may put settings and outputs beside the extracts
    made.mkdir(parents=True)
    write_csv(staff(date(2020, 3, 31), range(1, 201)), made)
    write_csv(staff(date(2021, 3, 31), range(21, 221)), made)
    write_csv(training(MONTHS), made)
    write_csv(trac(MONTHS), made)
    return made


def told(folder: Path) -> set[tuple[str, str]]:
    found = check.findings_of_folder(folder.parent, sorted(p.name for p in folder.parent.iterdir()), 2021)
    return {(f.code, f.severity) for f in found if f.severity != "note" and f.organisation_code == "X01"}


def test_a_sound_delivery_is_told_nothing(folder: Path) -> None:
    assert told(folder) == set()


def test_a_staff_list_of_which_four_in_ten_are_missing_is_blocked(folder: Path) -> None:
    write_csv(staff(date(2021, 3, 31), range(21, 141)), folder)
    assert ("people_missing", "blocks") in told(folder)


def test_a_staff_list_of_one_row_is_blocked(folder: Path) -> None:
    (folder / "esr_staff_list_2020-03-31.csv").unlink()
    write_csv(staff(date(2021, 3, 31), range(21, 22)), folder)
    assert ("staff_list_too_small", "blocks") in told(folder)


def test_a_staff_list_without_one_staff_group_is_told_with_how_many_people_it_had(folder: Path) -> None:
    table = staff(date(2021, 3, 31), range(21, 221))
    write_csv(replace(table, rows=tuple(r for r in table.rows if r[4] != GROUPS[1])), folder)
    found = check.findings_of_folder(folder.parent, ["X01"], 2021)
    assert [f.rows for f in found if f.code == "staff_group_missing"] == [50]


def test_everybody_white_is_told(folder: Path) -> None:
    write_csv(staff(date(2021, 3, 31), range(21, 221), white=True), folder)
    assert {("one_group_only", "look_at"), ("ethnic_share_moved", "look_at")} <= told(folder)


def test_a_column_of_ethnicity_sorted_by_itself_is_blocked_and_says_of_how_many_it_changed(
    folder: Path,
) -> None:
    table = staff(date(2021, 3, 31), range(21, 221))
    moved = sorted(row[3] for row in table.rows)
    write_csv(
        replace(
            table, rows=tuple((*row[:3], text, *row[4:]) for row, text in zip(table.rows, moved, strict=True))
        ),
        folder,
    )
    assert told(folder) == {("ethnic_group_changed", "blocks")}
    (one,) = [
        f for f in check.findings_of_folder(folder.parent, ["X01"], 2021) if f.code == "ethnic_group_changed"
    ]
    assert "changed between White and BME" in one.what and one.rows > 40


def test_a_few_people_who_declare_another_ethnicity_are_told_to_nobody(folder: Path) -> None:
    table = staff(date(2021, 3, 31), range(21, 221))
    other = {LABELS[0]: LABELS[1], LABELS[1]: LABELS[0]}
    rows = tuple(
        (*row[:3], other.get(row[3], row[3]) if n < 12 else row[3], *row[4:])
        for n, row in enumerate(table.rows)
    )
    write_csv(replace(table, rows=rows), folder)
    assert told(folder) == set()


def test_last_years_list_under_this_years_name_is_blocked(folder: Path) -> None:
    shutil.copy(folder / "esr_staff_list_2020-03-31.csv", folder / "esr_staff_list_2021-03-31.csv")
    assert ("same_content_elsewhere", "blocks") in told(folder)


def test_a_survey_of_the_year_before_in_another_format_is_told_and_one_of_which_a_cell_differs_is_not(
    folder: Path,
) -> None:
    survey = clean("staff_survey", 24)
    write_csv(survey, folder)
    reordered = tuple(
        (row[0], row[1], float(row[2]), int(row[3]), row[4].upper()) for row in reversed(survey.rows)
    )
    book = openpyxl.Workbook()
    for row in (survey.headings, *reordered):
        book.active.append(row)
    book.save(folder / "staff_survey_2019.xlsx")
    (one,) = [f for f in check.findings_of_folder(folder.parent, ["X01"], 2021) if f.code == SAME]
    assert (one.file, one.severity, one.rows) == ("staff_survey_2020.csv", "blocks", 24)
    assert one.what == "The same rows, in another file, stand as staff_survey_2019.xlsx too (24 rows)."
    book.active.cell(2, 3).value = 99.5
    book.save(folder / "staff_survey_2019.xlsx")
    assert (SAME, "blocks") not in told(folder)


def test_a_file_that_stands_in_the_folder_of_a_body_that_is_not_looked_at_is_told(folder: Path) -> None:
    neighbour = folder.parent / "XTR"
    neighbour.mkdir()
    shutil.copy(folder / "training_2021-03-31.csv", neighbour / "training_2021-03-31.csv")
    (one,) = [f for f in check.findings_of_folder(folder.parent, ["X01"], 2021) if f.code == SAME]
    assert one.what == "The very same file stands in the folder of XTR too (144 rows)."


def test_a_list_with_another_bodys_numbers_is_blocked_where_the_other_delivers_too_and_where_it_does_not(
    folder: Path,
) -> None:
    write_csv(staff(date(2021, 3, 31), range(1001, 1201)), folder)
    assert ("numbers_not_kept", "blocks") in told(folder)
    other = folder.parent / "XTR"
    other.mkdir()
    write_csv(staff(date(2021, 3, 31), range(1001, 1190)), other)
    assert ("numbers_of_another_body", "blocks") in told(folder)


@pytest.mark.parametrize("day", [date(2021, 3, 30), date(2021, 4, 1)])
def test_a_staff_list_of_the_day_beside_the_31_march_is_blocked_and_its_remedy_works(
    folder: Path, day: date
) -> None:
    (folder / "esr_staff_list_2021-03-31.csv").unlink()
    write_csv(staff(day, range(21, 221)), folder)
    found = check.findings_of_folder(folder.parent, ["X01"], 2021)
    (one,) = [f for f in found if f.code == "staff_list_of_another_day"]
    assert one.severity == "blocks"
    assert "name it esr_staff_list_2021-03-31" in one.remedy
    (folder / one.file).rename(folder / "esr_staff_list_2021-03-31.csv")
    assert told(folder) == set()


def test_trac_from_october_on_and_last_years_training_file_are_blocked(folder: Path) -> None:
    write_csv(trac(MONTHS[6:]), folder)
    write_csv(training([month.replace("2020", "2019").replace("2021", "2020") for month in MONTHS]), folder)
    assert {("months_without_rows", "blocks"), ("none_in_the_year", "blocks")} <= told(folder)


def test_a_year_in_which_nobody_is_appointed_is_told_and_the_line_of_its_remedy_works(folder: Path) -> None:
    table = trac(MONTHS)
    rows = tuple((*row[:6], "Offered" if row[6] == "Appointed" else row[6], *row[7:]) for row in table.rows)
    write_csv(replace(table, rows=rows), folder)
    assert ("nobody_appointed", "look_at") in told(folder)
    (folder / "mappings").mkdir()
    (folder / "mappings" / "recruitment_stages.csv").write_text("label,means\nOffered,appointed\n")
    assert told(folder) == set()

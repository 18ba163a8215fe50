"""Files whose rows are odd: dates and labels that are kept, and rows that are set aside with their reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.integration.extracts.clean_extracts import Table, as_text, write_csv, write_xlsx
from tests.integration.extracts.faults import ONE, SET_ASIDE_TWICE, WITH_DATES, WITH_IDS, fault
from wres_pipeline.extracts.canonical.values import EXCEL_EPOCH, parse_date
from wres_pipeline.extracts.outcomes import rejected_rows


def _dates(table: Table, form: str) -> Table:
    rows = []
    for row in table.rows:
        cells = list(row)
        for index in table.dates:
            day = parse_date(cells[index])
            if day is not None:
                cells[index] = str((day - EXCEL_EPOCH).days) if form == "serial" else day.strftime(form)
        rows.append(tuple(cells))
    return replace(table, rows=tuple(rows))


@fault(kinds=WITH_DATES)
def dates_day_month_year(table: Table, folder: Path) -> Path:
    return write_csv(_dates(table, "%d/%m/%Y"), folder)


@fault(kinds=WITH_DATES)
def dates_of_two_digit_years(table: Table, folder: Path) -> Path:
    return write_csv(_dates(table, "%d/%m/%y"), folder)


@fault(kinds=WITH_DATES)
def dates_without_separators(table: Table, folder: Path) -> Path:
    return write_csv(_dates(table, "%Y%m%d"), folder)


@fault(kinds=WITH_DATES)
def dates_with_a_time(table: Table, folder: Path) -> Path:
    return write_csv(_dates(table, "%Y-%m-%d 00:00:00"), folder)


@fault(kinds=WITH_DATES)
def excel_day_numbers(table: Table, folder: Path) -> Path:
    return write_csv(_dates(table, "serial"), folder)


@fault(kinds=WITH_DATES)
def text_and_day_numbers_in_one_column(table: Table, folder: Path) -> Path:
    serial = _dates(table, "serial")
    rows = tuple((a, b)[i % 2] for i, (a, b) in enumerate(zip(table.rows, serial.rows, strict=True)))
    return write_csv(replace(table, rows=rows), folder)


@fault(kinds=WITH_DATES)
def real_dates_in_xlsx(table: Table, folder: Path) -> Path:
    cells: list[list[object]] = [list(table.headings)]
    for row in table.rows:
        cells.append([parse_date(c) or c if i in table.dates else c for i, c in enumerate(row)])
    assert any(isinstance(c, date) for c in cells[1])
    return write_xlsx(table, folder, cells=cells)


@fault(kinds=WITH_DATES)
def month_before_day_proven(table: Table, folder: Path) -> Path:
    return write_csv(_dates(table, "%m/%d/%Y"), folder)


@fault(kinds=WITH_DATES, refused="mixed order")
def day_and_month_in_mixed_order(table: Table, folder: Path) -> Path:
    first, second = _dates(table, "%d/%m/%Y"), _dates(table, "%m/%d/%Y")
    rows = tuple((a, b)[i % 2] for i, (a, b) in enumerate(zip(first.rows, second.rows, strict=True)))
    return write_csv(replace(table, rows=rows), folder)


@fault(kinds=WITH_DATES)
def to_be_confirmed_in_a_date_column(table: Table, folder: Path) -> Path:
    return write_csv(
        table.with_cell(0, table.dates[0], "TBC").with_cell(1, table.dates[0], "ongoing"), folder
    )


@fault(kinds=WITH_DATES, notes="99/99/9999")
def a_day_that_is_not_in_the_calendar(table: Table, folder: Path) -> Path:
    return write_csv(table.with_cell(0, table.dates[0], "31/02/2021"), folder)


@fault(kinds=ONE)
def two_primary_assignments_of_one_person(table: Table, folder: Path) -> Path:
    return write_csv(table.with_cell(1, 0, table.rows[0][0]), folder)


@fault(kinds=ONE)
def no_primary_assignment(table: Table, folder: Path) -> Path:
    return write_csv(table.with_cell(0, 2, "N"), folder)


@fault(kinds=ONE)
def a_label_no_list_knows(table: Table, folder: Path) -> Path:
    return write_csv(table.with_cell(0, 3, "Klingon").with_cell(1, 4, "Wizards"), folder)


@fault(kinds=ONE, notes="leading zeros")
def employee_numbers_that_lost_their_zeros(table: Table, folder: Path) -> Path:
    return write_csv(table.with_cell(0, 0, table.rows[0][0].lstrip("0")), folder)


@fault(kinds=ONE)
def a_cell_with_line_ends_and_quotes(table: Table, folder: Path) -> Path:
    return write_csv(table.with_cell(0, 7, 'O"Neill,\nof two lines'), folder)


@fault(kinds=ONE)
def a_cell_that_begins_like_a_formula(table: Table, folder: Path) -> Path:
    return write_csv(table.with_cell(0, 7, "=cmd|' /C calc'!A0"), folder)


@fault(quarantined={rejected_rows.TOTAL: 1})
def a_grand_total_row_with_thousand_separators(table: Table, folder: Path) -> Path:
    total = ["Grand Total", *["1,234"] * (len(table.headings) - 1)]
    return write_csv(table.plus(total), folder)


@fault(kinds=tuple(k for k in WITH_IDS if k != "appraisals"), quarantined={rejected_rows.TOTAL: 1})
def a_totals_row_whose_first_cell_is_blank(table: Table, folder: Path) -> Path:
    total = ["", "Total", *[""] * (len(table.headings) - 3), "6"]
    return write_csv(table.plus(total), folder)


@fault(quarantined={rejected_rows.REPEATED: 2})
def the_headings_again_in_the_middle(table: Table, folder: Path) -> Path:
    rows = (*table.rows[:3], table.headings, *table.rows[3:], table.headings)
    return write_csv(replace(table, rows=rows), folder)


@fault(quarantined={rejected_rows.REPEATED: 1})
def the_headings_again_in_xlsx(table: Table, folder: Path) -> Path:
    return write_xlsx(replace(table, rows=(*table.rows[:3], table.headings, *table.rows[3:])), folder)


@fault(kinds=tuple(k for k in WITH_IDS if k != "appraisals"), accepted=5, quarantined={"no ": 1})
def a_row_without_its_id(table: Table, folder: Path) -> Path:
    return write_csv(table.with_cell(2, 0, ""), folder)


@fault(kinds=("board",), accepted=5, quarantined={"no member id": 1})
def a_board_member_without_name_and_number(table: Table, folder: Path) -> Path:
    return write_csv(table.with_cell(2, 0, ""), folder)


@fault(kinds=WITH_IDS, accepted=5, quarantined={rejected_rows.SCIENTIFIC: 1})
def an_id_in_scientific_notation(table: Table, folder: Path) -> Path:
    return write_csv(table.with_cell(2, 0, "1.08056E+07"), folder)


@fault(kinds=("employee_relations",), accepted=5, quarantined={rejected_rows.SCIENTIFIC: 1})
def an_employee_number_of_a_case_in_scientific_notation(table: Table, folder: Path) -> Path:
    return write_csv(table.with_cell(2, 1, "1.08E+07"), folder)


@fault(kinds=SET_ASIDE_TWICE, quarantined={rejected_rows.TWICE: 2})
def the_same_row_three_times(table: Table, folder: Path) -> Path:
    return write_csv(table.plus(table.rows[1], table.rows[1]), folder)


@fault(kinds=("staff_survey_respondents",), accepted=7)
def two_respondents_who_answer_alike(table: Table, folder: Path) -> Path:
    return write_csv(table.plus(table.rows[1]), folder)


@fault(accepted=5, quarantined={rejected_rows.BEYOND_HEADINGS: 1})
def a_value_with_an_unquoted_delimiter(table: Table, folder: Path) -> Path:
    lines = as_text(table).splitlines()
    lines[3] = lines[3] + ",one too many"
    return write_csv(table, folder, text="\n".join(lines) + "\n")


@fault(kinds=tuple(k for k in WITH_IDS if k != "appraisals"), quarantined={rejected_rows.NOTE: 1})
def a_note_below_the_table(table: Table, folder: Path) -> Path:
    note = ["" for _ in table.headings]
    note[2] = "Source: ESR, run on 1 April"
    return write_csv(table.plus(note), folder)


@fault(kinds=("esr_staff_list", "provider_returns"), quarantined={rejected_rows.NOTE: 1})
def a_note_in_the_first_column(table: Table, folder: Path) -> Path:
    return write_csv(table.plus(["End of report", *[""] * (len(table.headings) - 1)]), folder)

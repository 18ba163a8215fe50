"""Files that cannot be taken: each refused with a message that names what is wrong, and nothing of it loaded."""

from __future__ import annotations

import gzip
import os
import zipfile
from dataclasses import replace
from pathlib import Path

from tests.integration.extracts.clean_extracts import (
    Table,
    as_text,
    grid,
    write_csv,
    write_ods,
    write_xls,
    write_xlsx,
)
from tests.integration.extracts.faults import KINDS, ONE, fault

NOT_CASES = tuple(k for k in KINDS if k != "employee_relations")


@fault(refused="empty")
def an_empty_file(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, text="")


@fault(refused="nothing in it")
def blank_lines_only(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, text="\n \n,,\n")


@fault(refused="nothing in it")
def an_empty_workbook(table: Table, folder: Path) -> Path:
    return write_xlsx(table, folder, cells=[])


@fault(kinds=NOT_CASES, refused="not one row")
def headings_only(table: Table, folder: Path) -> Path:
    return write_csv(replace(table, rows=()), folder)


@fault(kinds=NOT_CASES, refused="not one row")
def headings_only_in_xlsx(table: Table, folder: Path) -> Path:
    return write_xlsx(replace(table, rows=()), folder)


@fault(kinds=("employee_relations",), accepted=0)
def no_case_at_all(table: Table, folder: Path) -> Path:
    return write_csv(replace(table, rows=()), folder)


@fault(
    kinds=tuple(k for k in KINDS if k not in ("staff_survey_respondents", "board")), refused="no column for"
)
def a_needed_column_missing(table: Table, folder: Path) -> Path:
    headings = ("Colour of the door", *table.headings[1:])
    return write_csv(replace(table, headings=headings), folder)


@fault(kinds=ONE, refused="Pay Scael")
def a_needed_heading_misspelt(table: Table, folder: Path) -> Path:
    return write_csv(
        replace(table, headings=tuple(h.replace("Scale", "Scael") for h in table.headings)), folder
    )


@fault(refused="no row of headings")
def rows_without_headings(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, text="\n".join(",".join(r) for r in table.rows))


@fault(
    kinds=("esr_staff_list", "trac_applications", "employee_relations", "board"),
    refused="its headings are those of",
)
def another_kind_under_this_name(table: Table, folder: Path) -> Path:
    return write_csv(
        replace(table, headings=("Employee Number", "Course Name", "Mandatory", "Completion Date"),
                rows=(("0100", "Café", "N", "01-JAN-2021"),)), folder,
    )  # fmt: skip


@fault(refused="cut short or damaged")
def a_truncated_xlsx(table: Table, folder: Path) -> Path:
    path = write_xlsx(table, folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    return path


@fault(refused="damaged")
def an_xlsx_with_a_spoilt_part(table: Table, folder: Path) -> Path:
    path = write_xlsx(table, folder)
    content = bytearray(path.read_bytes())
    at = content.index(b"sheet1.xml") + 60
    content[at : at + 40] = b"\xff" * 40
    path.write_bytes(bytes(content))
    return path


@fault(kinds=ONE, refused="damaged")
def a_truncated_xls(table: Table, folder: Path) -> Path:
    path = write_xls(table, folder)
    path.write_bytes(path.read_bytes()[:600])
    return path


@fault(kinds=ONE, refused="damaged")
def a_truncated_ods(table: Table, folder: Path) -> Path:
    path = write_ods(table, folder)
    path.write_bytes(path.read_bytes()[:400])
    return path


@fault(refused="password")
def an_xlsx_with_a_password(table: Table, folder: Path) -> Path:
    path = folder / f"{table.stem}.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 1500
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 3000
    )
    return path


@fault(refused="unpacks to far more")
def a_zip_bomb(table: Table, folder: Path) -> Path:
    path = folder / f"{table.stem}.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("[Content_Types].xml", "<Types/>")
        with pack.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(80):
                part.write(b"\0" * (1 << 20))
    return path


@fault(kinds=ONE, refused="unpacks to far more")
def a_zip_of_many_parts(table: Table, folder: Path) -> Path:
    path = folder / f"{table.stem}.xlsx"
    with zipfile.ZipFile(path, "w") as pack:
        for i in range(5_001):
            pack.writestr(f"{i}.xml", "")
    return path


@fault(kinds=ONE, refused="zip archive")
def a_csv_inside_a_zip(table: Table, folder: Path) -> Path:
    path = folder / f"{table.stem}.xlsx"
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("staff.csv", as_text(table))
    return path


@fault(kinds=ONE, same_rows=True)
def an_xlsx_with_very_deep_xml(table: Table, folder: Path) -> Path:
    path = write_xlsx(table, folder)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"<sheetData>", deep + b"<sheetData>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as pack:
        for part, content in parts.items():
            pack.writestr(part, content)
    return path


@fault(kinds=ONE, refused="deep in one another")
def very_deep_spreadsheet_xml(table: Table, folder: Path) -> Path:
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    return write_csv(
        table, folder, text=f'<?xml version="1.0"?><Workbook xmlns="{name}">' + "<a>" * 100_000, suffix=".xls"
    )


@fault(kinds=ONE, refused="document type")
def spreadsheet_xml_with_entities(table: Table, folder: Path) -> Path:
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    bomb = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    return write_csv(
        table, folder, text=f'{bomb}<Workbook xmlns="{name}"><Worksheet/></Workbook>', suffix=".xls"
    )


@fault(kinds=ONE, refused="XML is cut short")
def truncated_spreadsheet_xml(table: Table, folder: Path) -> Path:
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    return write_csv(
        table,
        folder,
        text=f'<?xml version="1.0"?><Workbook xmlns="{name}"><Worksheet><Table><Row>',
        suffix=".xls",
    )


@fault(refused="NUL")
def nul_bytes_in_a_text(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, text=as_text(table).replace("1", "\0", 1))


@fault(kinds=ONE, refused="longer than")
def one_giant_line(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, text=as_text(table) + "x" * (3 << 20))


@fault(kinds=ONE, refused="never closed")
def a_quotation_mark_never_closed(table: Table, folder: Path) -> Path:
    text = as_text(table).splitlines()
    text[2] = '"' + text[2]
    return write_csv(table, folder, text="\n".join(text) + "\n")


@fault(kinds=ONE, refused="does not go on as such")
def utf16_cut_in_half_a_character(table: Table, folder: Path) -> Path:
    path = write_csv(table, folder, encoding="utf-16")
    path.write_bytes(path.read_bytes()[:-1])
    return path


@fault(refused="a folder")
def a_folder_with_the_name(table: Table, folder: Path) -> Path:
    path = folder / f"{table.stem}.csv"
    path.mkdir()
    return path


@fault(kinds=ONE, refused="may not be read")
def a_file_nobody_may_read(table: Table, folder: Path) -> Path:
    path = write_csv(table, folder)
    path.chmod(0)
    return path


@fault(kinds=ONE, refused="outside its folder")
def a_link_out_of_the_folder(table: Table, folder: Path) -> Path:
    outside = folder.parent / "elsewhere.csv"
    outside.write_text(as_text(table), encoding="utf-8")
    path = folder / f"{table.stem}.csv"
    path.symlink_to(outside)
    return path


@fault(kinds=ONE, refused="no such file")
def a_link_to_nothing(table: Table, folder: Path) -> Path:
    path = folder / f"{table.stem}.csv"
    path.symlink_to(folder / "gone.csv")
    return path


@fault(kinds=ONE, refused="no such file")
def a_link_to_itself(table: Table, folder: Path) -> Path:
    path = folder / f"{table.stem}.csv"
    path.symlink_to(path)
    return path


@fault(kinds=ONE, refused="not a file")
def a_pipe(table: Table, folder: Path) -> Path:
    path = folder / f"{table.stem}.csv"
    os.mkfifo(path)
    return path


@fault(kinds=ONE, refused="same columns")
def two_sheets_with_the_same_columns(table: Table, folder: Path) -> Path:
    return write_xlsx(table, folder, more={"Copy": grid(table)})


@fault(refused="no row of headings")
def a_pdf_named_csv(table: Table, folder: Path) -> Path:
    path = folder / f"{table.stem}.csv"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n")
    return path


@fault(kinds=ONE, refused="NUL")
def a_gzip_named_csv(table: Table, folder: Path) -> Path:
    path = folder / f"{table.stem}.csv"
    path.write_bytes(gzip.compress(as_text(table).encode(), mtime=0) + b"\0\0\0")
    return path


@fault(kinds=ONE, refused="which day")
def a_name_without_a_day(table: Table, folder: Path) -> Path:
    return write_csv(replace(table, stem="esr_staff_list"), folder)


@fault(kinds=ONE, refused="not a day of the calendar")
def a_name_with_an_impossible_day(table: Table, folder: Path) -> Path:
    return write_csv(replace(table, stem="esr_staff_list_2021-02-31"), folder)


@fault(kinds=("staff_survey",), refused="which year")
def a_survey_name_without_a_year(table: Table, folder: Path) -> Path:
    return write_csv(replace(table, stem="staff_survey"), folder)


@fault(kinds=ONE, refused="what kind of extract")
def a_name_of_no_kind(table: Table, folder: Path) -> Path:
    return write_csv(replace(table, stem="holiday_rota_2021-03-31"), folder)

"""Files that are odd in form and yet whole: every row of the clean table must come through, cell for cell."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

from tests.integration.extracts.clean_extracts import (
    Table,
    as_html,
    as_spreadsheet_xml,
    as_text,
    grid,
    write_csv,
    write_ods,
    write_xls,
    write_xlsx,
)  # fmt: skip
from tests.integration.extracts.faults import ONE, WITH_IDS, fault


@fault(same_rows=True)
def nothing_wrong(table: Table, folder: Path) -> Path:
    return write_csv(table, folder)


@fault(same_rows=True)
def utf8_with_byte_order_mark(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, encoding="utf-8-sig")


@fault(same_rows=True)
def utf16_tab_text_named_csv(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, encoding="utf-16", delimiter="\t", newline="\r\n")


@fault(same_rows=True)
def utf16_without_mark(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, encoding="utf-16-le", delimiter="\t")


@fault(same_rows=True)
def utf16_big_endian(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, text="\ufeff" + as_text(table), encoding="utf-16-be")


@fault(same_rows=True)
def cp1252_text(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, encoding="cp1252")


@fault(same_rows=True)
def utf8_and_cp1252_lines_in_one_file(table: Table, folder: Path) -> Path:
    lines = as_text(table).splitlines(keepends=True)
    path = folder / f"{table.stem}.csv"
    path.write_bytes(b"".join(line.encode("cp1252" if i % 2 else "utf-8") for i, line in enumerate(lines)))
    return path


@fault(same_rows=True)
def semicolons(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, delimiter=";")


@fault(same_rows=True)
def tabs_named_tsv(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, delimiter="\t", suffix=".tsv")


@fault(same_rows=True)
def bars_named_txt(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, delimiter="|", suffix=".txt")


@fault(same_rows=True)
def tildes(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, delimiter="~")


@fault(same_rows=True)
def windows_line_ends(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, newline="\r\n")


@fault(same_rows=True)
def old_mac_line_ends(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, newline="\r")


@fault(same_rows=True)
def both_kinds_of_line_ends(table: Table, folder: Path) -> Path:
    lines = as_text(table).splitlines()
    return write_csv(table, folder, text="".join(x + ("\r\n", "\n")[i % 2] for i, x in enumerate(lines)))


@fault(same_rows=True)
def no_line_end_at_the_end(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, text=as_text(table).rstrip("\n"))


@fault(same_rows=True)
def preamble_of_8_lines(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, text="".join(f"Report line {i}\n" for i in range(8)) + as_text(table))


@fault(same_rows=True)
def preamble_of_14_lines_with_blank_ones(table: Table, folder: Path) -> Path:
    above = "".join(("Run by: Workforce,,\n", "\n")[i % 2] for i in range(14))
    return write_csv(table, folder, text=above + as_text(table))


@fault(same_rows=True)
def preamble_with_a_quoted_line_end(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, text='"Report\nof two lines",x\n' + as_text(table))


@fault(same_rows=True)
def an_empty_first_column(table: Table, folder: Path) -> Path:
    return write_csv(
        table, folder, text="".join("," + line for line in as_text(table).splitlines(keepends=True))
    )


@fault(same_rows=True)
def trailing_empty_columns(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, text=as_text(table).replace("\n", ",,,\n"))


@fault(same_rows=True)
def blank_rows_in_the_middle(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, text=as_text(table).replace("\n", "\n\n"))


@fault(same_rows=True)
def rows_of_delimiters_only(table: Table, folder: Path) -> Path:
    empty = "," * (len(table.headings) - 1) + "\n"
    return write_csv(table, folder, text=as_text(table) + empty * 3)


@fault(same_rows=True)
def rows_of_blank_space_only(table: Table, folder: Path) -> Path:
    empty = " ,\u00a0" + "," * (len(table.headings) - 2) + "\n"
    return write_csv(table, folder, text=as_text(table) + empty)


@fault(same_rows=True)
def short_rows_whose_last_cells_are_left_off(table: Table, folder: Path) -> Path:
    text = as_text(table)
    return write_csv(table, folder, text="\n".join(line.rstrip(",") for line in text.splitlines()) + "\n")


@fault(same_rows=True)
def headings_with_spaces_and_capitals(table: Table, folder: Path) -> Path:
    return write_csv(
        replace(table, headings=tuple(f"  {h.upper().replace(' ', '  ')} " for h in table.headings)), folder
    )


@fault(same_rows=True)
def headings_with_line_ends(table: Table, folder: Path) -> Path:
    return write_csv(replace(table, headings=tuple(h.replace(" ", "\n") for h in table.headings)), folder)


@fault(same_rows=True)
def headings_with_underscores(table: Table, folder: Path) -> Path:
    return write_csv(
        replace(table, headings=tuple(h.lower().replace(" ", "_") for h in table.headings)), folder
    )


@fault(same_rows=True)
def columns_in_another_order(table: Table, folder: Path) -> Path:
    return write_csv(
        replace(table, headings=table.headings[::-1], rows=tuple(r[::-1] for r in table.rows)), folder
    )


@fault(same_rows=True, notes="of the shape Aaaa Aaaa")
def a_heading_nobody_knows(table: Table, folder: Path) -> Path:
    return write_csv(
        replace(table, headings=(*table.headings, "Shoe Size"), rows=tuple((*r, "9") for r in table.rows)),
        folder,
    )


@fault(same_rows=True, notes="(9)")
def one_unknown_heading_twice(table: Table, folder: Path) -> Path:
    rows = tuple((*r, "9", "10") for r in table.rows)
    return write_csv(replace(table, headings=(*table.headings, "Shoe", "Shoe"), rows=rows), folder)


@fault(same_rows=True)
def a_known_heading_twice(table: Table, folder: Path) -> Path:
    rows = tuple((*r, "other") for r in table.rows)
    return write_csv(replace(table, headings=(*table.headings, table.headings[0]), rows=rows), folder)


@fault(same_rows=True)
def every_value_quoted(table: Table, folder: Path) -> Path:
    text = "\n".join(",".join(f'"{c}"' for c in row) for row in grid(table)) + "\n"
    return write_csv(table, folder, text=text)


@fault(kinds=WITH_IDS, same_rows=True)
def ids_guarded_with_an_equals_sign(table: Table, folder: Path) -> Path:
    lines = [",".join((f'="{row[0]}"', *row[1:])) for row in table.rows]
    return write_csv(table, folder, text="\n".join((",".join(table.headings), *lines)) + "\n")


@fault(kinds=WITH_IDS, same_rows=True)
def ids_with_blank_space_around(table: Table, folder: Path) -> Path:
    return write_csv(replace(table, rows=tuple((f" {r[0]}\u00a0", *r[1:]) for r in table.rows)), folder)


@fault(same_rows=True)
def a_table_in_html_named_xls(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, text=as_html(table), suffix=".xls")


@fault(same_rows=True)
def spreadsheet_xml_named_xls(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, text=as_spreadsheet_xml(table), suffix=".xls")


@fault(same_rows=True)
def tab_text_named_xls(table: Table, folder: Path) -> Path:
    return write_csv(table, folder, delimiter="\t", suffix=".xls")


@fault(same_rows=True)
def xlsx(table: Table, folder: Path) -> Path:
    return write_xlsx(table, folder)


@fault(same_rows=True)
def xlsx_named_xls(table: Table, folder: Path) -> Path:
    return write_xlsx(table, folder, suffix=".xls")


@fault(same_rows=True)
def xlsx_named_csv(table: Table, folder: Path) -> Path:
    return write_xlsx(table, folder, suffix=".xlsx").rename(folder / f"{table.stem}.csv")


@fault(same_rows=True)
def xls_of_the_old_kind(table: Table, folder: Path) -> Path:
    return write_xls(table, folder)


@fault(same_rows=True)
def ods(table: Table, folder: Path) -> Path:
    return write_ods(table, folder)


@fault(same_rows=True)
def xlsx_with_a_preamble_and_an_empty_first_column(table: Table, folder: Path) -> Path:
    above: list[list[object]] = [["", f"Report line {i}"] for i in range(8)]
    return write_xlsx(table, folder, cells=above + [["", *row] for row in grid(table)])


@fault(same_rows=True, notes="Notes")
def xlsx_with_a_sheet_of_notes_before(table: Table, folder: Path) -> Path:
    return write_xlsx(table, folder, more={"Notes": [["Run on 1 April"], ["By the workforce team"]]})


@fault(kinds=ONE, same_rows=True)
def xlsx_with_headings_over_two_merged_rows(table: Table, folder: Path) -> Path:
    top = [h.split(" ")[0] for h in table.headings]
    below = [" ".join(h.split(" ")[1:]) for h in table.headings]
    top[1:2], below[0] = ["Assignment"], "Number"
    return write_xlsx(table, folder, cells=[top, below, *[list(r) for r in table.rows]])


@fault(kinds=ONE, same_rows=True)
def xlsx_with_a_group_title_merged_over_two_columns(table: Table, folder: Path) -> Path:
    top: list[object] = ["" for _ in table.headings]
    top[0] = "Assignment"
    top[6] = "Person"
    cells = [top, list(table.headings), *[list(r) for r in table.rows]]
    return write_xlsx(table, folder, cells=cells, merge=("A1:F1", "G1:K1"))


@fault(kinds=ONE)
def xlsx_whose_ids_are_numbers(table: Table, folder: Path) -> Path:
    cells = [list(table.headings), *[[int("1" + r[0]), *r[1:]] for r in table.rows]]
    return write_xlsx(table, folder, cells=cells)


@fault(kinds=ONE, same_rows=True)
def text_that_looks_like_a_formula(table: Table, folder: Path) -> Path:
    return write_csv(table, folder)


@fault(kinds=ONE, same_rows=True)
def xlsx_in_a_zip_with_no_compression(table: Table, folder: Path) -> Path:
    path = write_xlsx(table, folder)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as plain:
        for name, content in parts.items():
            plain.writestr(name, content)
    return path

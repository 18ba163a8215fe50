"""The sample as it would be if TRAC's export held neither dates of birth nor NI numbers: links, account, report, list and word.

Made from the committed sample while the test runs: a second sample on disk would say the same with other people's names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from wres_pipeline import linkage
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.quality import alerts, month
from wres_pipeline.quality.trac_to_esr import gap, gap_figures
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.reports.quality import month_report
from wres_pipeline.reports.restricted import restricted_files

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
MARCH = date(2021, 3, 31)
BARED = ("date of birth", "ni number")


def bared(folder: Path, code: str) -> Path:
    """The body's staff lists as they are, and its TRAC exports without those columns."""
    to = folder / code
    to.mkdir(parents=True)
    for path in sorted((SAMPLE / code).iterdir()):
        if path.name.startswith("esr_staff_list"):
            (to / path.name).write_bytes(path.read_bytes())
        elif path.name.startswith("trac_applications"):
            book = openpyxl.load_workbook(path)
            for sheet in book:
                heading = next(r for r in sheet.iter_rows() if any(str(c.value).lower() in BARED for c in r))
                for cell in reversed(heading):
                    if str(cell.value).lower() in BARED:
                        sheet.delete_cols(cell.column)
            book.save(to / path.name)
    return folder


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """XTR landed without those columns, linked and accounted for at the end of March 2021."""
    made = duckdb.connect(":memory:")
    extracts = bared(tmp_path_factory.mktemp("bared"), "XTR")
    report = landing.land_folder(
        made, extracts, ["XTR"], now=datetime(2021, 4, 6), mappings=LocalMappings.load(None)
    )  # noqa: DTZ001
    assert not report.refused
    core.build(made, [*core.CORE_TABLES, *core.IDENTITIES], ["XTR"], {})
    assert made.execute(
        "SELECT count(date_of_birth), count(ni_number) FROM core_identities WHERE application_id IS NOT NULL"
    ).fetchall() == [(0, 0)]
    linkage.link(made, ["XTR"], MARCH)
    gap.account(made, ["XTR"], MARCH)
    yield made
    made.close()


def truth() -> dict[str, str]:
    """Application -> the member of staff it is of, of those who are."""
    with (SAMPLE / "truth" / "XTR" / f"links_{MARCH}.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["application_id"]: row["employee_number"]
            for row in csv.DictReader(lines)
            if row["employee_number"]
        }


def test_no_link_is_wrong_and_97_of_100_are_found(con: duckdb.DuckDBPyConnection) -> None:
    links = con.execute(
        "SELECT application_id, employee_number FROM linkage_links WHERE band = 'automatic'"
    ).fetchall()
    known = truth()
    assert [application for application, person in links if known.get(application) != person] == []
    assert len(links) >= 0.97 * len(known)


def test_the_break_has_its_month_and_is_told(con: duckdb.DuckDBPyConnection) -> None:
    account = gap.read(con, ["XTR"], MARCH)["XTR"]
    found = gap_figures.found_break(account)
    assert (found.verdict, found.month, found.sure, account.linked) == (
        "break",
        date(2020, 11, 1),
        True,
        True,
    )
    text = alerts.message(alerts.OPENED, found, account, "XTR").text
    assert "Ethnicity alone stopped arriving, in November 2020. Sex still arrives." in text
    assert "correction list" in text


def test_the_correction_list_holds_nobody_who_is_not_to_be_corrected(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    restricted_files.write(con, "XTR", MARCH, tmp_path)
    with (tmp_path / "esr-corrections.csv").open(encoding="utf-8-sig", newline="") as lines:
        listed = {row["Application ID"]: row["Employee Number"] for row in csv.DictReader(lines)}
    with (SAMPLE / "truth" / "XTR" / f"links_{MARCH}.csv").open(encoding="utf-8", newline="") as lines:
        wanted = {
            row["application_id"]: row["employee_number"]
            for row in csv.DictReader(lines)
            if row["state"] in ("missing_in_esr", "not_stated_in_esr", "conflict")
        }
    assert set(listed.items()) <= set(wanted.items())
    assert len(listed) >= 0.97 * len(wanted)


def test_the_report_says_how_the_people_were_found_and_what_lacks(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    figures = month.make(con, gap.read(con, ["XTR"], MARCH), MARCH, target=0.95)["XTR"]
    [page, *_] = month_report.write(figures, month_report.About("XTR", "Example", MARCH, MARCH), tmp_path)
    text = page.read_text(encoding="utf-8")
    assert "Ethnicity alone stopped arriving, in November 2020" in text
    card = {f.breakdown_value: f for f in figures if f.section == "linkage_card" and f.measure == "recall"}
    assert {"NI number, date of birth"} & set(card)
    assert not any("date of birth" in f.shown.lower() for f in figures if f.section == "characteristics")

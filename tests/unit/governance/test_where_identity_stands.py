"""Which tables hold names, dates of birth, NI numbers, addresses and postcodes, and which queries outside the linkage read them."""

from __future__ import annotations

import re
from pathlib import Path

from wres_pipeline import warehouse
from wres_pipeline.extracts.intake import landing
from wres_pipeline.governance.people_tables import people_tables

PACKAGE = Path(__file__).parents[3] / "wres_pipeline"
NAMES_SOMEBODY = re.compile(
    r"\b(first_name|last_name|applicant_name|applicant_first_name|applicant_last_name|date_of_birth|ni_number|email|postcode)\b"
)
PAPER = (PACKAGE.parent / "docs" / "information-governance.md").read_text(encoding="utf-8")


def test_identity_stands_in_the_tables_that_the_papers_name_and_in_no_other(tmp_path: Path) -> None:
    with warehouse.connect(tmp_path / "w.duckdb") as con:
        landing.create_tables(con)
        held = {table.name for table in people_tables(con) if table.particulars}
    assert held == {
        "raw_esr_staff_list", "core_staff_identities", "raw_trac_applications", "core_applications", "raw_board",
    }  # fmt: skip
    named = PAPER.split("## Where identity stands")[1].split("## Who sees what")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", named, re.MULTILINE)) == held


def test_no_query_of_a_figure_a_check_or_a_page_reads_identity_but_the_two_that_the_papers_name() -> None:
    rooms = (
        "indicators",
        "disclosure",
        "quality",
        "commissioner",
        "action_plan",
        "reports",
        "pipelines",
        "governance",
    )
    files = [file for room in rooms for file in sorted((PACKAGE / room).rglob("*.sql"))]
    assert len(files) > 80
    reading = {
        file.name for file in files
        if "restricted" not in file.parts and NAMES_SOMEBODY.search(file.read_text(encoding="utf-8"))
    }  # fmt: skip
    assert reading == {"applications_within.sql", "linkage_card.sql"}
    assert all(f"/{name}`" in PAPER for name in reading)


def test_no_figure_of_the_return_reads_the_table_of_staff_identities() -> None:
    rooms = ("indicators", "disclosure", "commissioner", "action_plan")
    files = [file for room in rooms for kind in ("*.sql", "*.py") for file in (PACKAGE / room).rglob(kind)]
    assert [file.name for file in files if "staff_identities" in file.read_text(encoding="utf-8")] == []

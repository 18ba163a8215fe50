"""Which tables hold names, dates of birth, NI numbers, addresses and postcodes, and which queries read them."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

from tests import small_extracts
from wres_pipeline import linkage, warehouse
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.contracts import PARTICULARS
from wres_pipeline.extracts.intake import landing
from wres_pipeline.governance.people_tables import people_tables
from wres_pipeline.indicators import like_for_like_reading, store
from wres_pipeline.quality.trac_to_esr import gap
from wres_pipeline.reference.local import LocalMappings

PACKAGE = Path(__file__).parents[3] / "wres_pipeline"
PAPER = (PACKAGE.parent / "docs" / "information-governance.md").read_text(encoding="utf-8")
HELD_AS_SENT = {"raw_esr_staff_list", "raw_trac_applications", "raw_board"}
ONE_TABLE = "core_identities"
READS_IDENTITY = ("linkage", "extracts", "reports/restricted", "synthetic")
"""Folders whose queries may: who links people, who reads files in, the people team's lists, and invented people."""


def test_identity_stands_in_one_table_beside_the_rows_as_they_were_sent(tmp_path: Path) -> None:
    with warehouse.connect(tmp_path / "w.duckdb") as con:
        landing.create_tables(con)
        held = {table.name for table in people_tables(con) if table.particulars}
    assert held == {ONE_TABLE} | HELD_AS_SENT
    named = PAPER.split("## Where identity stands")[1].split("## Who sees what")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", named, re.MULTILINE)) == held


def elsewhere(ending: str) -> list[Path]:
    """The files of the package that are not in a folder which may read identity."""
    places = [PACKAGE / name for name in READS_IDENTITY]
    return [
        file
        for file in sorted(PACKAGE.rglob(f"*{ending}"))
        if not any(place in file.parents for place in places) and "migrations" not in file.parts
    ]


def test_no_query_of_a_figure_a_check_a_page_or_the_gap_can_read_who_somebody_is() -> None:
    files = elsewhere(".sql")
    assert len(files) > 90
    reading = set()
    for file in files:
        for tree in filter(
            None, sqlglot.parse(file.read_text(encoding="utf-8").replace("?", ":p"), read="duckdb")
        ):
            tables = {table.name for table in tree.find_all(exp.Table)}
            columns = {column.name for column in tree.find_all(exp.Column)} - {"name"}
            everything = any(tree.find_all(exp.Star)) and tables & HELD_AS_SENT
            if (
                ONE_TABLE in tables
                or columns & PARTICULARS
                or (everything and "count(*)" not in str(tree).lower())
            ):
                reading.add(file.name)
    assert reading == set()


def test_no_code_outside_those_folders_names_the_table_of_identities_or_the_rows_as_they_were_sent() -> None:
    graph_and_papers = {"orchestration", "people_tables.py", "landing.py", "data_dictionary.py"}
    naming = {
        file.relative_to(PACKAGE).as_posix()
        for file in elsewhere(".py")
        if not graph_and_papers & set(file.parts)
        and re.search(rf"\b({ONE_TABLE}|{'|'.join(HELD_AS_SENT)})\b", file.read_text(encoding="utf-8"))
    }
    assert naming == set()


def test_figures_links_once_made_and_the_gap_are_the_same_without_anybody_s_identity(tmp_path: Path) -> None:
    small_extracts.write(tmp_path / "extracts" / "X09")
    with duckdb.connect(":memory:") as con:
        landing.land_folder(
            con, tmp_path / "extracts", None, now=datetime(2021, 5, 1), mappings=LocalMappings.load(None)  # noqa: DTZ001
        )  # fmt: skip
        core.build(con, [*core.CORE_TABLES, *core.IDENTITIES], ["X09"], {})
        as_at = date(2021, 3, 31)
        linkage.link(con, ["X09"], as_at)

        def made() -> tuple[list[object], ...]:
            store.make(con, ["X09"], 2021)
            like_for_like = like_for_like_reading.make(con, ["X09"], 2021)
            gap.account(con, ["X09"], as_at)
            states = con.execute("SELECT * FROM quality_gap ORDER BY ALL").fetchall()
            return [*store.read(con, store.FIGURES, "X09", 2021)], [*like_for_like], states

        before = made()
        con.execute(f"DROP TABLE {ONE_TABLE}")
        for table in people_tables(con):
            for column in table.particulars:
                con.execute(f"ALTER TABLE {table.name} DROP COLUMN {column}")
        assert made() == before
        assert len(before[0]) > 100 and all(before)

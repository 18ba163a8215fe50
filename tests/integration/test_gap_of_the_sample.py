"""The sample's TRAC-to-ESR gap, from its files to the figures: every state as in the truth, the break in its month."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from wres_pipeline import linkage
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.quality import month
from wres_pipeline.quality.figure import QualityFigure
from wres_pipeline.quality.trac_to_esr import gap, gap_figures
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.reports.restricted import restricted_files

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
CODES = ["X01", "XTR"]
MARCH = date(2021, 3, 31)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """The sample landed, its core tables made, and the account of March 2021."""
    made = duckdb.connect(":memory:")
    mappings = LocalMappings.load(None)
    landing.land_folder(made, SAMPLE, CODES, now=datetime(2021, 4, 6), mappings=mappings)
    core.build(made, [*core.CORE_TABLES, *core.IDENTITIES], CODES, {})
    linkage.link(made, CODES, MARCH)
    gap.account(made, CODES, MARCH)
    yield made
    made.close()


@pytest.fixture(scope="module")
def figures(con: duckdb.DuckDBPyConnection) -> dict[str, list[QualityFigure]]:
    return month.make(con, gap.read(con, CODES, MARCH), MARCH, target=0.95)


@pytest.mark.parametrize("code", CODES)
def test_every_application_is_linked_and_in_its_state_as_in_the_truth(
    con: duckdb.DuckDBPyConnection, code: str, tmp_path: Path
) -> None:
    restricted_files.write(con, code, MARCH, tmp_path)
    with (tmp_path / "trac-esr-links.csv").open(encoding="utf-8-sig", newline="") as lines:
        made = {
            row["application_id"]: (row["employee_number"], row["state"]) for row in csv.DictReader(lines)
        }
    with (SAMPLE / "truth" / code / f"links_{MARCH}.csv").open(encoding="utf-8", newline="") as lines:
        truth = {
            row["application_id"]: (row["employee_number"], row["state"]) for row in csv.DictReader(lines)
        }
    assert made == truth


@pytest.mark.parametrize("code", CODES)
def test_the_break_is_found_in_november_2020(con: duckdb.DuckDBPyConnection, code: str) -> None:
    account = gap.read(con, CODES, MARCH)[code]
    found = gap_figures.found_break(account)
    assert (found.verdict, found.month, found.sure) == ("break", date(2020, 11, 1), True)


@pytest.mark.parametrize("code", CODES)
def test_every_breakdown_of_the_declaration_sums_to_the_whole_workforce(
    figures: dict[str, list[QualityFigure]], code: str
) -> None:
    counts = [f for f in figures[code] if f.section == "declaration" and f.measure == "headcount"]
    whole = {f.ethnicity_state: f.value for f in counts if not f.breakdown}
    for breakdown in {f.breakdown for f in counts} - {""}:
        for state, people in whole.items():
            parts = [f.value for f in counts if (f.breakdown, f.ethnicity_state) == (breakdown, state)]
            assert sum(parts) == people, (breakdown, state)  # type: ignore[arg-type]


@pytest.mark.parametrize("code", CODES)
def test_the_figures_are_kept_and_read_back_the_same(
    con: duckdb.DuckDBPyConnection, figures: dict[str, list[QualityFigure]], code: str
) -> None:
    kept = month.read(con, code, MARCH)
    assert [(f.section, f.measure, f.breakdown_value, f.shown) for f in kept] == [
        (f.section, f.measure, f.breakdown_value, f.shown) for f in figures[code]
    ]


def test_closing_the_gap_moves_only_people_whose_ethnicity_was_lost(con: duckdb.DuckDBPyConnection) -> None:
    query = (
        "SELECT count(*) FILTER (WHERE wres_group = 'Unknown') FROM core_workforce "
        "WHERE organisation_code = 'XTR' AND snapshot_date = DATE '2021-03-31' AND counted"
    )
    before = con.execute(query).fetchall()[0][0]
    with gap.as_if_closed(con, CODES, MARCH):
        closed = con.execute(query).fetchall()[0][0]
    counted_and_lost = con.execute(
        "SELECT count(*) FROM quality_gap_closed c JOIN core_workforce w USING (organisation_code, employee_number) "
        "WHERE organisation_code = 'XTR' AND w.snapshot_date = DATE '2021-03-31' AND w.counted"
    ).fetchall()[0][0]
    assert before - closed == counted_and_lost > 0
    assert con.execute(query).fetchall()[0][0] == before


def test_a_month_made_again_replaces_itself(con: duckdb.DuckDBPyConnection) -> None:
    before = con.execute("SELECT count(*) FROM quality_gap WHERE as_at = DATE '2021-03-31'").fetchall()
    linkage.link(con, CODES, MARCH)
    gap.account(con, CODES, MARCH)
    assert (
        con.execute("SELECT count(*) FROM quality_gap WHERE as_at = DATE '2021-03-31'").fetchall() == before
    )


def test_a_month_s_deliveries_are_those_of_its_own_days(figures: dict[str, list[QualityFigure]]) -> None:
    # a staff list of 28 February 2021 lies in the folder beside the one of 31 March
    rows = {
        f.breakdown_value: f.value
        for f in figures["X01"]
        if (f.section, f.measure) == ("deliveries", "deliveries")
    }
    assert rows["esr_staff_list"] == 1

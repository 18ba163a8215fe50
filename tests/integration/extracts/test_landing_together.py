"""Small files land many at a time: what comes of each is what comes of it alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from tests.integration.extracts import faults_of_form, faults_of_rows, faults_refused  # noqa: F401 - they register
from tests.integration.extracts.clean_extracts import Table, clean, write_csv
from tests.integration.extracts.faults import CORPUS
from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.intake import landing, ledger
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.naming.file_names import is_extract
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.warehouse import connect

NOW = datetime(2026, 11, 24)
NONE = LocalMappings()


def everything(con: duckdb.DuckDBPyConnection, kinds: Sequence[str]) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but for the place in the ledger, which alone counts refused files too."""
    found = {
        "deliveries": con.execute("SELECT * EXCLUDE (sequence) FROM deliveries ORDER BY ALL").fetchall(),
        "order": con.execute("SELECT delivery_id FROM deliveries ORDER BY sequence").fetchall(),
    }
    for table in ("quarantine", *(contracts.load(kind).table for kind in kinds)):
        found[table] = con.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()
    return found


def together_and_alone(
    extracts: Path, kinds: Sequence[str]
) -> tuple[dict[str, list[tuple[object, ...]]], dict[str, list[tuple[object, ...]]]]:
    """What stands in a warehouse after one reading of the folder, and after each of its files by itself."""
    with duckdb.connect() as con:
        report = landing.land_folder(con, extracts, None, now=NOW, mappings=NONE)
        assert ledger.discrepancies(con) == []
        together = everything(con, kinds)
        refused = {(r.organisation_code, r.reason) for r in report.refused}
    with duckdb.connect() as con:
        alone = set()
        for folder in sorted(extracts.iterdir()):
            for path in sorted(p for p in folder.iterdir() if is_extract(p.name)):
                try:
                    landing.land_file(con, path, folder.name, now=NOW, mappings=NONE)
                except RefusedFile as why:
                    alone.add((folder.name, why.reason))
        assert refused == alone
        return together, everything(con, kinds)


def folder_of(extracts: Path, code: str) -> Path:
    found = extracts / code
    found.mkdir()
    return found


@pytest.mark.parametrize("kind", ["esr_staff_list", "staff_survey", "board"])
def test_every_fault_of_the_corpus_comes_out_the_same_in_one_folder_of_all(kind: str, tmp_path: Path) -> None:
    for number, fault in enumerate(f for f in CORPUS if kind in f.kinds):
        place = tmp_path / f"of X{number:03d}"  # a fault may write beside its folder
        place.mkdir()
        fault.build(clean(kind), folder_of(place, f"X{number:03d}"))
    (extracts := tmp_path / "extracts").mkdir()
    for place in sorted(tmp_path.glob("of */X*")):
        place.rename(extracts / place.name)
    together, alone = together_and_alone(extracts, [kind])
    assert together == alone
    assert together["deliveries"]


def test_files_without_fault_land_in_one_transaction_with_their_own_rows_and_numbers(tmp_path: Path) -> None:
    for number in range(8):
        table = clean("training")
        longer = Table(table.kind, table.stem, table.headings, table.rows * (number + 1))
        write_csv(longer, folder_of(tmp_path, f"X{number:03d}"))
    together, alone = together_and_alone(tmp_path, ["training"])
    assert together == alone


def test_one_file_that_is_refused_among_many_leaves_the_others_whole(tmp_path: Path) -> None:
    table = clean("esr_staff_list")
    for number in range(5):
        write_csv(table, folder_of(tmp_path, f"X{number:03d}"))
    mixed = table.with_cell(0, 9, "31/12/2015").with_cell(1, 9, "12/31/2015")
    write_csv(mixed, folder_of(tmp_path, "X999"))
    with duckdb.connect() as con:
        report = landing.land_folder(con, tmp_path, None, now=NOW, mappings=NONE)
        assert [d.organisation_code for d in report.landed] == [f"X{n:03d}" for n in range(5)]
        assert [r.organisation_code for r in report.refused] == ["X999"]
        assert con.execute("SELECT count(*) FROM raw_esr_staff_list").fetchall() == [(30,)]


def test_the_same_content_twice_in_a_folder_lands_once(tmp_path: Path) -> None:
    path = write_csv(clean("training"), folder_of(tmp_path, "X01"))
    path.with_name(f"{path.stem} (1){path.suffix}").write_bytes(path.read_bytes())
    with duckdb.connect() as con:
        report = landing.land_folder(con, tmp_path, None, now=NOW, mappings=NONE)
        assert (len(report.landed), len(report.already)) == (1, 1)
        assert ledger.discrepancies(con) == []


def test_the_same_refused_content_twice_in_a_folder_is_refused_twice(tmp_path: Path) -> None:
    table = clean("esr_staff_list").with_cell(0, 9, "31/12/2015").with_cell(1, 9, "12/31/2015")
    path = write_csv(table, folder_of(tmp_path, "X01"))
    path.with_name(f"{path.stem} (1){path.suffix}").write_bytes(path.read_bytes())
    with duckdb.connect() as con:
        report = landing.land_folder(con, tmp_path, None, now=NOW, mappings=NONE)
        assert (len(report.landed), len(report.refused)) == (0, 2)


def test_a_name_with_a_star_or_a_bracket_is_a_name_not_a_pattern(tmp_path: Path) -> None:
    for number, suffix in enumerate(("*", "[1]", "?", "{a,b}")):
        path = write_csv(clean("training"), folder_of(tmp_path, f"X{number:03d}"))
        path.rename(path.with_name(f"{path.stem}_{suffix}{path.suffix}"))
    together, alone = together_and_alone(tmp_path, ["training"])
    assert together == alone
    assert len(together["deliveries"]) == 4


def test_copies_a_killed_run_left_beside_the_warehouse_are_gone_after_the_next(tmp_path: Path) -> None:
    place = tmp_path / "warehouse" / "wres.duckdb"
    left = place.with_name("wres.duckdb.scratch")
    left.mkdir(parents=True)
    (left / "rows-0.csv").write_text("somebody's row", encoding="utf-8")
    extracts = tmp_path / "extracts"
    extracts.mkdir()
    write_csv(clean("training"), folder_of(extracts, "X01"))
    with connect(place) as con:
        landing.land_folder(con, extracts, None, now=NOW, mappings=NONE)
    assert not left.exists()

"""Rows that were lost from the warehouse are landed again by a command, not by deleting the warehouse."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.integration.extracts.clean_extracts import clean, write_csv
from tests.integration.extracts.test_the_folder_is_what_counts import land
from wres_pipeline import warehouse
from wres_pipeline.commands import deliveries
from wres_pipeline.extracts.intake import ledger
from wres_pipeline.settings import load


@pytest.mark.parametrize(
    "damage",
    ["DELETE FROM raw_training WHERE row_number > 3", "DROP TABLE raw_training", "DELETE FROM quarantine"],
)
def test_a_half_lost_raw_table_is_whole_again_and_the_others_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    folder = tmp_path / "extracts" / "X01"
    folder.mkdir(parents=True)
    write_csv(clean("training").plus(("Grand Total", "", "", "")), folder)
    write_csv(clean("esr_staff_list"), folder)
    monkeypatch.setenv("WRES_EXTRACTS", str(folder.parent))
    monkeypatch.setenv("WRES_WAREHOUSE", str(tmp_path / "w.duckdb"))
    settings = load(base=tmp_path)
    with warehouse.connect(settings.warehouse) as con:
        land(con, folder.parent)
        when = _landed(con)
        con.execute(damage)
    assert deliveries.show(settings, [], land_again=False) == deliveries.TO_LOOK_AT
    assert "wres deliveries --land-again" in capsys.readouterr().out
    assert deliveries.show(settings, [], land_again=True) == deliveries.FINE
    with warehouse.connect(settings.warehouse) as con:
        assert ledger.discrepancies(con) == []
        assert con.execute("SELECT count(*) FROM raw_training").fetchone() == (7,)
        assert con.execute("SELECT count(*) FROM quarantine").fetchone() == (1,)
        assert _landed(con)["esr_staff_list"] == when["esr_staff_list"]


def _landed(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    return dict(con.execute("SELECT kind, loaded_at FROM deliveries").fetchall())

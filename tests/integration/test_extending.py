"""What a team's own code may rest on: figures as a data frame, our definitions merged with theirs, any asset by itself."""

from __future__ import annotations

import lzma
import runpy
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pandas as pd
import pytest

import wres_pipeline
from wres_pipeline import warehouse
from wres_pipeline.commands import figures as command_figures
from wres_pipeline.commands.figures import FiguresError

ROOT = Path(__file__).parents[2]
HELD = ROOT / "tests" / "earlier_version" / "wres.duckdb.xz"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation whose warehouse holds the figures of X01, small counts withheld in the public edition."""
    folder = tmp_path_factory.mktemp("extending")
    (folder / "w.duckdb").write_bytes(lzma.decompress(HELD.read_bytes()))
    with warehouse.connect(folder / "w.duckdb"):
        pass  # brought up to this version
    (folder / "wres.toml").write_text('[folders]\nwarehouse = "w.duckdb"\n', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("WRES_WAREHOUSE", raising=False)
        patch.setenv("WRES_SETTINGS", str(folder / "wres.toml"))
        patch.setenv("POWER_BI_FOLDER", str(folder / "power-bi"))
        yield folder


def test_the_figures_are_a_data_frame_and_public_unless_something_else_is_asked_for(place: Path) -> None:
    public, internal = (
        wres_pipeline.figures("X01", 2021),
        wres_pipeline.figures("X01", 2021, edition="internal"),
    )
    assert isinstance(public, pd.DataFrame)
    assert "withheld" in set(public["state"]) and "withheld" not in set(internal["state"])
    assert public.loc[public["state"] == "withheld", "value"].isna().all()
    assert set(public["reporting_year"]) == {2021}
    both = wres_pipeline.figures(["X01"], [2020, 2021])
    assert set(both["reporting_year"]) == {2020, 2021} and len(wres_pipeline.figures()) >= len(both)


def test_a_condition_chooses_rows_and_a_wrong_one_says_which_columns_there_are(place: Path) -> None:
    found = wres_pipeline.figures("X01", 2021, where="indicator = '2' AND ethnic_group = 'BME'")
    assert len(found) and set(found["indicator"]) == {"2"} and set(found["ethnic_group"]) == {"BME"}
    with pytest.raises(FiguresError, match="The columns are organisation_code, reporting_year, indicator"):
        wres_pipeline.figures(where="indicater = '2'")
    with pytest.raises(FiguresError, match="edition is 'true'; it must be one of public, internal"):
        wres_pipeline.figures(edition="true")


@pytest.mark.parametrize(
    "where",
    [
        "EXISTS (SELECT 1 FROM core_staff)",
        "EXISTS (SELECT 1 FROM read_csv('{place}/wres.toml'))",
        "EXISTS (SELECT 1 FROM '{place}/w.duckdb')",
        "TRUE; ATTACH '{place}/w.duckdb' AS w; SELECT * FROM w.core_staff",
    ],
)
def test_a_condition_reaches_no_person_and_no_file(place: Path, where: str) -> None:
    with pytest.raises(FiguresError):
        wres_pipeline.figures(where=where.format(place=place))


def test_the_command_writes_the_same_figures_as_csv(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = place / "out.csv"
    assert command_figures.show(["X01"], [2021], "public", "indicator = '1'", to, place / "w.duckdb") == 0
    assert len(pd.read_csv(to)) == len(wres_pipeline.figures("X01", 2021, where="indicator = '1'")) > 100
    assert command_figures.show([], [], "public", "nonsense", None, place / "w.duckdb") == 2
    assert "where is 'nonsense'" in capsys.readouterr().err


def test_the_example_puts_published_figures_where_power_bi_reads_them(place: Path) -> None:
    merged = runpy.run_path(str(ROOT / "examples" / "power_bi" / "definitions.py"))["defs"]
    job = merged.resolve_implicit_global_asset_job_def()
    assert {"figures_for_power_bi", "figures", "report_publication"} <= {
        key.to_user_string() for key in job.asset_layer.executable_asset_keys
    }
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("organisation", ["X01"])
        made = job.get_subset(asset_selection={dg.AssetKey("figures_for_power_bi")}).execute_in_process(
            instance=instance, partition_key="X01|2021"
        )
    assert made.success
    written = pd.read_csv(place / "power-bi" / "wres-X01-2021.csv")
    assert len(written) == len(wres_pipeline.figures("X01", 2021))
    assert written.loc[written["state"] == "withheld", "value"].isna().all()


def test_every_asset_can_be_run_by_itself() -> None:
    from wres_pipeline.definitions import defs

    job = defs.resolve_implicit_global_asset_job_def()
    for key in sorted(job.asset_layer.executable_asset_keys):
        alone = job.get_subset(asset_selection={key})
        assert key in alone.asset_layer.executable_asset_keys, key

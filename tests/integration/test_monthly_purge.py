"""The monthly job tells what is due, and takes it out only where the settings say so."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import dagster as dg
import pytest

from tests import small_extracts
from wres_pipeline import warehouse
from wres_pipeline.extracts.intake import landing
from wres_pipeline.governance import audit_trail
from wres_pipeline.orchestration import housekeeping
from wres_pipeline.orchestration.assembly import build_definitions
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.settings import load


@pytest.mark.parametrize("each_month", [False, True])
def test_it_tells_and_takes_out_only_where_it_is_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, each_month: bool
) -> None:
    file = tmp_path / "wres.toml"
    file.write_text(f"[retention]\neach_month = {str(each_month).lower()}\n", encoding="utf-8")
    monkeypatch.setenv("WRES_SETTINGS", str(file))
    for name in ("EXTRACTS", "OUTPUT", "WAREHOUSE", "DAGSTER_HOME"):
        monkeypatch.setenv(f"WRES_{name}", str(tmp_path / name.lower()))
    settings = load()
    small_extracts.write(settings.extracts / "X09")
    with warehouse.connect(settings.warehouse) as con:
        landing.land_folder(
            con,
            settings.extracts,
            None,
            now=datetime(2021, 5, 1),
            mappings=LocalMappings.load(None),  # noqa: DTZ001
        )
    with dg.instance_for_test() as instance:
        done = (
            build_definitions(settings)
            .resolve_job_def(housekeeping.PURGE_JOB)
            .execute_in_process(instance=instance)
        )
        said = "\n".join(entry.user_message for entry in instance.all_logs(done.run_id))
    assert done.success and "rows of" in said and "can no longer be made again" in said
    assert not any(small_extracts.person(n).last_name in said for n in range(30))
    with warehouse.connect(settings.warehouse) as con:
        assert (con.execute("SELECT count(*) FROM raw_esr_staff_list").fetchall() == [(0,)]) == each_month
    files = sorted(path.name for path in (settings.extracts / "X09").glob("esr*"))
    assert files == ([] if each_month else ["esr_staff_list_2021-03-31.csv"])
    assert (housekeeping.NOT_ASKED in said) == (not each_month)
    assert [entry.act for entry in audit_trail.read(settings.dagster_home) if entry] == (
        ["purged"] if each_month else []
    )

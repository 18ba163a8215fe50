"""One list of findings: `wres check FOLDER` and a run make the same, from the same code."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.integration.extracts.clean_extracts import clean, write_csv
from wres_pipeline.commands import check
from wres_pipeline.extracts.outcomes import findings
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.orchestration import running
from wres_pipeline.settings import load


def delivery(extracts: Path) -> Path:
    """A body whose delivery has an unknown ethnic label, an unknown heading, a total, a zip, a subfolder, two of one day."""
    folder = extracts / "X01"
    folder.mkdir(parents=True)
    staff = clean("esr_staff_list", 40).with_cell(3, 3, "Cornish and proud of it")
    staff = staff.plus(("Grand Total", "", "", "", "", "", "", "", "", "", ""))
    write_csv(staff, folder)
    write_csv(clean("training", 10), folder)
    (folder / "training_2021-03-31.csv").rename(folder / "training_2021-03-31_v2.csv")
    write_csv(clean("training", 9), folder)
    (folder / "old.zip").write_bytes(b"PK")
    (folder / "2021-02").mkdir()
    write_csv(clean("appraisals", 5), folder / "2021-02")
    (folder / "esr_staff_list_2021-02-28.csv").write_text("no table\n")
    return folder


def identity(found: list[Finding]) -> list[tuple[str, ...]]:
    return [
        (f.code, f.severity, f.organisation_code, f.file, f.column, str(f.rows), f.what, f.remedy, f.mark)
        for f in found
    ]


def test_check_of_a_folder_and_a_run_make_the_same_findings(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    delivery(tmp_path / "extracts")
    for name, place in (
        ("EXTRACTS", "extracts"),
        ("OUTPUT", "out"),
        ("WAREHOUSE", "w.duckdb"),
        ("DAGSTER_HOME", "home"),
    ):
        monkeypatch.setenv(f"WRES_{name}", str(tmp_path / place))
    settings = load(base=tmp_path)
    checked = check.findings_of_folder(settings.extracts, ["X01"], 2021)
    ran = running.run_job(settings, running.Asked("annual_return", 2021, ["X01"], ()))
    assert ran.success, ran.problem
    file = settings.output / "X01" / "2021" / findings.FILE_NAME
    written = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert [
        (
            r["code"],
            r["severity"],
            r["organisation_code"],
            r["file"],
            r["column"],
            r["rows"],
            r["what"],
            r["remedy"],
            r["mark"],
        )
        for r in written
    ] == identity(checked)
    assert {f.code for f in checked} >= {
        "label_not_known", "file_not_used", "file_refused", "two_files_of_one_day", "rows_not_used",
    }  # fmt: skip

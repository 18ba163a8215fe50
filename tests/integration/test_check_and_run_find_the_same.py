"""One list of findings: `wres check FOLDER` and a run make the same, from the same code."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from tests.integration.extracts.clean_extracts import clean, write_csv
from wres_pipeline import warehouse
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


def written(output: Path, code: str) -> list[tuple[str, ...]]:
    """The findings of a body as its findings.csv has them."""
    file = output / code / "2021" / findings.FILE_NAME
    columns = ("code", "severity", "organisation_code", "file", "column", "rows", "what", "remedy", "mark")
    return [
        tuple(row[column] for column in columns)
        for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())
    ]


def test_check_and_a_run_make_the_same_findings_and_a_body_whose_mappings_are_faulty_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery(tmp_path / "extracts")
    mappings = tmp_path / "extracts" / "XTR" / "mappings"
    mappings.mkdir(parents=True)
    write_csv(clean("esr_staff_list", 40), mappings.parent)
    (mappings / "case_types.csv").write_text("label,means\nFact-finding,unclear\nHearing,grave\n")
    (mappings / "flags.csv").write_text("wort,heisst\n")
    for name, place in (
        ("EXTRACTS", "extracts"),
        ("OUTPUT", "out"),
        ("WAREHOUSE", "w.duckdb"),
        ("DAGSTER_HOME", "home"),
    ):
        monkeypatch.setenv(f"WRES_{name}", str(tmp_path / place))
    settings = load(base=tmp_path)
    checked = findings.by_organisation(check.findings_of_folder(settings.extracts, ["X01", "XTR"], 2021))
    ran = running.run_job(settings, running.Asked("annual_return", 2021, ["X01", "XTR"], ()))
    assert not ran.success and "XTR: " in ran.problem and "X01: " not in ran.problem
    with warehouse.connect(settings.warehouse) as con:
        made = con.execute("SELECT DISTINCT organisation_code FROM figures").fetchall()
    assert made == [("X01",)]
    assert [written(settings.output, code) for code in ("X01", "XTR")] == [
        identity(checked[code]) for code in ("X01", "XTR")
    ]
    assert {f.code for f in checked["X01"]} >= {
        "label_not_known", "file_not_used", "file_refused", "two_files_of_one_day", "rows_not_used",
    }  # fmt: skip
    assert [(f.code, f.severity, f.file, f.what[:7]) for f in checked["XTR"]] == [
        ("mapping_not_read", "blocks", "mappings/case_types.csv", "Line 2:"),
        ("mapping_not_read", "blocks", "mappings/case_types.csv", "Line 3:"),
        ("mapping_not_read", "blocks", "mappings/flags.csv", "Line 1:"),
    ]
    shutil.rmtree(mappings)  # the remedy, as far as it goes: nothing faulty is left
    assert not [
        f for f in check.findings_of_folder(settings.extracts, ["XTR"], 2021) if f.code == "mapping_not_read"
    ]

"""Commands that the docs name and that cost little are carried out, each in the order of its page, on the sample's return."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from tests.annual_run import ROOT, SAMPLE, AnnualRun
from tests.unit.docs.test_docs_are_true import wres_lines
from wres_pipeline.cli import app

CHEAP = ("figures", "form", "letters", "releases", "deliveries", "audit", "calendar")
"""Those that read a finished return. The tour's and the first return's other commands are run by python -m evidence.tour."""


def test_every_cheap_command_of_the_docs_ends_well_on_the_sample(
    sample_run: AnnualRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    extracts = tmp_path / "data" / "extracts" / "X01"
    shutil.copytree(SAMPLE / "X01", extracts)
    shutil.copytree(sample_run.output / "X01", tmp_path / "data" / "output" / "X01")
    (tmp_path / "data" / "warehouse").mkdir()
    shutil.copyfile(sample_run.warehouse, tmp_path / "data" / "warehouse" / "wres.duckdb")
    shutil.copyfile(ROOT / "wres.toml", tmp_path / "wres.toml")
    monkeypatch.chdir(tmp_path)
    for name in ("SETTINGS", "EXTRACTS", "OUTPUT", "WAREHOUSE", "DAGSTER_HOME"):
        monkeypatch.delenv(f"WRES_{name}", raising=False)
    done = []
    lines = [line for page, line in wres_lines() if page != "docs/tour.md"]
    for line in dict.fromkeys(line for line in lines if line.split()[1] in CHEAP):
        (extracts / "actions.docx").unlink(
            missing_ok=True
        )  # a form is written once, and the docs write it on two pages
        status = app(shlex.split(line)[1:], standalone_mode=False) or 0
        told = capfd.readouterr()
        assert status == 0 and "Traceback" not in told.err, (line, told)
        done.append(line)
    assert {line.split()[1] for line in done} == set(CHEAP)
    assert {"figures.csv", "our-letter.docx"} <= {path.name for path in tmp_path.iterdir()}

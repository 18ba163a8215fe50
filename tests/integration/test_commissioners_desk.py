"""The commissioner's desk through the annual job: the system of two members, and pages that are not safe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.unit.reports.invented_desk import CONTEXT, FIGURES, INPUTS
from wres_pipeline.commissioning import desk
from wres_pipeline.disclosure.audit import Audit
from wres_pipeline.orchestration.desk_reports import publish


def test_pages_an_audit_speaks_against_are_not_written_and_the_earlier_ones_go(tmp_path: Path) -> None:
    made, public = desk.internal(INPUTS, FIGURES), replace(CONTEXT, edition="public")
    assert publish(made, Audit(checked=3), None, public, tmp_path)
    assert "BME" in (tmp_path / "population.html").read_text(encoding="utf-8")
    failed = Audit(leaks=(("1", "headcount"),), checked=3)
    assert not publish(made, failed, None, public, tmp_path)
    assert not list(tmp_path.glob("provider-*"))
    assert "is not published" in (tmp_path / "population.html").read_text(encoding="utf-8")

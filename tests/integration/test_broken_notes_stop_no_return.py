"""One reading of plan, notes, comments and confirmations: all faults at once, with line and remedy, and the return is made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.integration.extracts.clean_extracts import write_csv
from tests.integration.test_deliveries_beside_their_history import folder as sound_delivery  # noqa: F401 - a fixture
from tests.integration.test_deliveries_beside_their_history import staff
from wres_pipeline.commands import check
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.settings import load


def found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    monkeypatch.setenv("WRES_OUTPUT", str(folder.parent.parent / "out"))
    return check.findings_of_folder(folder.parent, ["X01"], 2021, load(base=folder.parent))


def test_every_fault_of_every_written_file_is_told_with_its_line(
    sound_delivery: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = sound_delivery
    (folder / "actions.yaml").write_text(
        "organisation: X01\nplan: P\nadopted: soon\nactions:\n  - id: A1\n    titel: x\n"
    )
    (folder / "provider_comments.yaml").write_text("comments:\n  - provider: XTR\n    year: later\n")
    (folder / "confirmations.yaml").write_text("confirmations:\n  - finding: people_missing\n")
    notes = folder.parent.parent / "out" / "X01" / "2021" / "notes.yaml"
    notes.parent.mkdir(parents=True)
    notes.write_text("indicator_2:\n  txt: a\nindicator_10: {}\n")
    told = [f for f in found(folder, monkeypatch) if f.code == "written_file_not_read"]
    assert {f.file for f in told} == {
        "actions.yaml",
        "provider_comments.yaml",
        "confirmations.yaml",
        "notes.yaml",
    }
    assert all(f.severity == "look_at" for f in told)
    words = {f.file: " | ".join(g.what for g in told if g.file == f.file) for f in told}
    assert (
        "Line 3, plan, adopted" in words["actions.yaml"]
        and "Line 6, action A1, titel" in words["actions.yaml"]
    )
    assert "Line 3, comment number 1, year" in words["provider_comments.yaml"]
    assert "Line 2, indicator_2, txt" in words["notes.yaml"] and "Line 3, indicator_10" in words["notes.yaml"]


def test_a_finding_confirmed_by_its_mark_no_longer_stops_and_opens_again_with_other_content(
    sound_delivery: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = sound_delivery
    write_csv(staff(date(2021, 3, 31), range(21, 141)), folder)
    (one,) = [f for f in found(folder, monkeypatch) if f.code == "people_missing"]
    assert one.stops
    (folder / "confirmations.yaml").write_text(
        f"confirmations:\n  - finding: people_missing\n    mark: {one.mark}\n    file: {one.file}\n"
        "    reason: the community services moved to another trust\n    role: Head of Workforce\n    until: 2099-03-31\n"
    )
    (again,) = [f for f in found(folder, monkeypatch) if f.code == "people_missing"]
    assert not again.stops and again.confirmed.startswith("Head of Workforce, until 2099-03-31")
    write_csv(staff(date(2021, 3, 31), range(21, 140)), folder)
    (opened,) = [f for f in found(folder, monkeypatch) if f.code == "people_missing"]
    assert opened.stops


def test_check_tells_every_fault_of_settings_and_written_files_before_it_lands_anything(
    sound_delivery: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = sound_delivery.parent.parent
    monkeypatch.chdir(home)
    (home / "wres.toml").write_text("[targets]\nambition = 2\n[gap]\nreview_pairs = -1\n")
    (sound_delivery / "provider_comments.yaml").write_text("comments:\n  - provider: XTR\n    year: later\n")
    told: list[str] = []

    def landed(*_: object, **__: object) -> list[Finding]:
        told.append(capsys.readouterr().out)
        return []

    monkeypatch.setattr(check, "findings_of_folder", landed)
    assert check.check([sound_delivery], None) == check.BLOCKED
    assert (
        "wres.toml: line 2: [targets] ambition is 2.0" in told[0] and "line 4: [gap] review_pairs" in told[0]
    )
    assert "provider_comments.yaml: Line 3, comment number 1, year" in told[0]
    assert "no run starts before" in capsys.readouterr().out
    assert check.check([home / "wres.toml", sound_delivery / "provider_comments.yaml"], None) == check.BLOCKED
    assert "line 4: [gap] review_pairs" in (words := capsys.readouterr().out) and "Line 3, comment" in words

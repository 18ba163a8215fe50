"""The audit trail tells every act, and every change of it afterwards."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.killed import killed_at, lines_of
from wres_pipeline.commands import safekeeping
from wres_pipeline.governance import audit_trail
from wres_pipeline.settings import Settings

NOW = datetime(2021, 9, 7, 10, 0, tzinfo=UTC)


def trail(place: Path, acts: int = 4) -> Path:
    for number in range(acts):
        audit_trail.append(place, "ran annual_return", NOW, partition=str(2018 + number))
    return place / audit_trail.FILE


def test_a_trail_nobody_touched_holds_and_its_file_is_its_owners_alone(tmp_path: Path) -> None:
    place = trail(tmp_path)
    assert audit_trail.breaks(tmp_path) == []
    assert [entry.number for entry in audit_trail.read(tmp_path) if entry] == [1, 2, 3, 4]
    assert place.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda lines: [lines[0], lines[1].replace("2019", "2099"), *lines[2:]], "line 2 was changed"),
        (lambda lines: [lines[0], *lines[2:]], "before line 2"),
        (lambda lines: [lines[0], lines[0], *lines[1:]], "before line 2"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "before line 1"),
        (lambda lines: [lines[0], "x", *lines[2:]], "line 2 is no entry"),
        (lambda lines: [*lines[:3], lines[3][:40]], "line 4 is no entry"),
    ],
    ids=["changed", "taken out", "put in twice", "two exchanged", "overwritten", "cut short"],
)
def test_a_line_that_was_touched_is_told(tmp_path: Path, harm: object, words: str) -> None:
    place = trail(tmp_path)
    lines = place.read_text(encoding="utf-8").splitlines()
    place.write_text("\n".join(harm(lines)) + "\n", encoding="utf-8")  # type: ignore[operator]
    assert any(words in told for told in audit_trail.breaks(tmp_path))


def test_a_forged_line_with_a_mark_of_its_own_breaks_the_next_one(tmp_path: Path) -> None:
    place = trail(tmp_path)
    lines = place.read_text(encoding="utf-8").splitlines()
    forged = json.loads(lines[1])
    forged["act"] = "signed off"
    entry = audit_trail.Entry(**forged)
    import hashlib

    forged["mark"] = hashlib.sha256(entry.content.encode()).hexdigest()
    lines[1] = json.dumps(forged)
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert any("before line 3" in told for told in audit_trail.breaks(tmp_path))


def test_lines_cut_off_at_the_end_show_by_the_mark_that_was_written_down(tmp_path: Path) -> None:
    place = trail(tmp_path)
    written_down = audit_trail.head(tmp_path)
    place.write_text("\n".join(place.read_text(encoding="utf-8").splitlines()[:3]) + "\n", encoding="utf-8")
    assert audit_trail.breaks(tmp_path) == []
    assert audit_trail.head(tmp_path) != written_down


def test_an_append_killed_at_any_line_leaves_a_trail_that_holds(tmp_path: Path) -> None:
    ours = ("governance/audit_trail.py",)
    many = lines_of(lambda: trail(tmp_path / "all", 1), ours)
    for line in range(1, many, 3):
        place = tmp_path / str(line)
        trail(place, 2)
        killed_at(lambda place=place: trail(place, 1), ours, line)
        trail(place, 1)
        assert audit_trail.breaks(place) == [], line
        assert len(list(audit_trail.read(place))) in (3, 4)
        shutil.rmtree(place)


FORGED = {"number": 2, "at": "", "user": "", "act": "", "facts": {}, "version": "", "before": "", "mark": ""}


@pytest.mark.parametrize(
    "line",
    [
        json.dumps({**FORGED, "facts": [1]}),
        json.dumps({**FORGED, "facts": {"a": {"b": 1}}}),
        json.dumps({**FORGED, "mark": 5}),
        json.dumps({**FORGED, "act": "\ud800"}),
        '{"number": Infinity}',
        "[" * 100_000,
        "\x00" * 40,
    ],
    ids=["facts", "nested", "mark", "surrogate", "infinity", "deep", "zeros"],
)
def test_a_forged_line_is_told_and_stops_neither_the_audit_nor_the_next_act(
    tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = trail(tmp_path, 1)
    with place.open("a", encoding="utf-8") as out:
        out.write(line + "\n")
    audit_trail.append(tmp_path, "ran")
    settings = Settings(tmp_path, tmp_path, tmp_path / "w", tmp_path)
    assert safekeeping.audit(settings, 0) == safekeeping.BROKEN
    assert "line 2 is no entry" in capsys.readouterr().err


def test_a_line_cannot_write_over_what_the_terminal_shows_of_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audit_trail.append(
        tmp_path, "stored open", warehouse="\x1b[2Ja\u2028b\n9 acts; every line is as it was written"
    )
    assert audit_trail.breaks(tmp_path) == []
    assert safekeeping.audit(Settings(tmp_path, tmp_path, tmp_path / "w", tmp_path), 0) == safekeeping.HOLDS
    told = capsys.readouterr().out
    assert len(told.splitlines()) == 2 and "\x1b" not in told

"""A new user's way, typed on a terminal: an empty folder and seven exports named as they come, to a signed publication."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind"
)


def test_six_commands_one_run_and_no_wrong_turn_lead_to_a_signed_publication(tmp_path: Path) -> None:
    from evidence import walk

    turns = walk.walk(tmp_path, "X01")
    told = "\n".join(f"$ {one.typed} [{one.status}]\n{one.text}" for one in turns)
    assert not [one.typed for one in turns if one.wrong], told
    assert [one.typed.split()[1] for one in turns] == ["init", "add", "check", "run", "sign-off", "verify"]
    assert turns[1].answers == len(walk.EXPORTS)  # each file is shown, and Enter takes it
    made = tmp_path / "home" / "data" / "output"
    assert (made / walk.CODE / "2021" / "internal" / "index.html").is_file()
    page = (made / "public" / walk.CODE / "2021" / "index.html").read_text(encoding="utf-8")
    assert "not yet signed off" not in page and "The Board" in page
    for one, following in zip(turns, ("wres add", "wres check", "wres run", "wres sign-off"), strict=False):
        assert f"Next: {following}" in one.text or following in one.text.split("Next: ")[-1], one.text
    # the terminal moves while the run goes on: it names steps and what comes next
    assert "Reading the extracts" in turns[3].text and "next: " in turns[3].text

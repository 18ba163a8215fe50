"""What a run says while it goes on: on a terminal, in a file, in silence and as JSON."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from wres_pipeline.commands import live, terminal
from wres_pipeline.pipelines import landing, plan, progress


def followed(out: Console) -> str:
    """What stands on the console after a landing of two files and three steps."""
    with live.followed(out):
        progress.tell(landing.LAND, 0, 2, "esr_staff_list_2021-03-31.csv")
        progress.tell(landing.LAND, 1, 2, "[bold]training_2021-03-31.csv")
        progress.tell(landing.CORE, of=1)
        progress.tell(landing.IDENTITIES, of=1)
        progress.tell("figures", of=1)
        file = out.file
        assert isinstance(file, io.StringIO)
        if out.is_terminal:
            import time

            time.sleep(0.3)  # the moving line is drawn ten times a second
        return file.getvalue()


def test_every_step_of_a_run_has_words_and_says_what_comes_next() -> None:
    assert {step.name for step in (*plan.YEAR, *plan.MONTH)} | {landing.LAND} == set(live.WORDS)
    assert live.following(live.FIRST) == "Reading the extracts"
    assert live.following("Reading the extracts") == "Understanding their rows"
    assert live.following("Counting") == "Checking the figures"
    assert live.following("Writing the data-quality report") == ""


def test_elsewhere_than_on_a_terminal_each_step_is_a_plain_line_once() -> None:
    out = Console(file=io.StringIO(), width=120, highlight=False)
    assert followed(out) == "Reading the extracts …\nUnderstanding their rows …\nCounting …\n"


def test_a_terminal_shows_the_step_how_far_it_is_and_what_is_next_and_runs_no_markup_of_a_file_s_name() -> (
    None
):
    out = Console(file=io.StringIO(), width=140, force_terminal=True, highlight=False)
    shown = followed(out)
    assert "Counting" in shown and "next: checking the figures" in shown


def test_silence_is_silent_and_nobody_listens_afterwards() -> None:
    assert followed(Console(file=io.StringIO(), quiet=True)) == ""
    progress.tell("figures")  # nobody listens: nothing happens


def test_json_and_quiet_consoles_print_nothing_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.console(quiet=True).print("words")
    terminal.console(as_json=True).print("words")
    assert capsys.readouterr().out == ""
    live.as_json({"status": 1, "failed_checks": live.in_rows([("a_check", "X01: words – é", True)])})
    assert json.loads(capsys.readouterr().out)["failed_checks"] == [
        {"check": "a_check", "words": "X01: words – é", "error": True}
    ]

"""One message of everything that is new: grouped by kind, each with what to do."""

from __future__ import annotations

from wres_pipeline.quality.notices import Kind, Notice, grouped


def of(kind: Kind, count: int) -> list[Notice]:
    return [Notice(kind, f"{kind}/{n}", f"line {n} of {kind}") for n in range(count)]


def test_several_kinds_are_one_message_that_says_how_many_and_what_to_do() -> None:
    told = grouped([*of("deadline", 1), *of("run", 2), *of("check", 1)])
    assert told.subject == "WRES: 2 runs failed, a check failed, a date comes near"
    assert told.text.split("\n\n")[0].splitlines() == [
        "2 runs failed:", "- line 0 of run", "- line 1 of run",
        "What to do: Open the run in the web UI, or start it again: what has been made stands.",
    ]  # fmt: skip


def test_a_flood_is_counted_and_not_listed() -> None:
    lines = grouped(of("late", 23)).text.splitlines()
    assert lines[0] == "23 deliveries are late:"
    assert len(lines) == 1 + 20 + 1 + 1 and lines[21] == "- and 3 more"

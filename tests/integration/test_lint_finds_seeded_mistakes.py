"""The lint on generated pages with one mistake each, small; the long version is `evidence/lint_accuracy.py`."""

from __future__ import annotations

from pathlib import Path

from evidence.lint_accuracy import trial


def test_the_lint_finds_the_mistake_of_nineteen_pages_in_twenty_and_invents_next_to_none(
    tmp_path: Path,
) -> None:
    outcome, missed, clean = trial(20, tmp_path)
    found = sum(count for (_, right), count in outcome.items() if right)
    assert found >= 19, missed
    assert max(len(findings) for findings in clean) <= 1

"""Providers at a glance, and what of the letters to them is public: nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from tests.unit.reports.invented_desk import CONTEXT, FIGURES, INPUTS
from wres_pipeline.commissioner import dashboard
from wres_pipeline.reports.commissioner import commissioner_pages, provider_matrix


def text_of(path: Path) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")).split())


def test_what_was_written_to_a_provider_is_in_no_public_file(tmp_path: Path) -> None:
    made = dashboard.internal(INPUTS, FIGURES)
    written = [one.text for review in made.reviews for one in review.comments]
    assert written
    for edition in ("internal", "public"):
        commissioner_pages.write(made, None, replace(CONTEXT, edition=edition), tmp_path / edition)
    for name in ("providers.html", "provider-xtr.html"):
        assert "Why &lt;so&gt;?" in (tmp_path / "internal" / name).read_text(encoding="utf-8")
        page = text_of(tmp_path / "public" / name)
        for words in (
            "Why &lt;so&gt;?",
            "no reply yet",
            "Comments without a reply",
            "Written to",
            "reads like a percentage",
        ):
            assert words not in page, (name, words)
    for word in (tmp_path / "public").glob("*.docx"):
        said = " ".join(p.text for p in docx.Document(str(word)).paragraphs)
        assert all(text not in said for text in written)


def test_the_matrix_has_a_row_a_provider_and_a_mark_a_verdict() -> None:
    made = dashboard.internal(INPUTS, FIGURES)
    [row] = [one for one in provider_matrix.matrix(made) if one.page == "provider-xtr.html"]
    assert len(row.cells) == len(provider_matrix.heads()) == 4
    by_verdict = {f.breakdown: f.verdict for f in made.section("provider_log")
                  if (f.subject, f.measure, f.about_year) == ("XTR", "gap", 2021)}  # fmt: skip
    assert by_verdict["8"] == "higher among BME staff" and row.cells[3].mark == "●"
    assert row.cells[3].words == "worse for BME staff" and row.cells[3].shown == "16.0%"
    assert "open" in row.written and row.written.endswith("days")


@pytest.mark.parametrize(
    ("number", "direction", "mark"),
    [("5", "higher", "●"), ("5", "lower", "◐"), ("7", "lower", "●"), ("7", "higher", "◐"), ("7", "", "○")],
)
def test_more_is_better_only_for_equal_opportunities(number: str, direction: str, mark: str) -> None:
    made = dashboard.internal(INPUTS, FIGURES)
    gap = next(f for f in made.section("provider_log") if f.measure == "gap")
    assert (
        provider_matrix._mark(replace(gap, direction=direction, verdict="anders gesagt"), number)[0] == mark
    )
    assert provider_matrix._mark(None, number)[0] == "–"

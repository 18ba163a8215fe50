"""What a reader outside meets in words: no operator's words, British days, true minus signs, sentences that can be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import plain_words
from tests.annual_run import AnnualRun
from tests.unit.reports.invented_return import invented_context, invented_figures, without
from wres_pipeline.reference import indicators
from wres_pipeline.reports.site import site_pages

OLDEST_READER = 12.0
"""The age at which the overview's sentences can be read. [the target of the NHS for what everybody is to understand: 9 to 11]"""


def test_no_public_page_of_a_run_has_words_of_the_operator(sample_run: AnnualRun) -> None:
    public = sample_run.output / "public"
    bodies = {page.relative_to(public).parts[0] for page in public.rglob("*.html")}
    assert bodies == {"X01", "XTR", "XSY"}  # with providers, without, and a system
    assert plain_words.faults(public) == []


@pytest.mark.parametrize("kind", ["small", "incomplete", "nothing supplied"])
def test_no_page_of_a_small_or_incomplete_body_has_words_of_the_operator(tmp_path: Path, kind: str) -> None:
    figures = invented_figures()
    context = invented_context("public")
    if kind == "small":
        hidden = [
            replace(f, value=None, state="withheld", shown="withheld", numerator=None, denominator=None,
                    interval_low=None, interval_high=None)
            if f.indicator not in ("5", "6", "7", "8") else f
            for f in figures
        ]  # fmt: skip
        site_pages.write(hidden, context, tmp_path)
    elif kind == "incomplete":
        site_pages.write(
            without(figures, {"2", "4"}),
            replace(context, complete=False, missing_kinds=("TRAC applications",)),
            tmp_path,
        )
    else:
        nothing = without([f for f in figures if f.reporting_year == 2021], set(indicators.NUMBERS))
        site_pages.write(
            nothing, replace(context, complete=False, missing_kinds=("every extract",), actions=()), tmp_path
        )
    assert plain_words.faults(tmp_path) == []


def test_the_sentences_of_the_overview_can_be_read_at_eleven_or_twelve(sample_run: AnnualRun) -> None:
    for code in ("X01", "XTR"):
        page = sample_run.output / "public" / code / "2021" / "index.html"
        words = " ".join(plain_words.sentences(page))
        assert len(words.split()) > 100
        assert plain_words.reading_age(words) <= OLDEST_READER, code


def test_the_check_finds_each_kind_of_fault_and_nothing_in_plain_words(tmp_path: Path) -> None:
    faulty = {
        "a file's name": "Add it to residents.csv beside the others.",
        "a command": "Then type wres run.",
        "a name of the code": "One primary_assignment each.",
        "a word of the operator": "Add a row with its source.",
        "a sentence with 'withheld of'": "Ethnicity was recorded for withheld of staff.",
        "a day that is not written as in Britain": "The staff in post on 2021-03-31.",
        "a hyphen for a minus sign": "The difference is -11.4 points.",
        "a word that the NHS does not use": "This can occur in clinical settings.",
        "nothing where a word should be": "In 2021 it was nan.",
    }
    assert set(faulty) == set(plain_words.FAULTS)
    for kind, words in faulty.items():
        (tmp_path / "index.html").write_text(f"<body><p>{words}</p></body>", encoding="utf-8")
        assert [one.kind for one in plain_words.faults(tmp_path)] == [kind], words
    plain = "In 2020-21 the difference was −11.4 points, on 31 March 2021, from 3-5 bodies: policy HR-12."
    (tmp_path / "index.html").write_text(f"<body><p>{plain}</p></body>", encoding="utf-8")
    assert plain_words.faults(tmp_path) == []


def test_the_reading_age_is_that_of_the_published_formula() -> None:
    # 6 words, 1 sentence, 6 syllables: 0.39 × 6 + 11.8 × 1 − 15.59 = −1.45, and five years
    assert plain_words.reading_age("The cat sat on the mat.") == pytest.approx(3.55)
    hard = "Notwithstanding considerable organisational deliberation, disproportionate representation perpetuates inequality."
    assert plain_words.reading_age(hard) > 20

"""A text of the author's notes that says a number withheld in the public edition stays out of it, and no other does."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tests.unit.reports.invented_return import invented_context, invented_figures
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reports.annual.notes import IndicatorNotes, Notes
from wres_pipeline.reports.context import TextLeftOut
from wres_pipeline.reports.release import notes_disclosure
from wres_pipeline.reports.site import site_pages


def of(measure: str, value: Fraction | int, unit: str = "people", *, indicator: str = "3") -> Figure:
    return Figure("X01", 2021, indicator, measure, ethnic_group="BME", value=value, unit=unit)


TRUE = [
    of("entered_disciplinary", 7),
    of("likelihood", Fraction(700, 29), "percent"),
    of("relative_likelihood_bme_over_white", Fraction(17, 8), "ratio"),
    of("workforce", 1290),
    of("headcount", 18, indicator="9"),
]
PUBLIC = [
    replace(f, state="withheld", value=None) if f.measure != "workforce" else f for f in TRUE
]  # the workforce is printed


def places(text: str, *, number: str = "3") -> list[tuple[str, str]]:
    mine = Notes({number: IndicatorNotes(adds=text)})
    return [(one.section, one.field) for one in notes_disclosure.left_out(mine, TRUE, PUBLIC)]


@pytest.mark.parametrize(
    "text",
    [
        "Of these, 7 were BME.",
        "Seven BME colleagues entered the process.",
        "7 of 29.",
        "(7)",
        "A rate of 24.1%.",
        "About 24% of BME staff.",
        "About twenty-four per cent.",
        "A ratio of 2.13.",
        "A ratio of 2.1.",
        "Roughly 2 times as likely.",
        "７ people",  # digits of another width
    ],
)
def test_a_note_with_a_withheld_number_of_its_indicator_is_left_out(text: str) -> None:
    assert places(text) == [("indicator_3", "adds")]


@pytest.mark.parametrize(
    "text",
    [
        "Fewer than ten people entered the process.",
        "The workforce was 1,290.",
        "On 7 May 2021 the board agreed three actions for Band 7 and indicator 7.",
        "Bands 7 to 8a and 8b.",
        "In 2017 there were 70.",
        "24 managers were trained.",
        "A ratio of 2.12.",
        "",
    ],
)
def test_a_note_without_one_stays(text: str) -> None:
    assert places(text) == []


def test_a_note_is_held_against_its_own_indicator_and_an_answer_against_all() -> None:
    assert places("Eighteen people sit there.") == []
    assert places("Eighteen people sit there.", number="9") == [("indicator_9", "adds")]
    answered = Notes({}, {"other_factors": "There are 18.", "steps_taken": "Letters were sent."})
    assert [one.section for one in notes_disclosure.left_out(answered, TRUE, PUBLIC)] == ["other_factors"]


def test_what_is_said_of_a_note_left_out_names_text_and_figure_and_not_the_number() -> None:
    [one] = notes_disclosure.left_out(Notes({"3": IndicatorNotes(text="It was 7.")}), TRUE, PUBLIC)
    assert one == TextLeftOut(
        notes_disclosure.FILE, "indicator_3", "text", "2021, indicator 3, entered disciplinary, BME"
    )
    assert "7" not in one.words
    assert "indicator_3, text" in one.words


def test_the_public_pages_leave_the_text_out_and_the_internal_ones_keep_it(tmp_path: Path) -> None:
    file = tmp_path / "notes.yaml"
    file.write_text('indicator_3: {text: "Exactly 7.", adds: "Kept."}\nother_factors: "And 18."\n', "utf-8")
    left = (
        TextLeftOut(notes_disclosure.FILE, "indicator_3", "text", "f"),
        TextLeftOut(notes_disclosure.FILE, "other_factors", "", "f"),
    )
    figures = invented_figures()
    public = site_pages.publication(figures, invented_context("public", notes_file=file, texts_left_out=left))
    inside = site_pages.publication(figures, invented_context(notes_file=file, texts_left_out=left))

    def words(made: site_pages.Publication) -> str:
        return " ".join(next(one.words for one in made.views if one.number == "3"))

    assert "Exactly 7." in words(inside) and "Exactly 7." not in words(public)
    assert "Kept." in words(inside) and "Kept." in words(public)
    assert inside.answers == {"other_factors": "And 18."}
    assert public.answers == {}

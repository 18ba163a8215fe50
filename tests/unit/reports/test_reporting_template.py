"""The annual reporting template as a Word file, read back with python-docx."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
import yaml
from docxtpl import DocxTemplate

from tests.unit.reports.invented_return import invented_context, invented_figures
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reports.annual import reporting_template
from wres_pipeline.reports.site import site_pages


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    return invented_figures()


@pytest.fixture(scope="module")
def words(figures: list[Figure], tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("word") / "template.docx"
    reporting_template.write_docx(figures, invented_context("public"), path)
    return text_of(path)


def text_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize(
    "asked",
    [
        "Name of organisation",
        "Date of report",
        "Name and title of board lead for the Workforce Race Equality Standard",
        "Name and contact details of the author",
        "Names of commissioners this report has been sent to",
        "Where this report and its action plan are published",
        "This report has been signed off by, on behalf of the board, on",
        "Any issues of completeness of data",
        "Any matters relating to reliability of comparisons with previous years",
        "Employed within this organisation at the date of the report",
        "Proportion of BME staff employed",
        "The proportion of total staff who have self-reported their ethnicity",
        "Steps taken in the last reporting period to improve self-reporting",
        "Steps planned during the current reporting period to improve it",
        "What period does the organisation’s workforce data refer to?",
        "Any other factors or data which should be taken into consideration",
        "Action plan",
        *(f"Indicator {n}: " for n in range(1, 10)),
    ],
)
def test_every_question_of_the_annual_reporting_template_is_asked(words: str, asked: str) -> None:
    assert asked in words


def test_no_field_is_left_unfilled(words: str) -> None:
    assert "{{" not in words
    assert "{%" not in words


def test_the_answers_are_those_of_the_context_and_the_figures(words: str) -> None:
    for answer in (
        "Carrick Bay Hospitals NHS Trust (XTR)",
        "1 October 2021",
        "Chief People Officer",
        "ethnicity was recorded for 97.4% of staff. It was declared by 95.1%",
        "The people in this report are invented.",
        "https://www.example.nhs.uk/wres/action-plan",
        "Mixed interview panels (Head of Recruitment, by 31 March 2022; On time)",
        "Not signed off yet.",
    ):
        assert answer in words


def test_what_nobody_has_answered_says_so(words: str) -> None:
    assert reporting_template.NOT_ANSWERED in words


def test_the_same_figures_give_the_same_bytes(figures: list[Figure], tmp_path: Path) -> None:
    first, second = (
        reporting_template.write_docx(figures, invented_context(), tmp_path / name).read_bytes()
        for name in ("a.docx", "b.docx")
    )
    assert first == second


def test_text_that_looks_like_markup_or_a_template_stays_text(figures: list[Figure], tmp_path: Path) -> None:
    context = invented_context(author="<w:b> & {{ year }} {% raw %}", board_lead="A\x00B")
    path = reporting_template.write_docx(figures, context, tmp_path / "t.docx")
    assert "<w:b> & {{ year }} {% raw %}" in text_of(path)
    assert "AB" in text_of(path)


def test_the_template_asks_for_every_field_that_is_given_and_for_no_other(figures: list[Figure]) -> None:
    asked = DocxTemplate(str(reporting_template.TEMPLATE)).get_undeclared_template_variables()
    assert asked == set(reporting_template.fields(figures, invented_context()))


def test_the_document_says_its_language_title_and_which_rows_are_headings(
    figures: list[Figure], tmp_path: Path
) -> None:
    path = reporting_template.write_docx(figures, invented_context(), tmp_path / "t.docx")
    document = docx.Document(str(path))
    assert document.core_properties.title.startswith("WRES reporting template 2021")
    assert document.core_properties.language == "en-GB"
    assert 'w:lang w:val="en-GB"' in document.styles.element.xml
    for table in document.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert "w:gridSpan" not in table._tbl.xml
        assert "w:vMerge" not in table._tbl.xml


class TestTheAuthorsNotes:
    """notes.yaml: written once by a run, the author's from then on."""

    def test_a_run_writes_the_file_once_and_never_changes_it(
        self, figures: list[Figure], tmp_path: Path
    ) -> None:
        place = tmp_path / "notes.yaml"
        context = invented_context(notes_file=place)
        assert site_pages.write_notes_once(figures, context)
        place.write_text(place.read_text().replace('text: ""', 'text: "Mine."', 1))
        kept = place.read_bytes()
        assert not site_pages.write_notes_once(invented_figures(seed=2), context)
        assert place.read_bytes() == kept

    def test_the_authors_words_stand_in_place_of_the_draft_or_after_it(
        self, figures: list[Figure], tmp_path: Path
    ) -> None:
        place = tmp_path / "notes.yaml"
        notes = {
            "indicator_2": {"text": "We know why.\n\nAnd we act.", "action_taken": "Panels trained."},
            "indicator_3": {"adds": "Two cases are still open."},
            "steps_taken": "A letter to everybody.",
            "completeness": "One ward sent nothing.",
        }
        place.write_text(yaml.safe_dump(notes))
        context = invented_context("public", notes_file=place)
        words = text_of(reporting_template.write_docx(figures, context, tmp_path / "t.docx"))
        assert "We know why.\nAnd we act." in words
        assert "times as likely as BME applicants" not in words
        assert "Panels trained." in words
        assert "Two cases are still open." in words
        assert "times as likely as White staff to enter" in words
        assert "A letter to everybody." in words
        assert "One ward sent nothing." in words

    def test_words_written_beside_other_figures_are_marked_in_the_internal_edition(
        self, figures: list[Figure], tmp_path: Path
    ) -> None:
        place = tmp_path / "notes.yaml"
        context = invented_context(notes_file=place)
        site_pages.write_notes_once(figures, context)
        place.write_text(place.read_text().replace('text: ""', 'text: "Mine."'))
        assert not any(one.words_outdated for one in site_pages.publication(figures, context).views)
        other = site_pages.publication(invented_figures(seed=9), context)
        assert all(one.words_outdated for one in other.views)
        public = invented_context("public", notes_file=place)
        assert not any(
            one.words_outdated for one in site_pages.publication(invented_figures(seed=9), public).views
        )

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("indicator_10: {text: a}", "indicator_10: no such field"),
            ("indicator_2: {txt: a}", "line 1, indicator_2, txt: no such field"),
            ("indicator_2: [a]", "must hold fields"),
            ("- a", "must hold sections"),
            ("a: [", "not a YAML file"),
            ("steps_taken: {a: b}", "must be text"),
        ],
    )
    def test_a_file_that_cannot_be_used_says_what_is_wrong_and_stops_no_return(
        self, figures: list[Figure], tmp_path: Path, content: str, said: str
    ) -> None:
        from wres_pipeline.reports.annual.notes import NotesError, parse

        place = tmp_path / "notes.yaml"
        place.write_text(content)
        with pytest.raises(NotesError, match="notes.yaml") as refused:
            parse(content, place.name)
        assert said in str(refused.value)
        assert site_pages.publication(figures, invented_context(notes_file=place))


def test_a_long_name_and_long_markings_fit_what_the_file_can_hold(
    figures: list[Figure], tmp_path: Path
) -> None:
    name = "NHS " + "and ".join(["Tamar and Moor "] * 30) + "Clinical Commissioning Group"
    path = tmp_path / "t.docx"
    reporting_template.write_docx(figures, invented_context(organisation_name=name), path)
    about = docx.Document(str(path)).core_properties
    assert max(len(about.author), len(about.comments), len(about.title)) <= 255
    assert about.author.startswith("NHS Tamar") and about.author.endswith("…")
    assert name in text_of(path)

"""The plan and the notes as forms: what a person does to a Word file or a workbook is read back, or named with its place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from wres_pipeline.action_plan import plan
from wres_pipeline.action_plan.plan import Action, Plan, PlanError, Target, Update
from wres_pipeline.extracts.naming import file_names
from wres_pipeline.pipelines import fingerprints
from wres_pipeline.reference import written_choice
from wres_pipeline.reports import delivery_findings
from wres_pipeline.reports.annual import forms, notes
from wres_pipeline.reports.annual.notes import IndicatorNotes, Notes, NotesError

TODAY = date(2026, 11, 28)
PLAN = Plan(
    "RJ8",
    "Fair from the start 2026-27",
    date(2026, 5, 25),
    (
        Action("A01", "Mixed panels", "Head of Recruitment", date(2026, 12, 31), "", "Appointed alike", ("2",),
               Target("2", "relative_likelihood_white_over_bme", 1.25, date(2027, 3, 31)), "Panel records"),
        Action("A02", "Mentors", "Equality Lead", date(2026, 9, 30), "yearly", "", ("4", "7"),
               done=(date(2025, 9, 1), date(2026, 9, 8)), updates=(Update(date(2026, 6, 1), "Forty pairs"),)),
    ),
)  # fmt: skip
NOTES = Notes(
    {
        "2": IndicatorNotes("Ours.\n\nIn two paragraphs.", "", "Panels", "", "abc"),
        "race_disparity": IndicatorNotes(adds="So."),
    },
    {"steps_taken": "Letters home"},
)
DRAFTS = {"2": ("A draft.", "Of two sentences."), "race_disparity": ("Another.",)}
HERE = Path(__file__).parent / "forms_by_libreoffice"
"""Forms as LibreOffice 7.4 saved them: written by us, saved as .odt or .ods, opened, and saved as .docx or .xlsx."""


@pytest.fixture(params=[".docx", ".xlsx"])
def suffix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return forms.write_plan(PLAN, "RJ8", tmp_path / "actions.docx", TODAY)


def edited(path: Path, how: Callable[[Any], None]) -> bytes:
    """The Word file after somebody's edit."""
    paper = docx.Document(str(path))
    how(paper)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def read(content: bytes) -> Plan:
    return plan.parse(content, "actions.docx")


def faults(content: bytes) -> tuple[str, ...]:
    with pytest.raises(PlanError) as told:
        read(content)
    return told.value.problems


def test_a_plan_and_notes_are_read_back_as_they_were(tmp_path: Path, suffix: str) -> None:
    written = forms.write_plan(PLAN, "RJ8", tmp_path / f"actions{suffix}", TODAY)
    assert plan.read(written.read_bytes(), written.name) == (PLAN, written_choice.mark(PLAN))
    assert (
        forms.write_plan(PLAN, "RJ8", tmp_path / f"again{suffix}", TODAY).read_bytes() == written.read_bytes()
    )
    said = forms.write_notes(NOTES, DRAFTS, "A return", tmp_path / f"notes{suffix}", TODAY)
    assert notes.read(said.read_bytes(), said.name) == (NOTES, written_choice.mark(NOTES))


def test_a_form_saved_by_libreoffice_by_way_of_its_own_format_says_the_same(suffix: str) -> None:
    assert plan.parse((HERE / f"actions{suffix}").read_bytes(), f"actions{suffix}") == PLAN
    assert notes.read((HERE / f"notes{suffix}").read_bytes(), f"notes{suffix}")[0] == NOTES


def test_rows_added_and_cells_typed_as_people_type_them_are_read(form: Path) -> None:
    def add(paper: Any) -> None:
        typed = (
            ("A03", "A\u00a0“fair” start – for all", "Chair", "Monday, 5th October 2026", "Half–yearly", "", "Indicators 5–8 and 2",
             "", "08/06/2026; 9 Dec 2026"),
            ("A04", "Listen", "Chair", "31.10.26", "Every year", "", "race disparity", "", ""),
        )  # fmt: skip
        for row in typed:
            for cell, text in zip(paper.tables[1].add_row().cells, row, strict=True):
                cell.text = text
        for cell, text in zip(
            paper.tables[2].add_row().cells,
            ("A03", "9", "Difference from workforce", "", "board", "", "\u22120.5", "31 March 2027"),
            strict=True,
        ):
            cell.text = text
        paper.paragraphs[1].add_run(" Version for the committee.")
        paper.add_comment(
            paper.tables[1].rows[1].cells[1].paragraphs[0].runs,
            text="Is this ours?",
            author="A",
            initials="A",
        )

    third, fourth = read(edited(form, add)).actions[2:]
    assert third == Action(
        "A03", "A “fair” start – for all", "Chair", date(2026, 10, 5), "half-yearly", "", ("5", "6", "7", "8", "2"),
        Target("9", "difference_from_workforce", -0.5, date(2027, 3, 31), band="board"),
        done=(date(2026, 6, 8), date(2026, 12, 9)),
    )  # fmt: skip
    assert (fourth.due, fourth.recurs, fourth.indicators) == (
        date(2026, 10, 31),
        "yearly",
        ("race_disparity",),
    )


def test_cells_merged_downwards_stand_for_both_rows_and_merged_sideways_are_named(form: Path) -> None:
    def merge(paper: Any) -> None:
        rows = paper.tables[1].rows
        rows[2].cells[2].text = ""
        rows[1].cells[2].merge(rows[2].cells[2])

    assert [action.owner for action in read(edited(form, merge)).actions] == ["Head of Recruitment"] * 2
    sideways = edited(
        form, lambda paper: paper.tables[1].rows[2].cells[1].merge(paper.tables[1].rows[2].cells[2])
    )
    assert faults(sideways) == (
        "actions.docx, table 2, row 3: cells are merged from left to right; split them again",
    )


def test_every_fault_is_named_at_once_with_table_row_and_heading(form: Path) -> None:
    def spoil(paper: Any) -> None:
        actions, targets, reported = paper.tables[1:4]
        actions.rows[1].cells[3].text = "the end of 2026"
        actions.rows[2].cells[4].text = "weekly"
        actions.rows[2].cells[2].text = ""
        targets.rows[1].cells[6].text = "par"
        reported.rows[1].cells[0].text = "A09"
        paper.tables[0].rows[2].cells[1].text = "12/25/2026"

    assert faults(edited(form, spoil)) == (
        "actions.docx, table 4, row 2, Action: the table of actions has no action of this name",
        "actions.docx, table 2, row 2, action A01, Due: a text of the shape aaa aaa aa 9999 is not a date; "
        "write it as 31 October 2021",
        "actions.docx, table 3, row 2, action A01, target, Value: 'par' is not a number",
        "actions.docx, table 2, row 3, action A02, Repeats: 'weekly' is not one of yearly, half-yearly, quarterly, monthly, "
        "or null",
        "actions.docx, table 2, row 3, action A02, Who leads it (a role): is missing",
        "actions.docx, table 1, row 3, plan, Adopted on: a text of the shape 99/99/9999 is not a date; "
        "write it as 31 October 2021",
    )


def test_a_tracked_change_that_nobody_accepted_is_named_and_an_accepted_one_is_read(form: Path) -> None:
    def track(paper: Any, kind: str) -> None:
        paragraph = paper.tables[1].rows[2].cells[1].paragraphs[0]
        change = OxmlElement(f"w:{kind}")
        change.set(qn("w:author"), "A")
        paragraph._p.append(change)
        change.append(paragraph.runs[0]._r)

    for kind in ("ins", "del"):
        told = faults(edited(form, lambda paper, kind=kind: track(paper, kind)))
        assert told[0].startswith("actions.docx, table 2, row 3: holds a tracked change")


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (lambda p: p.add_paragraph("One more action: listen."), "after table 4: words outside the tables are not read"),
        (lambda p: p.tables[1].rows[1].cells[1].add_table(1, 1), "table 2, row 2: a table stands within the table"),
        (lambda p: setattr(p.tables[1].rows[0].cells[3], "text", "Deadline"),
         "table 2, row 1: 'Deadline' is no heading of this table; there are Action, What is done"),
        (lambda p: setattr(p.add_table(1, 2).rows[0].cells[0], "text", "Risk"),
         "table 5, row 1: its headings are those of no table of this form"),
        (lambda p: p.tables[0]._tbl.getparent().remove(p.tables[0]._tbl), "the table with 'ODS code of the organisation'"),
    ],
)  # fmt: skip
def test_what_would_be_lost_in_silence_is_named(form: Path, how: Callable[[Any], None], told: str) -> None:
    assert any(told in problem for problem in faults(edited(form, how))), faults(edited(form, how))


def test_a_workbook_may_hold_true_dates_and_numbers_and_its_faults_have_sheet_and_row(tmp_path: Path) -> None:
    written = forms.write_plan(PLAN, "RJ8", tmp_path / "actions.xlsx", TODAY)
    book = openpyxl.load_workbook(written)
    book["Actions"]["D2"], book["Targets"]["G2"], book["Actions"]["G3"] = date(2027, 1, 5), 1.5, 4
    book["Actions"]["D2"].number_format = "dd/mm/yyyy"
    book.save(written)
    found = plan.parse(written.read_bytes(), "actions.xlsx")
    assert (found.actions[0].due, found.actions[0].target.value, found.actions[1].indicators) == (
        date(2027, 1, 5), 1.5, ("4",),
    )  # fmt: skip
    book["Actions"]["D3"] = "soon"
    book.save(written)
    with pytest.raises(
        PlanError, match=r"actions\.xlsx, sheet 2, row 3, action A02, Due: 'soon' is not a date"
    ):
        plan.parse(written.read_bytes(), "actions.xlsx")


def test_an_unknown_indicator_of_the_notes_and_one_with_two_tables_are_named(tmp_path: Path) -> None:
    written = forms.write_notes(NOTES, DRAFTS, "A return", tmp_path / "notes.docx", TODAY)

    def spoil(paper: Any) -> None:
        paper.tables[0].rows[0].cells[1].text = "Indicator 12"
        paper.tables[2].rows[0].cells[0].text = "Any issues?"

    with pytest.raises(NotesError) as told:
        notes.parse(edited(written, spoil), "notes.docx")
    assert told.value.problems[0].startswith("notes.docx, table 3, row 1: a text of the shape")
    assert told.value.problems[1].startswith("notes.docx, table 1, row 1, Indicator: must be one of 1, 2, 3")


def _bomb(kind: str) -> bytes:
    out = io.BytesIO()
    entities = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document/>'
    parts = {
        "macros": {"word/vbaProject.bin": b"x", "word/document.xml": b"<a/>"},
        "entities": {"word/document.xml": entities},
        "unpacks": {"word/document.xml": b"<a>" + b" " * (40 << 20) + b"</a>"},
        "deep": {"word/document.xml": _deep()},
        "other zip": {"a.txt": b"a"},
        "no XML": {"word/document.xml": b"<a><b></a>"},
    }[kind]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def _deep() -> bytes:
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return (
        b"<w:document "
        + space
        + b"><w:body>"
        + b"<w:sdt>" * 250
        + b"</w:sdt>" * 250
        + b"</w:body></w:document>"
    )


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("macros", "holds macros"),
        ("entities", "holds declarations that no word processor writes"),
        ("unpacks", "unpacks to far more than anybody fills in"),
        ("deep", "nested more than"),
        ("other zip", "cannot be opened as a Word document"),
        ("no XML", "cannot be opened as a Word document"),
    ],
)
def test_a_hostile_or_damaged_document_is_refused_in_words(kind: str, told: str) -> None:
    assert told in faults(_bomb(kind))[0]


def test_a_text_a_password_and_a_huge_file_are_refused_in_words() -> None:
    assert "protected by a password" in faults(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))[0]
    assert "larger than 8 megabytes" in faults(bytes((8 << 20) + 1))[0]
    with pytest.raises(PlanError, match="cannot be opened as a workbook"):
        plan.parse(b"organisation: RJ8", "actions.xlsx")


# --- which counts

YAML = """organisation: RJ8
plan: A plan
adopted: 2026-05-25
actions:
  - {id: A01, title: Listen, owner: Chair, due: 2026-12-31}
"""


def test_a_form_counts_in_place_of_the_file_it_was_filled_from(tmp_path: Path) -> None:
    file = tmp_path / "RJ8" / "actions.yaml"
    file.parent.mkdir()
    file.write_text(YAML, encoding="utf-8")
    form = forms.write_plan(plan.load(file), "RJ8", file.with_suffix(".docx"), TODAY)
    form.write_bytes(
        edited(form, lambda paper: setattr(paper.tables[1].rows[1].cells[1], "text", "Listen twice"))
    )
    chosen = written_choice.choose(file, plan.read)
    assert (chosen.found.actions[0].title, chosen.file, chosen.problems) == ("Listen twice", form, ())

    file.write_text(YAML.replace("Listen", "Hear"), encoding="utf-8")  # both changed: nobody can tell
    assert plan.load(file) is None
    (told,) = delivery_findings.written_files(tmp_path, tmp_path / "out", ["RJ8"], 2026)
    assert told.what.startswith("Actions.yaml and actions.docx say different things")
    assert told.what.endswith("The return is made without the action plan.")
    file.unlink()
    assert plan.load(file).actions[0].title == "Listen twice"


def test_two_forms_that_nobody_filled_from_each_other_count_for_nothing_unless_they_say_the_same(
    tmp_path: Path,
) -> None:
    for name in ("actions.docx", "actions.xlsx"):
        forms.write_plan(PLAN, "RJ8", tmp_path / name, TODAY)
    assert plan.load(tmp_path / "actions.yaml") == PLAN
    other = Plan("RJ8", "Another", PLAN.adopted, PLAN.actions)
    forms.write_plan(other, "RJ8", tmp_path / "actions.xlsx", TODAY)
    assert plan.load(tmp_path / "actions.yaml") is None


def test_the_notes_file_of_a_run_in_which_nobody_wrote_stands_back_behind_the_form(tmp_path: Path) -> None:
    file = tmp_path / "notes.yaml"
    assert notes.write_once(file, DRAFTS, "A return")
    forms.write_notes(NOTES, DRAFTS, "A return", tmp_path / "notes.docx", TODAY)
    assert notes.load(file) == NOTES
    file.unlink()
    assert not notes.write_once(file, DRAFTS, "A return"), "the form is there: a run writes no second file"


def test_wres_check_reads_a_form_as_it_reads_the_yaml(form: Path) -> None:
    assert delivery_findings.of_written_file(form) == []
    form.write_bytes(edited(form, lambda paper: setattr(paper.tables[1].rows[1].cells[3], "text", "soon")))
    (told,) = delivery_findings.of_written_file(form) or ()
    assert told.what.startswith("Table 2, row 2, action A01, Due: 'soon' is not a date")
    assert told.remedy == "Correct that place of actions.docx as it says, and run again."


def test_a_form_beside_the_extracts_is_no_extract_and_moves_printed_pages_alone(tmp_path: Path) -> None:
    forms.write_plan(PLAN, "RJ8", tmp_path / "actions.xlsx", TODAY)
    (tmp_path / "training_2026-03-31.csv").write_bytes(b"a")
    assert [p.name for p in sorted(tmp_path.iterdir()) if file_names.is_extract(p.name)] == [
        "training_2026-03-31.csv"
    ]
    before = fingerprints.file_parts(tmp_path, without=fingerprints.TEXTS)
    (tmp_path / "actions.xlsx").unlink()
    assert fingerprints.file_parts(tmp_path, without=fingerprints.TEXTS) == before


def test_a_form_that_says_what_the_yaml_says_changes_no_publication_and_one_that_says_more_does(
    tmp_path: Path,
) -> None:
    file = tmp_path / "actions.yaml"
    file.write_text(YAML, encoding="utf-8")
    before = written_choice.words_of(file, plan.read)
    form = forms.write_plan(plan.load(file), "RJ8", tmp_path / "actions.docx", TODAY)
    assert written_choice.words_of(file, plan.read) == before
    form.write_bytes(
        edited(form, lambda paper: setattr(paper.tables[1].rows[1].cells[1], "text", "Listen twice"))
    )
    after = written_choice.words_of(file, plan.read)
    assert after != before
    form.write_bytes(edited(form, lambda paper: paper.core_properties.__setattr__("revision", 9)))
    assert written_choice.words_of(file, plan.read) == after


def test_a_form_of_notes_in_which_nobody_wrote_yet_changes_no_publication(tmp_path: Path) -> None:
    file = tmp_path / "notes.yaml"
    notes.write_once(file, DRAFTS, "A return")
    before = written_choice.words_of(file, notes.read, Notes())
    forms.write_notes(Notes(), DRAFTS, "A return", tmp_path / "notes.docx", TODAY)
    assert written_choice.words_of(file, notes.read, Notes()) == before

"""The author's notes as a form, in Word or a workbook: a table for each indicator, and one of the template's own questions."""

from __future__ import annotations

import re
from typing import Any

from wres_pipeline.reference import indicators
from wres_pipeline.reference.written_file import WrittenFile
from wres_pipeline.reference.written_form import MARK, MARK_LABEL, Part, PlacedMapping, line, plain, read

QUESTIONS: dict[str, str] = {
    "completeness": "Any issues of completeness of data. Blank: what the extracts say.",
    "comparability": "Any matters relating to reliability of comparisons with previous years. Blank: what "
    "the figures say.",
    "steps_taken": "Steps taken in the last reporting period to improve self-reporting of ethnicity.",
    "steps_planned": "Steps planned during the current reporting period to improve it.",
    "other_factors": "Any other factors or data which should be taken into consideration.",
}
"""Questions of the annual reporting template that no extract answers: field -> what is asked."""
_OF_AN_INDICATOR = {
    "Indicator": "section",
    "Drafted sentences (for reading)": "drafted",
    "Your words in place of the draft": "text",
    "Your words after the draft": "adds",
    "Action taken": "action_taken",
    "Action planned": "action_planned",
    "Mark of the draft (leave as it is)": "draft",
}
INDICATOR = Part("indicator", _OF_AN_INDICATOR, records=False)
INDICATORS = Part("indicators", _OF_AN_INDICATOR, records=True)
ANSWERS = Part(
    "answers", {question: name for name, question in QUESTIONS.items()} | {MARK_LABEL: MARK}, records=False
)
PARTS = (INDICATOR, INDICATORS, ANSWERS)


def section_of(number: str) -> str:
    """The section of the notes file that is about an indicator."""
    return f"indicator_{number}" if indicators.rule(number).numbered else number


def document(reader: WrittenFile, content: bytes) -> tuple[PlacedMapping, str]:
    """What the YAML of the same notes would hold, and the mark of the notes the form was filled from."""
    found = read(reader, content, PARTS)
    made = PlacedMapping("the form")
    mark = ""
    for entry in found["answers"]:
        mark = line(entry.pop(MARK, "")) or mark
        for name, said in entry.items():
            if said and made.get(name):
                reader.fault_at(entry.place_of(name), "this question is answered twice")
            made[name] = _prose(said)
            made.places[name], made.labels[name] = entry.place_of(name), QUESTIONS[name]
    for entry in (*found["indicator"], *found["indicators"]):
        section = _section(entry.pop("section", ""))
        entry.pop("drafted", None)
        if section is None:
            reader.fault_at(
                f"{entry.place_of('section')}, Indicator", f"must be one of {', '.join(indicators.NUMBERS)}"
            )
        elif section in made:
            reader.fault_at(entry.place, "this indicator has a table twice")
        else:
            entry.update({name: _prose(said) for name, said in entry.items()})
            made[section] = entry
    return made, mark


def _section(cell: Any) -> str | None:
    """The section an entry is about, from "Indicator 2: Relative likelihood …" or "2"."""
    text = plain(cell).removeprefix("indicator ")
    number = next((n for n in indicators.NUMBERS if re.match(rf"{re.escape(plain(n))}\b", text)), None)
    return section_of(number) if number else None


def _prose(cell: Any) -> str:
    """The words of a cell with its paragraphs, as YAML would have them."""
    return "\n\n".join(" ".join(part.split()) for part in str(cell).split("\n\n") if part.strip())

"""The author's notes: a YAML file that is written once with room for every text, and is the author's from
then on.

A run never changes a notes file that is there. Where the drafted sentences have changed since the author
wrote, the internal edition says so, so that nobody publishes last month's words beside this month's figures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import wrap
from typing import Any

from wres_pipeline.reference import bounded_yaml, indicators
from wres_pipeline.reference.people_in_text import without_people
from wres_pipeline.reference.shown_text import shown_of_a_written_file
from wres_pipeline.render.page import write_whole
from wres_pipeline.reports.labels import indicator_named

QUESTIONS: dict[str, str] = {
    "completeness": "Any issues of completeness of data. Blank: what the extracts say.",
    "comparability": "Any matters relating to reliability of comparisons with previous years. Blank: what "
    "the figures say.",
    "steps_taken": "Steps taken in the last reporting period to improve self-reporting of ethnicity.",
    "steps_planned": "Steps planned during the current reporting period to improve it.",
    "other_factors": "Any other factors or data which should be taken into consideration.",
}
"""Questions of the annual reporting template that no extract answers: field -> what is asked."""

FIELDS = ("text", "adds", "action_taken", "action_planned")
"""What the author may write for an indicator."""


class NotesError(ValueError):
    """A notes file that cannot be used: names the file, what was found and what is allowed."""


@dataclass(frozen=True, slots=True)
class IndicatorNotes:
    """The author's words for one indicator.

    `text` stands in place of the drafted sentences, `adds` after them; `action_taken` and `action_planned`
    are for the reporting template; `draft` is the mark of the sentences the author had before them.
    """

    text: str = ""
    adds: str = ""
    action_taken: str = ""
    action_planned: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """All of the author's words: by indicator, and the answers to the template's own questions."""

    by_indicator: Mapping[str, IndicatorNotes] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    def of(self, number: str) -> IndicatorNotes:
        """The notes of one indicator, empty when there are none."""
        return self.by_indicator.get(number, IndicatorNotes())

    def words(self, number: str, drafted: Sequence[str]) -> tuple[str, ...]:
        """The paragraphs to print: the author's text, or the draft, then what the author adds."""
        mine = self.of(number)
        written = tuple(_paragraphs(mine.text)) or ((" ".join(drafted),) if drafted else ())
        return written + tuple(_paragraphs(mine.adds))

    def outdated(self, number: str, drafted: Sequence[str]) -> bool:
        """Whether the author wrote beside other figures than these."""
        mine = self.of(number)
        return bool(mine.text or mine.adds) and bool(mine.draft) and mine.draft != mark(drafted)


def mark(drafted: Sequence[str]) -> str:
    """A short mark of drafted sentences: another mark means that the figures behind them have changed."""
    return hashlib.sha256("\n".join(drafted).encode("utf-8")).hexdigest()[:8]


def load(path: Path | None) -> Notes:
    """Read a notes file; no notes when there is no file.

    Raises NotesError for a file that is no YAML mapping, an unknown section or field, or a text that is none.
    """
    if path is None or not path.is_file():
        return Notes()
    try:
        found = bounded_yaml.load(path.read_bytes()) or {}
    except bounded_yaml.BoundedYamlError as error:
        raise NotesError(f"{path.name}: {error}") from None
    if not isinstance(found, dict):
        raise NotesError(f"{path.name}: it must hold sections such as indicator_2:")
    by_indicator: dict[str, IndicatorNotes] = {}
    answers: dict[str, str] = {}
    for section, content in found.items():
        if section in QUESTIONS:
            answers[section] = _string(path, section, content)
            continue
        number = str(section).removeprefix("indicator_")
        if number not in indicators.NUMBERS:
            known = ", ".join([*(section_of(n) for n in indicators.NUMBERS), *QUESTIONS])
            raise NotesError(
                f"{path.name}: {shown_of_a_written_file(section)} is not a section; there are {known}"
            )
        by_indicator[number] = _indicator(path, str(section), content or {})
    return Notes(by_indicator, answers)


def write_once(path: Path, drafts: Mapping[str, Sequence[str]], title: str) -> bool:
    """Write a notes file with every draft as a comment, unless there is one; True when it was written."""
    if path.exists():
        return False
    lines = [
        f"# Notes for: {title}",
        "# This file is yours: no run changes it. Under each heading stand the drafted sentences as "
        "comments.",
        "# text: your words in place of the draft; adds: your words after it. Leave a field blank to leave "
        "it out.",
        "# Leave draft: as it is; it tells when the figures have changed since you wrote.",
        "# Your words go into the public edition as they stand. A text that says a number withheld there is left out "
        "of it;",
        "# the run and the internal edition say which.",
        "",
    ]
    for number, drafted in drafts.items():
        lines += [f"# {indicator_named(number)}: {indicators.rule(number).title}"]
        lines += [f"#   {line}" for sentence in drafted for line in wrap(sentence, 100)]
        lines += [f"{section_of(number)}:", f'  draft: "{mark(drafted)}"']
        lines += [f'  {name}: ""' for name in FIELDS]
        lines.append("")
    for name, question in QUESTIONS.items():
        lines += [f"# {question}", f'{name}: ""', ""]
    write_whole(path, "\n".join(lines).encode("utf-8"))
    return True


def section_of(number: str) -> str:
    """The section of the notes file that is about an indicator."""
    return number if number == "race_disparity" else f"indicator_{number}"


def _indicator(path: Path, section: str, content: Any) -> IndicatorNotes:
    if not isinstance(content, dict):
        raise NotesError(f"{path.name}: {section} must hold fields such as text:")
    allowed = {*FIELDS, "draft"}
    for name in content:
        if name not in allowed:
            raise NotesError(
                f"{path.name}: {section} has no field {shown_of_a_written_file(name)}; there are {', '.join(FIELDS)}"
            )
    return IndicatorNotes(**{name: _string(path, f"{section}.{name}", v) for name, v in content.items()})


def _string(path: Path, where: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        raise NotesError(f"{path.name}: {where} must be text")
    return without_people(str(value).strip())


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]

"""The author's notes: a YAML file that is written once with room for every text, and is the author's from
then on; or the same as a form in Word or a workbook.

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

from wres_pipeline.reference import indicators, written_choice, written_form
from wres_pipeline.reference.written_file import Problem, WrittenFile, WrittenFileError
from wres_pipeline.render.page import write_whole
from wres_pipeline.reports.annual import notes_form
from wres_pipeline.reports.annual.notes_form import QUESTIONS, section_of
from wres_pipeline.reports.labels import indicator_named

FIELDS = ("text", "adds", "action_taken", "action_planned")
"""What the author may write for an indicator."""


class NotesError(WrittenFileError):
    """A notes file that cannot be used; `problems` names each fault: file, line, section, what was found and is allowed."""


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
    """The notes in a file or in the form beside it; none when there is none, or one that cannot be used: a broken note stops
    no return, and the findings of the run say what is wrong with it."""
    return (written_choice.choose(path, read, Notes()).found if path else None) or Notes()


def parse(content: bytes | str, name: str) -> Notes:
    """The notes in the text of a file called `name`.

    Raises NotesError with every fault: no YAML mapping, an unknown section or field, a text that is none.
    """
    return _parse(content, name)[0]


def read(content: bytes | str, name: str) -> tuple[Notes, str]:
    """What the author wrote, without what holds no word of theirs, and the mark of the notes that a form was filled from;
    blank for YAML. Raises as `parse`."""
    found, mark = _parse(content, name)
    kept = {n: one for n, one in found.by_indicator.items() if any(getattr(one, each) for each in FIELDS)}
    return Notes(kept, {name: words for name, words in found.answers.items() if words}), mark


def _parse(content: bytes | str, name: str) -> tuple[Notes, str]:
    reader = WrittenFile(name)
    found: Any
    mark = ""
    try:
        if isinstance(content, bytes) and name.lower().endswith(written_form.SUFFIXES):
            found, mark = notes_form.document(reader, content)
        else:
            found = reader.document(content) or {}
    except WrittenFileError as error:
        raise NotesError(error.problems) from None
    if not isinstance(found, Mapping):
        raise NotesError([Problem(name, "", "it must hold sections such as indicator_2:")])
    known = [*(section_of(n) for n in indicators.NUMBERS), *QUESTIONS]
    reader.known("", found, known)
    answers = {section: reader.words("", found, section) for section in QUESTIONS if section in found}
    by_indicator = {
        number: _indicator(reader, found, section)
        for number in indicators.NUMBERS
        if (section := section_of(number)) in found
    }
    if reader.problems:
        raise NotesError(reader.problems)
    return Notes(by_indicator, answers), mark


def _indicator(reader: WrittenFile, found: Mapping[str, Any], section: str) -> IndicatorNotes:
    content = found[section]
    if content is None:
        return IndicatorNotes()
    if not isinstance(content, Mapping):
        reader.fault("", section, "must hold fields such as text:")
        return IndicatorNotes()
    allowed = (*FIELDS, "draft")
    reader.known(section, content, allowed)
    return IndicatorNotes(**{name: reader.words(section, content, name) for name in allowed})


def write_once(path: Path, drafts: Mapping[str, Sequence[str]], title: str) -> bool:
    """Write a notes file with every draft as a comment, unless there is one; True when it was written."""
    if written_choice.there(path):
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


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]

"""The author's notes that say a number withheld in the public edition: such a note stays out of it.

A note about an indicator is held against the withheld figures of that indicator, one about the race disparity ratios
also against those of indicator 1, and an answer to one of the template's own questions against all of them [ours].
What counts as saying a number: see `said_numbers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields

from wres_pipeline.disclosure.register.store import figure_words
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators, shown_text
from wres_pipeline.reports.annual.notes import FIELDS, Notes, section_of
from wres_pipeline.reports.context import TextLeftOut
from wres_pipeline.reports.free_text_disclosure import given_away, withheld

FILE = "notes.yaml"


def left_out(mine: Notes, true: Iterable[Figure], public: Iterable[Figure]) -> tuple[TextLeftOut, ...]:
    """The notes that say a number withheld in the public edition, with one figure each that they give away.

    true, public: the figures of both years before and after disclosure control.
    """
    hidden = withheld(true, public)
    found: list[TextLeftOut] = []
    for number, note in mine.by_indicator.items():
        about = [f for f in hidden if f.indicator in _indicators(number)]
        found += [
            TextLeftOut(FILE, section_of(number), name, figure_words(given.key))
            for name in FIELDS
            if (given := given_away(getattr(note, name), about))
        ]
        found += [
            TextLeftOut(FILE, section_of(number), name, "")
            for name in FIELDS
            if getattr(note, name) == shown_text.LEFT_OUT
        ]
    for question, answer in mine.answers.items():
        if answer == shown_text.LEFT_OUT:
            found.append(TextLeftOut(FILE, question, "", ""))
        elif given := given_away(answer, hidden):
            found.append(TextLeftOut(FILE, question, "", figure_words(given.key)))
    return tuple(found)


def without(mine: Notes, left: Sequence[TextLeftOut]) -> Notes:
    """The notes as the public edition prints them."""
    places = {(one.section, one.field) for one in left if one.file == FILE}
    by_indicator = {
        number: type(note)(
            **{
                f.name: "" if (section_of(number), f.name) in places else getattr(note, f.name)
                for f in fields(note)
            }
        )
        for number, note in mine.by_indicator.items()
    }
    answers = {name: "" if (name, "") in places else words for name, words in mine.answers.items()}
    return Notes(by_indicator, answers)


def _indicators(number: str) -> tuple[str, ...]:
    return (number, indicators.WORKFORCE) if number == indicators.DISPARITY else (number,)

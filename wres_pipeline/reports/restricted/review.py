"""A review that a person can finish: pairs in the order of what their decision is worth, no more than wanted.

Worth: the probability that the two are one person, times what the answer moves: a correction to key most, a figure less,
little where neither hangs on it. Beside each pair stand the minutes to it and the recall the linkage would have by then.
A body that reviews nothing still has every figure: pairs not decided are counted nowhere. [ours]
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files
from typing import Any

from wres_pipeline.quality.trac_to_esr.linkage_card import Card

WORTH = {"a correction": 1.0, "a figure": 0.3, "little": 0.05}
MINUTES = 1.5
"""A pair takes so long [ours]: both sides stand beside each other, two looks and one key."""
LEAST = 0.05
"""Nobody is asked about a pair less likely than this whose application counts as not found already."""
MORE = ("decides", "minutes_so_far", "recall_then")


def ordered(
    headings: Sequence[str], rows: Sequence[Sequence[Any]], card: Card | None, most: int
) -> tuple[list[str], list[list[Any]]]:
    """The pairs worth most, `most` of them at most, with minutes_so_far and recall_then (a share, blank without a card)."""
    at = {name: place for place, name in enumerate(headings)}

    def worth(row: Sequence[Any]) -> float:
        return WORTH[row[at["decides"]]] * float(row[at["score"]] or 0)

    asked = [row for row in rows if row[at["state"]] != "not_found" or float(row[at["score"]] or 0) >= LEAST]
    best = sorted(asked, key=lambda row: (-worth(row), str(row[at["application_id"]])))[:most]
    right = card.right_ones if card else 0.0
    people = right + card.missed if card else 0.0
    made = []
    for place, row in enumerate(best, start=1):
        right += float(row[at["score"]] or 0)
        then = min(1.0, right / people) if people else None
        made.append([*row, MINUTES * place, then])
    return [*headings, "minutes_so_far", "recall_then"], made


SIDES = ("first_name", "last_name", "date_of_birth", "ni_number", "postcode", "email", "start_date")
NOTHING = "There is no pair to decide: every application is linked, or nobody of the staff is likely enough to be shown."
_ESR = {"start_date": "esr_hire_date"}


def page(headings: Sequence[str], rows: Sequence[Sequence[Any]], title: str) -> bytes:
    """The page of the pairs that `review.ordered` gave, as UTF-8."""
    at = {name: place for place, name in enumerate(headings)}
    pairs = []
    for row in rows:
        lines = []
        for name in SIDES:
            one, other = (_text(row[at[side]]) for side in (f"trac_{name}", _ESR.get(name, f"esr_{name}")))
            alike = (
                "same"
                if one and one.casefold() == other.casefold()
                else "differs"
                if one and other
                else "lacking"
            )
            lines.append(
                f"<tr class={alike}><th scope=row>{name.replace('_', ' ')}<td>{escape(one) or '–'}<td>{escape(other) or '–'}<td>{alike}"
            )
        then = row[at["recall_then"]]
        gained = (
            ""
            if then is None
            else f"; {100 * then:.1f}% of those who could be found are linked after it, if it is the same person"
        )
        pairs.append(
            f"<section class=pair tabindex=0 data-application='{escape(_text(row[at['application_id']]), quote=True)}' "
            f"data-employee='{escape(_text(row[at['employee_number']]), quote=True)}'>"
            f"<h2>Application {escape(_text(row[at['application_id']]))} and employee {escape(_text(row[at['employee_number']]))}</h2>"
            f"<p>Decides {row[at['decides']]}; {row[at['minutes_so_far']]:g} minutes so far{gained}.</p>"
            f"<table><tr><td><th scope=col>TRAC<th scope=col>ESR<th scope=col>they are{''.join(lines)}</table>"
            "<p><button data-say=same>Same (s)</button> <button data-say=different>Different (d)</button> "
            "<button data-say=unsure>Unsure (u)</button> <output>not decided</output></p></section>"
        )
    template = files(__package__).joinpath("review_page.html").read_text(encoding="utf-8")
    held = {
        "{{title}}": escape(title),
        "{{nothing}}": "" if pairs else f"<p>{NOTHING}</p>\n",
        "{{save}}": "" if pairs else " hidden",
        "{{pairs}}": "\n".join(pairs),
    }
    for mark, text in held.items():
        template = template.replace(mark, text)
    return template.encode("utf-8")


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)

"""The pairs to decide as a page that stays on the reviewer's machine: side by side, one key a decision.

It holds people. It loads nothing, sends nothing and keeps nothing: the decisions are saved as link-decisions.csv by the
button alone. Without script the same pairs are decided in link-review.csv.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files
from typing import Any

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

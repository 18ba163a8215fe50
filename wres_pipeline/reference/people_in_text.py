"""Whether a text written to be printed (a note, an action, a comment, a source) holds a person's particulars.

No program knows every name. What is known for certain: a mailbox of one person (`first.last@`), a mobile number, a National
Insurance number, a date of birth said to be one, and a name with its title ("Ms Quill", "Dr J Quill"). A text with any of
these is left out whole, since what stands around them is about the person too. [ours]
"""

from __future__ import annotations

import re

LEFT_OUT = "Left out here, because it holds a person's particulars."
_SIGNS = re.compile(
    r"\b[a-z]+[._-][a-z'-]+\d*@[\w.-]+"  # first.last@
    r"|(?<![\d+])(?:\+44\s?\(?0?\)?\s?|0)7(?:[\s-]?\d){9}(?!\d)"  # mobile
    r"|(?<![a-z0-9])[a-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[a-d](?![a-z0-9])"  # NI number
    r"|\b(?:born|d\.?o\.?b\.?|date of birth)\b\W{0,4}\d",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev)\.?\s+(?:[A-Z]\.?\s+)*[A-Z][\w'’-]+"
)


def holds_a_person(text: str) -> bool:
    """Whether the text has a sign of a person."""
    return _SIGNS.search(text) is not None or _TITLED.search(text) is not None


def without_people(text: str, instead: str = LEFT_OUT) -> str:
    """The text, or what stands instead of one that holds a person."""
    return instead if holds_a_person(text) else text

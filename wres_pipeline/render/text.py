"""Text that is safe in a cell, a file name and a page's address.

A spreadsheet opens a cell that begins with = + - @ (or a tab or a carriage return) as a formula, wherever the
text came from. Text from an extract is data and must stay data [OWASP, CSV injection].
"""

from __future__ import annotations

import re
import unicodedata
from textwrap import shorten

from wres_pipeline.reference.spreadsheets import begins_like_a_formula

_A_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?(%| percentage points)?\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_NOT_IN_ADDRESS = re.compile(r"[^a-z0-9]+")


def printable(text: str) -> str:
    """The text without characters that XML and HTML cannot hold (a NUL byte in a label must not break a
    workbook).
    """
    return _CONTROL.sub("", text)


def one_line(text: str) -> str:
    """A text as a terminal shows it, whoever wrote it: no sign moves the cursor, ends the line or turns the writing round."""
    return "".join(
        sign if unicodedata.category(sign)[0] not in "CZ" or sign in " \xa0" else "?" for sign in text
    )


def safe_cell(text: str) -> str:
    """Text for a CSV cell that no spreadsheet will run as a formula.

    A cell that begins with = + - @, a tab or a carriage return gets an apostrophe before it, except a plain
    number ('-0.5', '+3', '-1.5%', '-2.3 percentage points'), which is harmless and must stay a number.
    """
    clean = printable(text)
    if begins_like_a_formula(clean) and not _A_NUMBER.match(clean.strip()):
        return "'" + clean
    return clean


def property_text(text: str) -> str:
    """The text as a property of a Word or PowerPoint file, which holds 255 characters: shortened at a word."""
    return shorten(printable(text), 255, placeholder=" …") if len(text) > 255 else printable(text)


def slug(text: str) -> str:
    """A name for a file or an anchor: lower case, digits and single hyphens only."""
    return _NOT_IN_ADDRESS.sub("-", text.lower()).strip("-")


def count_of(number: int, one: str, many: str | None = None) -> str:
    """'1 person', '3,012 people': a count with thousands separated and the right noun."""
    return f"{number:,} {one if number == 1 else (many or one + 's')}"


def listed(words: list[str] | tuple[str, ...]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    items = [w for w in words if w]
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def true_minus(words: str) -> str:
    """The words with a true minus sign for a hyphen before a number; ranges, dates and references keep their hyphens."""
    return re.sub(r"(?<![\w.])-(?=\d)", "−", words)


def typeset(shown: str) -> str:
    """A printed figure as it is set on a page: a true minus sign, and points for percentage points."""
    return true_minus(shown).replace("percentage point", "point")

"""Texts as cells of a CSV file that somebody opens in a spreadsheet, which runs a cell that begins like a formula."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the wide forms of the first, which a spreadsheet set to Japanese or Chinese takes for the same."""
_BLANKS = " \u00a0\u200b\ufeff"
"""Signs before it that a program may leave out."""


def begins_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet may run the text."""
    return text.lstrip(_BLANKS).startswith(_STARTS)


def no_formula(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet may run it."""
    return f"'{text}" if begins_like_a_formula(text) else text


def as_written(cell: str) -> str:
    """The text of a cell that `no_formula` wrote."""
    return cell[1:] if cell.startswith("'") and begins_like_a_formula(cell[1:]) else cell

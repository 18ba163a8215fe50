"""Numbers of people, applications and vacancies as spreadsheets spoil them, and what they were. Pure.

`21500000.0` was a number cell, `'21500000` carries the mark that keeps a number a text: both say 21500000 and nothing else.
A number with its leading zeros lost, or with the suffix of an assignment (`21500000-2`), is a person's number only where
the list of the time holds it; `employee_numbers.sql` looks there. In SQL the first is `plain_number`.
"""

from __future__ import annotations

import re

_SPOILT = re.compile(r"'?\s*(\d+?)(?:\.0+)?'?")


def plain(text: str) -> str:
    """The number without the marks a spreadsheet leaves on it; any other text as it is, without blanks around it."""
    found = _SPOILT.fullmatch(text.strip())
    return found[1] if found else text.strip()

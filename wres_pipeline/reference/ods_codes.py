"""The shape of an ODS code. A code names folders, files and pages, so nothing else is ever taken for one."""

from __future__ import annotations

import re

_CODE = re.compile(r"[A-Z0-9]{3,8}", re.ASCII)
SHAPE = "3 to 8 capital letters and digits, such as X01"
"""Trusts and integrated care boards have three, sites and practices five or six, others up to eight. [recalled, NHS ODS]"""


class OdsCodeError(ValueError):
    """A text that stands where an ODS code belongs and is none."""


def is_code(text: str) -> bool:
    """Whether the text has the shape of an ODS code; capitals only."""
    return _CODE.fullmatch(text) is not None


def checked(text: str, where: str) -> str:
    """The code itself. Raises OdsCodeError, naming `where` and never the text, when it is none."""
    if not is_code(text):
        raise OdsCodeError(f"{where}: not an ODS code; one is {SHAPE}")
    return text

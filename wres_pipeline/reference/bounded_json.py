"""JSON from a file that somebody may have edited: whatever is wrong with it is one kind of error, and never a crash."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LARGEST = 20_000_000
"""Bytes of a file that is read. [ours]"""


class BoundedJsonError(ValueError):
    """It is no JSON that the pipeline writes."""


def parse(text: str) -> Any:
    """The value of a JSON text. Raises BoundedJsonError also for one nested too deep, a number that is none, and letters no file
    may hold."""
    try:
        found = json.loads(text, parse_constant=_no_number)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise BoundedJsonError(str(error)[:200]) from None
    return found


def load(place: Path) -> Any:
    """The value of a JSON file. Raises BoundedJsonError, and FileNotFoundError where there is none."""
    try:
        with place.open("rb") as content:
            held = content.read(LARGEST + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise BoundedJsonError(f"it is no file that can be read ({type(error).__name__})") from None
    if len(held) > LARGEST:
        raise BoundedJsonError(f"it is larger than {LARGEST:,} bytes")
    try:
        return parse(held.decode())
    except UnicodeDecodeError:
        raise BoundedJsonError("it is not UTF-8") from None


def _no_number(text: str) -> Any:
    raise BoundedJsonError(f"{text} is no number")

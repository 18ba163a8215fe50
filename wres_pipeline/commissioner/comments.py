"""What was written to providers about their returns, and what they answered: `provider_comments.yaml`.

Shape of the file [ours]::

    comments:
      - provider: XTR            # the provider's code
        year: 2021               # the reporting year of the return
        sent: 2021-11-12
        to: a role
        text: what was written
        replied: 2021-12-03      # left out until there is a reply
        reply: what was answered
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wres_pipeline.reference.shown_text import shown_of_a_written_file
from wres_pipeline.reference.written_file import WrittenFile, WrittenFileError

FILE = "provider_comments.yaml"
FIELDS = ("provider", "year", "sent", "to", "text", "replied", "reply")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment sent to a provider, with its reply when there is one."""

    provider_code: str
    year: int
    sent: date
    to: str
    text: str
    replied: date | None = None
    reply: str = ""

    def open_on(self, day: date) -> bool:
        """Whether it was sent and not answered on that day."""
        return self.sent <= day and (self.replied is None or self.replied > day)


def load(path: Path) -> tuple[Comment, ...]:
    """The comments in `path`; none when there is no file, or one that cannot be used: broken comments stop no return, and
    the findings of the run say what is wrong with them."""
    try:
        return parse(path.read_bytes(), path.name) if path.is_file() else ()
    except WrittenFileError:
        return ()


def parse(content: bytes | str, name: str) -> tuple[Comment, ...]:
    """The comments in the text of a file called `name`, by provider and date. Raises WrittenFileError."""
    reader = WrittenFile(name)
    document = reader.document(content)
    entries: list[Any] = []
    if isinstance(document, Mapping):
        reader.known("", document, ("comments",))
        entries = reader.sequence("", document, "comments")
    else:
        reader.fault("", "", "must have the field comments, a list")
    found = [_comment(reader, entry, number) for number, entry in enumerate(entries, start=1)]
    if reader.problems:
        raise WrittenFileError(reader.problems)
    return tuple(sorted((one for one in found if one), key=lambda one: (one.provider_code, one.sent)))


def _comment(reader: WrittenFile, entry: Any, number: int) -> Comment | None:
    where = f"comment number {number}"
    if not isinstance(entry, Mapping):
        reader.fault(where, "", f"must have the fields {', '.join(FIELDS)}")
        return None
    reader.known(where, entry, FIELDS)
    provider = reader.code(where, entry, "provider")
    year = entry.get("year")
    if isinstance(year, bool) or not isinstance(year, int):
        reader.fault(where, "year", f"{shown_of_a_written_file(year)} is not a reporting year such as 2021")
        year = 0
    sent = reader.day(where, entry, "sent")
    replied = reader.day(where, entry, "replied", required=False)
    reply = reader.words(where, entry, "reply")
    if (replied is None) != (not reply):
        reader.fault(where, "reply", "a reply needs its date in replied, and a date its reply")
    if sent and replied and replied < sent:
        reader.fault(where, "replied", "lies before the comment was sent")
    to, text = (reader.words(where, entry, field, required=True) for field in ("to", "text"))
    return Comment(provider, year, sent, to, text, replied, reply) if sent else None

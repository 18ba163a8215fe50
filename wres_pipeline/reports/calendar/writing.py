"""A body's dates as a page and as an iCalendar file (RFC 5545), which a mail program subscribes to or imports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from wres_pipeline import whole_file
from wres_pipeline.render import page
from wres_pipeline.reports.calendar import deadlines
from wres_pipeline.reports.calendar.deadlines import WARNED, Deadline

FOLDER, FILE = "deadlines", "deadlines.ics"
OCTETS = 75
"""The longest line of an iCalendar file; a longer one goes on in the next, after a space (RFC 5545, 3.1)."""


def write(code: str, name: str, extracts: Path, output: Path, today: date) -> tuple[Path, Path]:
    """Write the page and the file of a body into its folder of outputs; gives both paths."""
    found = deadlines.of_body(code, extracts, output, today)
    folder = output / code / FOLDER
    calendar = whole_file.write(folder / FILE, ics(found, name, today))
    page.write_assets(folder)
    ahead = [one for one in found if one.day >= today]
    shown = page.render(
        "calendar/deadlines.html.jinja",
        page.PageShell(
            name, "Workforce Race Equality Standard", footer=f"{name} ({code}), as at {page.day(today)}."
        ),
        folder / "index.html",
        title="Dates to keep",
        next_one=_left(ahead[0], today) if ahead else "",
        rows=[(page.day(one.day), _left_words(one, today), one.what, one.because) for one in ahead],
        over=[(page.day(one.day), one.what, one.because) for one in reversed(found) if one.day < today],
        file=FILE,
    )
    return shown, calendar


def _left(one: Deadline, today: date) -> str:
    return f"{page.day(one.day)}, {_left_words(one, today)}: {one.what}."


def _left_words(one: Deadline, today: date) -> str:
    days = (one.day - today).days
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"


def ics(found: Sequence[Deadline], name: str, today: date) -> bytes:
    """The dates as an iCalendar file of whole days, each with an alarm for every warning."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//wres_pipeline//deadlines//EN",
        f"X-WR-CALNAME:{_text(f'WRES: {name}')}",
    ]
    for one in found:
        uid = hashlib.sha256(one.key.encode()).hexdigest()[:32]
        lines += [
            "BEGIN:VEVENT", f"UID:{uid}@wres-pipeline", f"DTSTAMP:{today:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}", f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(one.what)}", f"DESCRIPTION:{_text(f'By: {one.because}.')}", "TRANSP:TRANSPARENT",
        ]  # fmt: skip
        for days in WARNED[one.kind]:
            lines += [
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                f"DESCRIPTION:{_text(one.what)}",
                f"TRIGGER:-P{days}D",
                "END:VALARM",
            ]
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _text(words: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in words)
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, no character cut in two."""
    part = ""
    for character in line:
        if len((part + character).encode()) > OCTETS:
            yield part
            part = " "
        part += character
    yield part

"""Sign-off of a publication: draft until a body has approved exactly this content; a change afterwards shows.

The hash is of what the pages are made from (protected figures, context, the author's notes, the action plan, the
commissioner's figures), not of the pages, which say themselves whether they are signed off. The date a report carries is
not part of it [ours].
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from wres_pipeline import whole_file
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import bounded_files
from wres_pipeline.reports.context import ReturnContext, SignOff
from wres_pipeline.schema import table, to_text

FILE = "sign-off.json"
VERSIONS = "versions.json"


class SignOffError(ValueError):
    """A sign-off that cannot be recorded or read: says what is missing or which file to put right."""


def content_hash(figures: Sequence[Figure], context: ReturnContext, parts: Iterable[bytes] = ()) -> str:
    """The hash of a publication's content, the same however the publication is marked and dated.

    parts: what else the pages print, such as the bytes of the notes file and of the action plan.
    """
    digest = hashlib.sha256()
    for figure in figures:
        digest.update("\x1f".join(to_text(table("figures"), figure)).encode() + b"\x1e")
    plain = replace(
        context,
        sign_off=SignOff(),
        notes_file=None,
        checks=(),
        withheld=(),
        dated=context.year.snapshot_date,
    )
    digest.update(repr(plain).encode())
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def check_day(signed_on: date, *, dated: date, snapshot: date, today: date) -> None:
    """Raises SignOffError for a day on which nobody can have approved the publication.

    dated: the date the publication carries. snapshot: the 31 March it is about. today: the day of the command.
    """
    if signed_on > today:
        raise SignOffError(f"{signed_on} is in the future; sign off on the day of approval or after it")
    if signed_on < snapshot:
        raise SignOffError(f"{signed_on} is before {snapshot}, the day the figures are of")
    if signed_on < dated:
        raise SignOffError(
            f"{signed_on} is before {dated}, the date the publication carries: nobody can have approved it then. Make it "
            f"again with the date it was put before the body (wres run --date), then sign it off"
        )


def earlier_versions(folder: Path) -> list[dict[str, Any]]:
    """The signed versions that were replaced, the first one first: version, body, role, date, seal, replaced, reason.

    Raises SignOffError for a file that cannot be read.
    """
    place = folder / VERSIONS
    if not place.exists():
        return []
    try:
        found = [dict(one) for one in bounded_files.load_json(place)]
        if not all(isinstance(one.get(name), str) for one in found for name in ("reason", "seal")):
            raise TypeError(VERSIONS)
        return found
    except (ValueError, TypeError) as error:
        raise SignOffError(f"{place}: cannot be read; restore it from a backup") from error


def record(folder: Path, *, body: str, role: str, signed_on: date, content: str) -> Path:
    """Write `sign-off.json` into the year's folder: the body, the person's role, the day and the content's hash.

    Raises SignOffError when the body or the role is blank.
    """
    for name, value in (("body", body), ("role", role)):
        if not value.strip():
            raise SignOffError(f"a sign-off needs the {name}")
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / FILE
    told = {"body": body.strip(), "role": role.strip(), "date": signed_on.isoformat(), "content": content}
    return whole_file.write(place, (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode())


def is_signed(folder: Path) -> bool:
    """Whether a body has signed the year's publication; `status` says whether it has changed since."""
    return (folder / FILE).exists()


def status(folder: Path, content: str) -> SignOff:
    """Whether the content of that hash is a draft, signed off, or changed after sign-off.

    Raises SignOffError for a sign-off file that cannot be read.
    """
    place = folder / FILE
    before = earlier_versions(folder)
    version = {"version": len(before) + 1, "reason": str(before[-1]["reason"]) if before else ""}
    if not place.exists():
        return SignOff(**version)  # type: ignore[arg-type]
    try:
        told = bounded_files.load_json(place)
        signed_on = date.fromisoformat(told["date"])
        body, role, signed = str(told["body"]), str(told["role"]), str(told["content"])
    except (ValueError, KeyError, TypeError) as error:
        raise SignOffError(
            f"{place.name}: not a sign-off that can be read; delete it and sign off again"
        ) from error
    state = "signed off" if signed == content else "changed after sign-off"
    return SignOff(state, body, role, signed_on, signed, **version)  # type: ignore[arg-type]

"""Putting a publication where it is published: it is made apart, looked through whole, and only then released.

`not-released/` of the year's folder holds what is being made, and what was found wanting, for its author to look at;
`public/` holds what was released last; `publication.json` says which content that is and which date it carries.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wres_pipeline.render.page import write_whole

DRAFT, PUBLIC, FILE = "not-released", "public", "publication.json"


class ReleaseError(ValueError):
    """There is no publication that could be signed off; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Released:
    """content: the hash of what the publication was made from (`sign_off.content_hash`). dated: the date it carries."""

    content: str
    dated: date


def draft_folder(year_folder: Path) -> Path:
    """An empty folder for a publication that nobody has looked through yet."""
    place = year_folder / DRAFT
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    return place


def release(year_folder: Path, *, content: str, dated: date, replaced: Sequence[str] = ()) -> Path:
    """Move what was made apart into `public/`, file by file, and note what was released. Gives the public folder.

    replaced: patterns of files that go when this publication has none of that name ("charts/*.svg"); everything else
    in the folder belongs to others and stays.
    """
    draft, public = year_folder / DRAFT, year_folder / PUBLIC
    # a release that is cut short must not look like the one before it
    (year_folder / FILE).unlink(missing_ok=True)
    made = sorted(path.relative_to(draft) for path in draft.rglob("*") if path.is_file())
    for name in made:
        (public / name).parent.mkdir(parents=True, exist_ok=True)
        (draft / name).replace(public / name)
    for pattern in replaced:
        for old in public.glob(pattern):
            if old.relative_to(public) not in made:
                old.unlink()
    shutil.rmtree(draft)
    told = {"content": content, "dated": dated.isoformat()}
    write_whole(year_folder / FILE, (json.dumps(told, indent=2) + "\n").encode())
    return public


def released(year_folder: Path) -> Released:
    """What was released last. Raises ReleaseError where nothing was, or where a later one was found wanting."""
    if (year_folder / DRAFT).exists():
        raise ReleaseError(
            f"the latest publication was not released; look through {year_folder / DRAFT} and put right what wres run "
            "says of it"
        )
    try:
        told = json.loads((year_folder / FILE).read_text(encoding="utf-8"))
        return Released(str(told["content"]), date.fromisoformat(told["dated"]))
    except FileNotFoundError as error:
        raise ReleaseError(
            f"there is no publication in {year_folder / PUBLIC}: make it with wres run first"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{FILE}: cannot be read; make the publication again with wres run") from error

"""Putting a publication where it is published: it is made apart, looked through whole, and only then released, in one step.

`not-released/` of the year's private folder holds what is being made, and what was found wanting, for its author to look
at; `<output>/public/<ODS>/<year>/` holds what was released last, and nothing else stands in that tree; `publication.json` of
the private folder says which content that is and which date it carries.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wres_pipeline import whole_file
from wres_pipeline.reports.release.edition_folders import EditionFolders

FILE = "publication.json"


class ReleaseError(ValueError):
    """There is no publication that could be signed off; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Released:
    """content: the hash of what the publication was made from (`sign_off.content_hash`). dated: the date it carries."""

    content: str
    dated: date


def draft_folder(folders: EditionFolders) -> Path:
    """An empty folder for a publication that nobody has looked through yet."""
    shutil.rmtree(folders.draft, ignore_errors=True)
    folders.draft.mkdir(parents=True)
    return folders.draft


@contextmanager
def changing(folders: EditionFolders) -> Iterator[Path]:
    """A copy of what is released, to be changed: it takes the place of the released folder in one step at the end.

    When what is inside fails, or the process is ended, the released folder is as it was.
    """
    public = folders.public
    copy = folders.private / ".public.part"
    shutil.rmtree(copy, ignore_errors=True)
    whole_file.recover(public)
    copy.parent.mkdir(parents=True, exist_ok=True)
    if public.exists():
        shutil.copytree(public, copy, copy_function=_linked)  # every file is written beside and renamed
    else:
        copy.mkdir()
    try:
        yield copy
        if any(path.is_file() for path in copy.rglob("*")) or public.exists():
            _open_the_way(folders)
            whole_file.for_everybody(copy)
            whole_file.swap(copy, public)
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def release(folders: EditionFolders, *, content: str, dated: date, replaced: Sequence[str] = ()) -> Path:
    """Put what was made apart into the public folder, in one step, and note what was released. Gives the public folder.

    replaced: patterns of files that go when this publication has none of that name ("charts/*.svg"); everything else
    in the folder belongs to others and stays.
    """
    draft = folders.draft
    # a release that is cut short must not look like the one before it
    (folders.private / FILE).unlink(missing_ok=True)
    made = sorted(path.relative_to(draft) for path in draft.rglob("*") if path.is_file())
    with changing(folders) as copy:
        for pattern in replaced:
            for old in copy.glob(pattern):
                old.unlink()
        for name in made:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).unlink(missing_ok=True)
            _linked(draft / name, copy / name)
    shutil.rmtree(draft)
    told = {"content": content, "dated": dated.isoformat()}
    whole_file.write(folders.private / FILE, (json.dumps(told, indent=2) + "\n").encode())
    return folders.public


def released(folders: EditionFolders) -> Released:
    """What was released last. Raises ReleaseError where nothing was, or where a later one was found wanting."""
    if folders.draft.exists():
        raise ReleaseError(
            f"the latest publication was not released; look through {folders.draft} and put right what wres run "
            "says of it"
        )
    try:
        told = json.loads((folders.private / FILE).read_text(encoding="utf-8"))
        return Released(str(told["content"]), date.fromisoformat(told["dated"]))
    except FileNotFoundError as error:
        raise ReleaseError(
            f"there is no publication in {folders.public}: make it with wres run first"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{FILE}: cannot be read; make the publication again with wres run") from error


def _linked(source: str | Path, target: str | Path) -> None:
    """The same file under another name where the file system can, else a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _open_the_way(folders: EditionFolders) -> None:
    """Let others walk to the public folder, and read what stands beside it there; nothing else is opened."""
    tree = folders.public.parents[1]
    folders.public.parent.mkdir(parents=True, exist_ok=True)
    if tree.parent.stat().st_mode & whole_file.OTHERS == 0:
        tree.parent.chmod(whole_file.PASSED_THROUGH)
    for place in (tree, folders.public.parent):
        place.chmod(whole_file.PUBLIC_FOLDER)

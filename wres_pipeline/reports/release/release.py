"""Putting a publication where it is published: it is made apart, looked through whole, and only then released, in one step.

The internal edition of the same figures waits beside its place until then, and the two are swapped in together: which two is
written down first, so that a process that is killed between the two renames leaves what the next command completes.

`not-released/` of the year's private folder holds what is being made, and what was found wanting, for its author to look
at; `<output>/public/<ODS>/<year>/` holds what was released last, and nothing else stands in that tree; `publication.json` of
the private folder says which content that is and which date it carries.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock

from wres_pipeline import whole_file
from wres_pipeline.reference import bounded_files
from wres_pipeline.reference.ods_codes import OdsCodeError
from wres_pipeline.reference.shown_text import holds_a_person
from wres_pipeline.reports.release import seal, sign_off
from wres_pipeline.reports.release.edition_folders import INTERNAL, EditionFolders

FILE = "publication.json"
WAITING, RELEASING = ".internal.waiting", "releasing.json"
"""The internal edition until its publication is released; which two folders are being swapped in."""
INTERNAL_PART, PUBLIC_PART = ".internal.part", ".public.part"


class SignedEditionError(ValueError):
    """A signed edition would be changed in place; says what to do instead."""


class ReleaseError(ValueError):
    """There is no publication that could be signed off; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Released:
    """content: the hash of what the publication was made from (`sign_off.content_hash`). dated: the date it carries. asked: the
    date its run was given, None where it was given none and the report carries the day it was made.
    """

    content: str
    dated: date
    asked: date | None = None


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
    with _copied(folders) as copy:
        yield copy
        try:
            if any(path.is_file() for path in copy.rglob("*")) or folders.public.exists():
                _put_in_place(folders, copy)
        finally:
            settle(folders)


def internal_copy(folders: EditionFolders) -> Path:
    """A copy of the internal edition beside it, to be changed; `internal_waits` has it put in its place whole."""
    settle(folders)
    return _copy_of(folders.internal, folders.private / INTERNAL_PART)


def internal_waits(folders: EditionFolders, copy: Path) -> None:
    """Have the changed copy wait for the publication it belongs to: swapped in with it, or by `settle` where there is none.

    Nothing waits where no byte differs.
    """
    shutil.rmtree(folders.private / WAITING, ignore_errors=True)
    if seal.digests(copy) != (seal.digests(folders.internal) if folders.internal.exists() else {}):
        copy.rename(folders.private / WAITING)
    shutil.rmtree(copy, ignore_errors=True)


def in_its_place(path: Path) -> Path:
    """The place that a file of an edition which waits will take; any other file's own."""
    parts = [INTERNAL if part == WAITING else part for part in path.parts]
    return Path(*parts) if WAITING in path.parts else path


def settle(folders: EditionFolders) -> None:
    """Swap in the internal edition that waits, by itself: its publication was refused, or is not made."""
    if (folders.private / RELEASING).exists():
        complete(folders)
    elif (folders.private / WAITING).exists():
        whole_file.swap(folders.private / WAITING, folders.internal)


def begin(folders: EditionFolders) -> None:
    """What a run finds that one before it left: a release that was begun is completed, and an edition that waited is let go."""
    complete(folders)
    for left in (WAITING, INTERNAL_PART, PUBLIC_PART):
        shutil.rmtree(folders.private / left, ignore_errors=True)


def complete(folders: EditionFolders) -> bool:
    """Complete a release that was cut short between its two swaps; whether there was one."""
    note = folders.private / RELEASING
    if not note.exists():
        return False
    with _alone(folders):
        if note.exists():
            _complete(folders, bounded_files.load_json(note))
            note.unlink()
    return True


def _complete(folders: EditionFolders, told: Mapping[str, str]) -> None:
    for part, place in ((PUBLIC_PART, folders.public), (WAITING, folders.internal)):
        whole_file.recover(place)
        new = folders.private / part
        wanted = told[part]
        if new.exists() and _mark(new) == wanted != _mark(place):
            whole_file.swap(new, place)
        shutil.rmtree(new, ignore_errors=True)


@contextmanager
def _alone(folders: EditionFolders) -> Iterator[None]:
    """Hold off another process that would complete the same release; it takes no longer than two renames."""
    with FileLock(folders.private / f".{RELEASING}.lock", timeout=60, mode=whole_file.PRIVATE_FILE):
        yield


def complete_all(output: Path) -> list[str]:
    """Complete every release of the outputs that was cut short; in words, a line each."""
    told = []
    for note in sorted(output.glob(f"*/*/{RELEASING}")):
        with suppress(OdsCodeError, ValueError, KeyError):
            folders = EditionFolders(output, note.parent.parent.name, int(note.parent.name))
            if complete(folders):
                told.append(
                    f"the release of {folders.code} {folders.year} was cut short: both editions are the new ones now"
                )
    return told


def _mark(folder: Path) -> str:
    return seal.seal_of(seal.digests(folder)) if folder.exists() else ""


def _swap_both(folders: EditionFolders, public: Path) -> None:
    """Public and internal edition take their places together. The public copy keeps its name until the note is gone."""
    told = {PUBLIC_PART: _mark(public), WAITING: _mark(folders.private / WAITING)}
    with _alone(folders):
        whole_file.write(folders.private / RELEASING, (json.dumps(told, indent=2) + "\n").encode())
        _complete(folders, told)
        (folders.private / RELEASING).unlink()


def _copy_of(place: Path, copy: Path) -> Path:
    """A copy of a folder; every file in it is written beside and renamed, so the same file may stand in both."""
    shutil.rmtree(copy, ignore_errors=True)
    whole_file.recover(place)
    copy.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        # a link somebody put there would have its target published
        shutil.copytree(place, copy, copy_function=_linked, ignore=_links)
    else:
        copy.mkdir(mode=whole_file.PRIVATE_FOLDER)
    return copy


@contextmanager
def _copied(folders: EditionFolders) -> Iterator[Path]:
    """A copy of the released folder beside the private ones, gone at the end."""
    complete(folders)
    copy = _copy_of(folders.public, folders.private / PUBLIC_PART)
    try:
        yield copy
    finally:
        if not (folders.private / RELEASING).exists():  # else it is what the next command completes
            shutil.rmtree(copy, ignore_errors=True)


def _put_in_place(folders: EditionFolders, copy: Path) -> None:
    """Swap the changed copy in; nothing happens where no byte differs. Raises SignedEditionError."""
    if folders.public.exists() and seal.digests(copy) == seal.digests(folders.public):
        return
    if seal.read(folders.private) is not None:
        raise SignedEditionError(
            f"{folders.code}: the publication of {folders.year} is signed off, and is not changed in place. Nothing of it was "
            f'touched. To publish a correction as a new version: wres correct {folders.code} --year {folders.year} --reason "…"'
        )
    _open_the_way(folders)
    whole_file.for_everybody(copy)
    if (folders.private / WAITING).exists():
        _swap_both(folders, copy)
    else:
        whole_file.swap(copy, folders.public)


def correct(folders: EditionFolders, *, reason: str, today: date) -> int:
    """Put the signed edition by as `version-<n>/` of the public folder, whole, and open the folder for its correction.

    Gives the number of the version to come. Raises ReleaseError where nothing is signed, the reason is blank or holds a
    person's particulars, or the signed files are no longer what was signed.
    """
    told = seal.read(folders.private)
    if told is None:
        raise ReleaseError(
            f"the publication of {folders.year} is not signed off: wres run changes it as it is"
        )
    words = " ".join(reason.split())
    if not words or holds_a_person(words):
        raise ReleaseError(
            "a correction needs a reason that every reader may see, without a person's particulars"
        )
    before = [one for one in sign_off.earlier_versions(folders.private) if one["seal"] != told["seal"]]
    number = len(before) + 1
    by = folders.public / f"version-{number}"
    if not _stands_by(by, told):
        if seal.verify(folders.public, folders.private).state != "unchanged":
            raise ReleaseError(
                f"{folders.public} is no longer what was signed (wres verify says what differs); restore it from a backup first"
            )
        _put_by(folders, by.name, [*told["files"], seal.FILE])
    kept = {name: told.get(name, "") for name in ("body", "role", "date", "seal")}
    kept |= {"version": number, "replaced": today.isoformat(), "reason": words}
    whole_file.write(
        folders.private / sign_off.VERSIONS,
        (json.dumps([*before, kept], ensure_ascii=False, indent=2) + "\n").encode(),
    )
    for name in (
        sign_off.FILE,
        seal.FILE,
    ):  # the seal last: while it stands, a correction cut short is begun again
        (folders.private / name).unlink(missing_ok=True)
    return number + 1


def _stands_by(by: Path, told: Mapping[str, Any]) -> bool:
    """Whether an earlier correction, cut short, has put this signed edition by already."""
    return seal.read(by) == told and seal.verify(by).state == "unchanged"


def _put_by(folders: EditionFolders, name: str, files: Sequence[str]) -> None:
    with _copied(folders) as copy:
        for file in files:
            (copy / name / file).parent.mkdir(parents=True, exist_ok=True)
            _linked(folders.public / file, copy / name / file)
        (copy / seal.FILE).unlink()
        whole_file.for_everybody(copy)
        whole_file.swap(copy, folders.public)


def release(
    folders: EditionFolders,
    *,
    content: str,
    dated: date,
    asked: date | None = None,
    replaced: Sequence[str] = (),
) -> Path:
    """Put what was made apart into the public folder, in one step, and note what was released. Gives the public folder.

    replaced: patterns of files that go when this publication has none of that name ("charts/*.svg"); everything else
    in the folder belongs to others and stays.
    """
    draft = folders.draft
    if seal.read(folders.private) is None:
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
    told = {"content": content, "dated": dated.isoformat(), "asked": asked.isoformat() if asked else ""}
    whole_file.write(folders.private / FILE, (json.dumps(told, indent=2) + "\n").encode())
    return folders.public


def released(folders: EditionFolders) -> Released:
    """What was released last. Raises ReleaseError where nothing was, or where a later one was found wanting."""
    if folders.draft.exists():
        raise ReleaseError(
            f"the latest publication was not released; look through {folders.draft} and put right what wres run "
            "says of it"
        )
    return _noted(folders)


def kept(folders: EditionFolders) -> Released | None:
    """What was released last, whatever was made since; None where nothing was, or its note cannot be read."""
    try:
        return _noted(folders)
    except ReleaseError:
        return None


def _noted(folders: EditionFolders) -> Released:
    try:
        told = bounded_files.load_json(folders.private / FILE)
        dated = date.fromisoformat(told["dated"])
        asked = told.get("asked", told["dated"])  # a version before this one always gave a date
        return Released(str(told["content"]), dated, date.fromisoformat(asked) if asked else None)
    except FileNotFoundError as error:
        raise ReleaseError(
            f"there is no publication in {folders.public}: make it with wres run first"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{FILE}: cannot be read; make the publication again with wres run") from error


def _links(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if (Path(folder) / name).is_symlink()}


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

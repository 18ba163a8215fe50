"""`wres add FILE… --organisation X01`: look into files, say what they are, and put copies under the right names."""

from __future__ import annotations

import lzma
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path, PurePosixPath

import typer

from wres_pipeline import whole_file
from wres_pipeline.commands import terminal
from wres_pipeline.commands.run import near, pasted
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.intake.staged_file import content_hash
from wres_pipeline.extracts.naming import file_names, recognition
from wres_pipeline.extracts.naming.recognition import Recognised
from wres_pipeline.reference import ods_codes
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.render.text import one_line
from wres_pipeline.settings import Settings

ADDED, SOME_NOT, NOT_ADDED = 0, 1, 2
MOST_UNPACKED = 4 << 30
"""Bytes a zip may hold unpacked. [ours]"""
LONGEST_NAME = 240  # bytes; file systems take 255, and a copy is written beside its place under a longer name
MOST_MEMBERS = 2_000


def add(settings: Settings, places: Sequence[Path], code: str, *, yes: bool, day: date | None) -> int:
    """Say what each file is and, after a yes, copy it to its place; 0 all added, 1 some not, 2 none."""
    if not ods_codes.is_code(code):
        typer.echo(f"wres: {code!r} is no ODS code: capitals and digits only, such as X01", err=True)
        return NOT_ADDED
    folder = settings.extracts / code
    own = folder / "mappings"
    mappings = LocalMappings.load(own if own.is_dir() else None)
    added = refused = 0
    with tempfile.TemporaryDirectory(prefix="wres-add-") as scratch:
        for path, shown in _files(places, Path(scratch)):
            typer.echo(one_line(shown))
            try:
                if isinstance(path, RefusedFile):
                    raise path
                with terminal.at("Looking into it"):
                    found = recognition.recognise(path, mappings, shown=shown, day=day)
            except RefusedFile as error:
                refused += 1
                typer.echo(f"  Not added: {error.reason}")
                if error.remedy:
                    typer.echo(f"  What to do: {error.remedy}")
                continue
            added += _offer(found, folder, yes=yes)
    if not added and not refused:
        typer.echo("Nothing was added.")
        return NOT_ADDED
    if added:
        typer.echo(f"Next: wres check {pasted(folder)}")
    return SOME_NOT if added and refused else ADDED if added else NOT_ADDED


def _offer(found: Recognised, folder: Path, *, yes: bool) -> bool:
    """Say what the file is and copy it after a yes; whether it stands in its place now. Enter is a yes where nothing of the
    same kind and day stands there.
    """
    for reason in found.why:
        typer.echo(f"  {reason}")
    with terminal.at("Looking at what is there"):
        target, words = _place(found, folder)
    if target is None:
        typer.echo(f"  {words}")
        return True
    typer.echo(f"  goes to {near(target)}{words}")
    if not yes and not typer.confirm("  Copy it there?", default=not words):
        typer.echo("  Left where it is.")
        return False
    folder.mkdir(parents=True, exist_ok=True, mode=whole_file.PRIVATE_FOLDER)
    beside = target.with_name(f".{target.name}.part")
    with terminal.at("Copying"):
        shutil.copyfile(found.path, beside)
    beside.chmod(whole_file.PRIVATE_FILE)
    whole_file.put(beside, target)
    return True


def _place(found: Recognised, folder: Path) -> tuple[Path | None, str]:
    """(where the copy goes, what to say of it); None where the same content stands there already."""
    digest = content_hash(found.path)
    stem, suffix = Path(found.name).stem, Path(found.name).suffix
    there = sorted(
        (p for p in folder.glob(f"{stem}*") if p.is_file() and file_names.is_extract(p.name)),
        key=lambda p: file_names.natural_order(p.name),
    ) if folder.is_dir() else []  # fmt: skip
    for path in there:
        if content_hash(path) == digest:
            return None, f"is there already, as {near(path)}"
    if not there:
        return folder / found.name, ""
    number = 2
    while any(p.stem == f"{stem}_v{number}" for p in there):
        number += 1
    return (
        folder / f"{stem}_v{number}{suffix}",
        f"; {there[-1].name} of the same kind and day is there with other content: the new one will count. "
        "To keep the old one counting, take the new one out again",
    )


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        OSError,
    ) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # of the disk; a damaged member's own has no number
        raise RefusedFile(
            path.name,
            "it is no zip file that can be opened (damaged, or with a password).",
            "Unpack it and add the files.",
        ) from error


def _files(places: Sequence[Path], scratch: Path) -> Iterator[tuple[Path | RefusedFile, str]]:
    """(file, its name as the user knows it) of every file named: folders and zip files are looked into."""
    for number, (path, shown) in enumerate(_plain(places)):
        if path.suffix.lower() != ".zip" or not path.is_file():
            yield path, shown
            continue
        try:
            yield from _members(path, scratch / str(number))
        except RefusedFile as refused:
            yield refused, shown


def _plain(places: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for place in places:
        if not place.is_dir():
            yield place, place.name
            continue
        for path in sorted(p for p in place.rglob("*") if p.is_file() and not p.name.startswith((".", "~$"))):
            yield path, str(Path(place.name) / path.relative_to(place))


def _members(place: Path, target: Path) -> Iterator[tuple[Path | RefusedFile, str]]:
    with _opened(place) as archive:
        members = [m for m in archive.infolist() if m.filename and not m.is_dir()]
        if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_UNPACKED:
            raise RefusedFile(
                place.name, "it holds more than a delivery does.", "Unpack it and add the files."
            )
        for number, member in enumerate(members):
            name = PurePosixPath(member.filename.replace("\\", "/"))
            if not file_names.is_extract(name.name) or "__MACOSX" in name.parts:
                continue
            path = target / str(number) / name.name
            if len(name.name.encode()) > LONGEST_NAME:
                told = f"{place.stem}, file {number + 1} of the zip"
                yield (
                    RefusedFile(told, "its name is longer than a file's may be.", "Give it a shorter one."),
                    told,
                )
                continue
            path.parent.mkdir(parents=True)
            with archive.open(member) as inside, path.open("wb") as out:
                shutil.copyfileobj(inside, out)
            yield path, f"{place.stem}/{name}"

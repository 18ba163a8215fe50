"""Least rights: what holds people or true counts is its owner's alone, and is put right when it is found otherwise.

Files 0600 and folders 0700: the warehouse with its log, the Dagster home, and every folder of the outputs but
`public/`. [ours; the Data Security and Protection Toolkit asks for least privilege]
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from wres_pipeline import whole_file
from wres_pipeline.reports.release.edition_folders import PUBLIC
from wres_pipeline.settings import Settings

UMASK = 0o077
ON_WINDOWS = (
    "On Windows the rights of a folder are those of the folder it stands in: give the data folder to this user alone "
    "(Properties, Security), since its files hold people."
)


def keep_to_the_owner() -> None:
    """Have every file and folder this process makes be its owner's alone, and those of the processes it starts."""
    os.umask(UMASK)


def put_right(settings: Settings) -> list[str]:
    """Take from others what they may not read, and say in words what was found open; nothing to say for nothing found.

    A file that belongs to somebody else cannot be changed, and is named.
    """
    if os.name == "nt":
        return [ON_WINDOWS]
    told = []
    for what, place in _private(settings):
        closed, left = 0, 0
        for path in (place, *(place.rglob("*") if place.is_dir() else ())):
            changed = _close(path)
            closed += changed is True
            left += changed is False
        if closed:
            told.append(f"{what} could be read by others: {_count(closed)} put right ({place})")
        if left:
            told.append(
                f"{what} can be read by others and belongs to another user: {_count(left)} in {place}; its owner has to "
                "take the right away (chmod -R go= on it)"
            )
    return told


def _private(settings: Settings) -> Iterator[tuple[str, Path]]:
    for suffix in ("", ".wal", ".tmp"):
        place = settings.warehouse.with_name(settings.warehouse.name + suffix)
        if place.exists():
            yield "the warehouse", place
    if settings.dagster_home.is_dir():
        yield "the Dagster home", settings.dagster_home
    if settings.output.is_dir():
        for place in sorted(settings.output.iterdir()):
            if place.is_dir() and place.name != PUBLIC and not place.is_symlink():
                yield f"the internal outputs of {place.name}", place


def _close(path: Path) -> bool | None:
    """True when a right was taken away, False when it could not be, None when there was none."""
    try:
        if path.is_symlink():
            return None
        mode = path.stat().st_mode
        if mode & whole_file.OTHERS == 0:
            return None
        path.chmod(mode & 0o700)
    except FileNotFoundError:
        return None
    except PermissionError:
        return False
    return True


def _count(many: int) -> str:
    return f"{many:,} file or folder" if many == 1 else f"{many:,} files and folders"

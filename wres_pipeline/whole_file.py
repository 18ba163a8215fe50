"""Files as others find them: the old one or the new one, on disk before it has its name, and who may read it.

Nothing here knows what a file holds. Everything is the owner's alone (0600, folders 0700) but what `for_everybody` opens.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import IO

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
PUBLIC_FILE, PUBLIC_FOLDER = 0o644, 0o755
PASSED_THROUGH = 0o711
"""A folder that others may walk through to a public one below it, and not list."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def write(path: Path, content: bytes) -> Path:
    """Write a file beside its place, flush it to disk and rename it, so that nobody ever reads half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    with new(beside) as out:
        out.write(content)
    return put(beside, path)


def new(path: Path) -> IO[bytes]:
    """Open a file of the owner's alone for writing; one that is there goes, and a link is never followed."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb")


def put(beside: Path, path: Path) -> Path:
    """Give a file that is written whole its name: flushed first, so that a power cut leaves no empty file of that name."""
    flush(beside)
    beside.replace(path)
    flush(path.parent)
    return path


def flush(place: Path) -> None:
    """Have the system put a file, or the names of a folder, on the disk."""
    if place.is_dir() and os.name == "nt":
        return  # Windows opens no folder
    handle = os.open(place, os.O_RDONLY if place.is_dir() else os.O_RDWR)
    try:
        with suppress(OSError):  # a file system that cannot, such as a share, says so: the rename still holds
            os.fsync(handle)
    finally:
        os.close(handle)


def swap(new: Path, place: Path) -> None:
    """Put the folder `new` at `place` in one step; what stood there is gone afterwards.

    On Linux the two folders change names at once. Elsewhere the old one is moved aside first, and `recover` puts it back
    when the process ended between the two renames.
    """
    for folder in (new, *(each for each in new.rglob("*"))):
        flush(folder)
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        new.rename(place)
    elif _exchange(new, place):
        shutil.rmtree(new)
    else:
        aside = _aside(place)
        shutil.rmtree(aside, ignore_errors=True)
        place.rename(aside)
        new.rename(place)
        shutil.rmtree(aside)
    flush(place.parent)


def recover(place: Path) -> None:
    """Put back what an interrupted `swap` moved aside, or take it away where the new folder already stands."""
    aside = _aside(place)
    if aside.exists() and not place.exists():
        aside.rename(place)
    elif aside.exists():
        shutil.rmtree(aside)


def for_everybody(folder: Path) -> None:
    """Let everybody read a folder and all that is in it; what a link in it leads to stays as it is."""
    folder.chmod(PUBLIC_FOLDER)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(PUBLIC_FOLDER if path.is_dir() else PUBLIC_FILE)


def _aside(place: Path) -> Path:
    return place.with_name(f".{place.name}.before")


def _exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders at once (Linux, `renameat2`); False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))

"""Looking at a path before it is opened: only a plain, readable, complete file inside its folder is read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from wres_pipeline.extracts.intake.refusal import RefusedFile

Seen = tuple[int, int, int]
"""(inode, size, time of the last change): the same before and after reading, or the file is still being
written."""


def look(path: Path, within: Path) -> Seen:
    """What stands at `path`.

    Raises RefusedFile for a folder, a device or pipe, a link that leads out of the folder `within`, a file
    that may not be read, an empty file, and nothing at all.
    """
    name = path.name
    try:
        if path.is_symlink():
            target = path.resolve(strict=True)
            if not target.is_relative_to(within.resolve()):
                raise RefusedFile(
                    name,
                    "it is a link to a file outside its folder, and is not followed.",
                    "Copy the file itself into the folder.",
                )
        found = path.stat()
    except FileNotFoundError:
        raise _nothing_there(name) from None
    except PermissionError:
        raise _not_allowed(name) from None
    except (OSError, RuntimeError):
        raise _nothing_there(name) from None
    if stat.S_ISDIR(found.st_mode):
        raise RefusedFile(name, "it is a folder with the name of an extract.", "Put the file itself there.")
    if not stat.S_ISREG(found.st_mode):
        raise RefusedFile(name, "it is not a file (a pipe, socket or device).", "Put the file itself there.")
    if not os.access(path, os.R_OK) or not found.st_mode & 0o444:
        raise _not_allowed(name)
    if found.st_size == 0:
        raise RefusedFile(name, "it is empty (0 bytes).", "Send the extract again.")
    return found.st_ino, found.st_size, found.st_mtime_ns


def _nothing_there(name: str) -> RefusedFile:
    return RefusedFile(
        name, "there is no such file (or it is a link to nothing).", "Put the file there again."
    )


def _not_allowed(name: str) -> RefusedFile:
    return RefusedFile(
        name,
        "it may not be read by this user.",
        "Let this user alone read it (chmod 600, as the file's owner) and run again.",
    )

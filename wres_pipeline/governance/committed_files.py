"""Files that are committed to a git checkout, such as the sample's: a purge does not delete them unless settings name the folder."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from wres_pipeline.settings import Retention


class CommittedFilesError(RuntimeError):
    """A purge would delete files that are committed to a git checkout; says which, how many and what to do."""


def refuse(kept: Retention, files: Iterable[Path]) -> None:
    """Raise CommittedFilesError where one of the files is committed and stands in no folder that settings name."""
    folders: dict[Path, list[Path]] = {}
    for path in files:
        place = path.resolve()
        if not any(place.is_relative_to(Path(each).resolve()) for each in kept.may_delete_in):
            folders.setdefault(place.parent, []).append(place)
    for folder, places in sorted(folders.items()):
        root = next((each for each in folder.parents if (each / ".git").exists()), None)
        held = _committed(root, places) if root else []
        if held:
            raise CommittedFilesError(
                f"{folder}: {len(held)} of the files that are due, such as {held[0].name}, are committed to the git checkout "
                f"{root}, and a purge would delete them. Point extracts at a folder of your own, or name the folder in "
                "[retention] may_delete_in of wres.toml; nothing was changed."
            )


def _committed(root: Path, places: list[Path]) -> list[Path]:
    """Those that git holds; all of them where git cannot be asked."""
    asked = ["git", "-C", str(root), "ls-files", "-z", "--", *(str(place) for place in places)]
    try:
        told = subprocess.run(asked, capture_output=True, check=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return places
    return [root / name.decode("utf-8", "surrogateescape") for name in told.split(b"\0") if name]

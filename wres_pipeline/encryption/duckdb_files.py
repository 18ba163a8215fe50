"""The file system through which DuckDB reads and writes encrypted files: a path with `sealed://` before it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from fsspec import AbstractFileSystem

from wres_pipeline.encryption.sealed_file import HEAD, SealedFile

SCHEME = "sealed"


def address(place: Path) -> str:
    """The file as DuckDB is told of it."""
    return f"{SCHEME}://{place}"


class SealedFiles(AbstractFileSystem):
    """What DuckDB asks of a file system, for files stored encrypted."""

    protocol = SCHEME
    cachable = False

    def __init__(self) -> None:
        super().__init__()
        self._open: WeakValueDictionary[str, SealedFile] = WeakValueDictionary()

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return path.removeprefix(f"{SCHEME}://")

    def _place(self, path: str) -> Path:
        return Path(self._strip_protocol(path))

    def open(self, path: str, mode: str = "rb", **_: Any) -> SealedFile:
        """Open a file."""
        opened = SealedFile(self._place(path), mode)
        self._open[self._strip_protocol(path)] = opened
        return opened

    def touch(self, path: str, truncate: bool = True, **_: Any) -> None:
        """What DuckDB calls to cut a file, without saying where: its log is cut where the commit that failed began; others
        keep their length, and what is free in them is used again."""
        if truncate:
            self._open[self._strip_protocol(path)].take_back()

    def exists(self, path: str, **_: Any) -> bool:
        """Whether there is a file or folder of that name."""
        return self._place(path).exists()

    def isfile(self, path: str) -> bool:
        """Whether it is a file."""
        return self._place(path).is_file()

    def isdir(self, path: str) -> bool:
        """Whether it is a folder."""
        return self._place(path).is_dir()

    def size(self, path: Any) -> int:
        """Bytes of what it holds, of a file by its name or one that is open."""
        return path.size if isinstance(path, SealedFile) else max(self._place(path).stat().st_size - HEAD, 0)

    def modified(self, path: str) -> datetime:
        """When it was last changed."""
        return datetime.fromtimestamp(self._place(path).stat().st_mtime, UTC)

    def rm(self, path: str, recursive: bool = False, maxdepth: int | None = None) -> None:
        """Delete a file."""
        self._place(path).unlink()

    def mv(self, path1: str, path2: str, **_: Any) -> None:
        """Give a file another name."""
        self._place(path1).replace(self._place(path2))

    def mkdir(self, path: str, create_parents: bool = True, **_: Any) -> None:
        """Make a folder."""
        self._place(path).mkdir(parents=create_parents, exist_ok=True, mode=0o700)

    def ls(self, path: str, detail: bool = True, **_: Any) -> list[Any]:
        """The files of a folder."""
        return [
            {"name": str(each), "size": each.stat().st_size, "type": "directory" if each.is_dir() else "file"}
            if detail
            else str(each)
            for each in sorted(self._place(path).iterdir())
        ]

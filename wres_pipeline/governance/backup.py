"""Backups: warehouse, Dagster home, outputs and the organisations' own files, in one encrypted file; restored whole or not at all.

AES-256-GCM over a stream of frames, each bound to its place and the last one marked, so that a frame changed, moved, left
out or cut off is noticed; the key is derived from the given secret by scrypt with a salt of the backup's own. [ours, after
RFC 5116 and the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizar]
"""

from __future__ import annotations

import hashlib
import io
import json
import secrets
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wres_pipeline import warehouse, whole_file
from wres_pipeline.encryption import key
from wres_pipeline.settings import Settings

MAGIC = b"WRESBAK1"
FRAME = 1 << 20
SALT, PREFIX, TAG = 16, 7, 16
LEFT_OUT = frozenset({"wres.lock", "tmp"})
SQLITE, BESIDE_SQLITE = b"SQLite format 3\x00", ("-wal", "-shm", "-journal")
"""How an SQLite database begins, and what stands beside one that is written to: its copy holds what of that is committed."""


class BackupError(RuntimeError):
    """A backup that cannot be made, read or restored; says what to do. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a backup holds: when it was made, and each file's digest by its place in it."""

    made: str
    files: dict[str, str]


def _secret() -> bytes:
    try:
        return key.required()
    except key.KeyProblemError as error:
        raise BackupError(str(error)) from None


def _cipher(secret: bytes, salt: bytes) -> Any:
    return AESGCM(key.stretched(secret, salt))


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


class _Sealing(io.RawIOBase):
    """A file that is written plain and stored in encrypted frames."""

    def __init__(self, out: IO[bytes], secret: bytes) -> None:
        salt, self.prefix = secrets.token_bytes(SALT), secrets.token_bytes(PREFIX)
        self.out, self.cipher, self.number, self.waiting = out, _cipher(secret, salt), 0, bytearray()
        out.write(MAGIC + salt + self.prefix)

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.waiting += content
        while len(self.waiting) > FRAME:
            self._frame(bytes(self.waiting[:FRAME]), last=False)
            del self.waiting[:FRAME]
        return len(content)

    def finish(self) -> None:
        """Write the last frame, which is marked as the last."""
        self._frame(bytes(self.waiting), last=True)
        self.waiting.clear()

    def _frame(self, content: bytes, *, last: bool) -> None:
        self.out.write(self.cipher.encrypt(_nonce(self.prefix, self.number, last=last), content, MAGIC))
        self.number += 1


class _Opening(io.RawIOBase):
    """The plain content of a file of encrypted frames. Raises BackupError for a wrong key and for any change."""

    def __init__(self, source: IO[bytes], secret: bytes, name: str) -> None:
        head = source.read(len(MAGIC) + SALT + PREFIX)
        if head[: len(MAGIC)] != MAGIC or len(head) != len(MAGIC) + SALT + PREFIX:
            raise BackupError(f"{name}: not a backup of this pipeline")
        self.source, self.name, self.number, self.done = source, name, 0, False
        self.cipher, self.prefix = _cipher(secret, head[len(MAGIC) : -PREFIX]), head[-PREFIX:]
        self.next, self.ready = source.read(FRAME + TAG), b""

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        if not self.ready and not self.done:
            self._open_frame()
        many = min(len(target), len(self.ready))
        target[:many] = self.ready[:many]
        self.ready = self.ready[many:]
        return many

    def _open_frame(self) -> None:
        from cryptography.exceptions import InvalidTag

        content, self.next = self.next, self.source.read(FRAME + TAG)
        self.done = not self.next
        try:
            self.ready = self.cipher.decrypt(_nonce(self.prefix, self.number, last=self.done), content, MAGIC)
        except InvalidTag:
            why = "the key is not the one it was made with, or the file" if not self.number else "the file"
            raise BackupError(f"{self.name}: {why} was changed or cut off; nothing was restored") from None
        self.number += 1


def _places(settings: Settings) -> Iterator[tuple[str, Path]]:
    """(name in the backup, path) of every file but the warehouse, which is copied through the database."""
    for name, folder in (
        ("home", settings.dagster_home),
        ("output", settings.output),
        ("extracts", settings.extracts),
    ):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            inside = path.relative_to(folder)
            beside = (
                path.name.endswith(BESIDE_SQLITE) and path.with_name(path.name.rpartition("-")[0]).exists()
            )
            if path.is_file() and not path.is_symlink() and not beside and not LEFT_OUT & set(inside.parts):
                yield f"{name}/{inside.as_posix()}", path


def make(settings: Settings, target: Path, *, now: datetime | None = None) -> Held:
    """Write a backup to `target`, which must not exist. Gives what it holds.

    The caller holds the warehouse's slot, so that no run writes meanwhile and all is of one state; a database of Dagster's that
    the web UI or the daemon writes to is copied as one state of its own. Raises BackupError, and WarehouseBusyError when the
    warehouse is in use.
    """
    secret = _secret()
    if target.exists():
        raise BackupError(f"{target}: there is a file already; name another")
    for folder in (settings.output, settings.extracts, settings.dagster_home):
        if target.resolve().is_relative_to(folder.resolve()):
            raise BackupError(
                f"{target}: is inside {folder}, which the backup holds; name a place outside it"
            )
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(target.name + ".part")
    copy = settings.warehouse.with_name(settings.warehouse.name + warehouse.COPIES[2])
    files: dict[str, str] = {}
    made = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    try:
        with whole_file.new(beside) as out:
            sealed = _Sealing(out, secret)
            with tarfile.open(fileobj=sealed, mode="w|", format=tarfile.PAX_FORMAT) as pack:
                if settings.warehouse.exists():
                    with warehouse.connect(settings.warehouse, patience=warehouse.PATIENCE) as con:
                        con.execute("CHECKPOINT")
                        with settings.warehouse.open("rb") as held, whole_file.new(copy) as kept:
                            shutil.copyfileobj(held, kept, FRAME)
                        content = copy.open(
                            "rb"
                        )  # while the warehouse is held: whoever opens it next clears copies
                    files["warehouse"] = _add_large(pack, "warehouse", content)
                for name, path in _places(settings):
                    with suppress(FileNotFoundError):  # a run beside this one has just replaced it
                        files[name] = _add(pack, name, path)
                told = json.dumps({"made": made, "files": files}).encode()
                entry = tarfile.TarInfo("manifest.json")
                entry.size = len(told)
                pack.addfile(entry, io.BytesIO(told))
            sealed.finish()
        whole_file.put(beside, target)
    finally:
        for left in (beside, copy):
            left.unlink(missing_ok=True)
    return Held(made, files)


def _add(pack: tarfile.TarFile, name: str, path: Path) -> str:
    content = _one_state(path)
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = len(content), path.stat().st_mode & 0o777, int(path.stat().st_mtime)
    pack.addfile(entry, io.BytesIO(content))
    return hashlib.sha256(content).hexdigest()


def _one_state(path: Path) -> bytes:
    """A file's content; of an SQLite database what is committed, whoever writes to it meanwhile."""
    with path.open("rb") as content:
        if content.read(len(SQLITE)) != SQLITE:
            content.seek(0)
            return content.read()
    with closing(sqlite3.connect(path, timeout=60)) as held, closing(sqlite3.connect(":memory:")) as copy:
        held.backup(copy)
        return copy.serialize()


def _add_large(pack: tarfile.TarFile, name: str, held: io.BufferedReader) -> str:
    """As `_add`, for a file that nobody else writes to, without having it in memory."""
    entry = tarfile.TarInfo(name)
    with held as content:
        entry.size, entry.mode = content.seek(0, io.SEEK_END), whole_file.PRIVATE_FILE
        content.seek(0)
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        pack.addfile(entry, content)
    return digest


def restore(source: Path, folder: Path) -> Held:
    """Unpack a backup into `folder`, which must be empty or not there, and hold every file against its digest.

    folder gets warehouse.duckdb, home/, output/ and extracts/. Raises BackupError, and leaves nothing, for a wrong key and
    for a file that was changed or cut off.
    """
    secret = _secret()
    if (folder.exists() or folder.is_symlink()) and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(
            f"{folder}: is not empty; a backup is restored into a new folder, and nothing is overwritten"
        )
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True, mode=whole_file.PRIVATE_FOLDER)
        with source.open("rb") as content:
            held = _unpack(_Opening(content, secret, source.name), part)
        for name, digest in held.files.items():
            place = _place_of(part, name)
            if not place.exists() or _digest(place) != digest:
                raise BackupError(f"{source.name}: {name} is not what was backed up; nothing was restored")
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        raise BackupError(
            f"{source}: cannot be restored ({type(error).__name__}); nothing was restored"
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return held


def _unpack(opened: _Opening, part: Path) -> Held:
    told: dict[str, Any] = {}
    with tarfile.open(fileobj=io.BufferedReader(opened, FRAME), mode="r|") as pack:
        for entry in pack:
            content = pack.extractfile(entry)
            if content is None:
                raise BackupError(f"{opened.name}: {entry.name} is no file; nothing was restored")
            if entry.name == "manifest.json":
                told = json.loads(content.read())
                continue
            place = _place_of(part, entry.name)
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as out:
                shutil.copyfileobj(content, out)
            place.chmod(entry.mode & 0o700 | (0o044 if entry.name.startswith("output/public/") else 0))
    return Held(str(told["made"]), {str(name): str(digest) for name, digest in told["files"].items()})


def _digest(place: Path) -> str:
    with place.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _place_of(part: Path, name: str) -> Path:
    """Where a file of the backup goes, inside the folder whatever its name says."""
    place = part / ("warehouse.duckdb" if name == "warehouse" else name)
    if not place.resolve().is_relative_to(part.resolve()):
        raise BackupError("the backup names a file outside its folder; nothing was restored")
    return place

"""A file whose bytes on the disk are encrypted and that is read and written in any place, as a database does.

AES-256. A file written in any place is in XTS mode, the mode of disk encryption (IEEE 1619, NIST SP 800-38E). A log, which
only grows, is in counter mode (NIST SP 800-38A): no byte that was written is ever written again, so a write that a kill or a
power cut ends early harms no more than it would in a plain file. The file's own random key stands in its first 4,096 bytes,
encrypted with AES-256-GCM under the given key: a wrong key is told before anything is read. As with an encrypted disk,
somebody without the key who can write to the file can spoil it, which DuckDB's checksums notice, but not read it; a change is
what the seals and a backup's digests notice.
"""

from __future__ import annotations

import os
import secrets
import threading
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wres_pipeline import whole_file
from wres_pipeline.encryption import key

MAGIC, LOG_MAGIC = b"WRESENC1", b"WRESLOG1"
HEAD = 4096
NONCE, UNIT_KEY, TAIL_KEY, TAG, BLOCK = 12, 64, 32, 16, 16
FILE_KEY = UNIT_KEY + TAIL_KEY
SMALL, SMALLS, UNIT = 4096, 3, 65536
"""DuckDB's three headers, and a quarter of its blocks: the units that are encrypted as one, so that each of its writes is of
whole units."""


def is_sealed(place: Path) -> bool:
    """Whether the file is there and is stored encrypted."""
    try:
        with place.open("rb") as content:
            return content.read(len(MAGIC)) in (MAGIC, LOG_MAGIC)
    except FileNotFoundError:
        return False


def check(place: Path) -> None:
    """Raise KeyProblemError where the key that is given is none, or not the one the file was made with."""
    with place.open("rb") as content:
        _file_key(place, content.read(HEAD))


def _file_key(place: Path, head: bytes) -> bytes:
    given = key.given()
    if given is None:
        raise key.KeyProblemError(f"{place} is encrypted and there is no key. Give it: {key._ASKED}")
    salt, nonce, wrapped = _cut(head[len(MAGIC) :], key.SALT, NONCE, FILE_KEY + TAG)
    try:
        return AESGCM(key.stretched(given, salt)).decrypt(nonce, wrapped, head[: len(MAGIC)])
    except (InvalidTag, ValueError):
        raise key.KeyProblemError(
            f"{place}: the key is not the one it was encrypted with, or its first page is spoilt; nothing was changed"
        ) from None


def _cut(content: bytes, *lengths: int) -> list[bytes]:
    parts, at = [], 0
    for length in lengths:
        parts.append(content[at : at + length])
        at += length
    return parts


def _new(place: Path, magic: bytes) -> None:
    """Put an empty encrypted file there, whole or not at all."""
    file_key, nonce = secrets.token_bytes(FILE_KEY), secrets.token_bytes(NONCE)
    salt = _salt()
    wrapped = AESGCM(key.stretched(key.required(), salt)).encrypt(nonce, file_key, magic)
    whole_file.write(place, (magic + salt + nonce + wrapped).ljust(HEAD, b"\0"))


_SALTS: dict[bytes, bytes] = {}


def _salt() -> bytes:
    """One salt for a process, so that the key is stretched once."""
    return _SALTS.setdefault(key.required(), secrets.token_bytes(key.SALT))


class SealedFile:
    """An open file: `seek`, `read`, `write` and what else DuckDB asks of one.

    Each thread has a position of its own, since DuckDB seeks and reads in two calls; a log has one for all. `wb` adds to the end of what is there:
    it is how DuckDB 2.0 opens its log, for which it knows no other word; a new file is asked for by `wb+`.
    """

    def __init__(self, place: Path, mode: str) -> None:
        if mode.startswith("w") and "+" in mode or not place.exists():
            _new(place, LOG_MAGIC if mode == "wb" else MAGIC)
        self.file = place.open("rb" if mode == "rb" else "r+b", buffering=0)
        head = self.file.read(HEAD)
        file_key, self.log = _file_key(place, head), head.startswith(LOG_MAGIC)
        self.unit_key, self.tail_key = (algorithms.AES(part) for part in _cut(file_key, UNIT_KEY, TAIL_KEY))
        self.size = self.synced = place.stat().st_size - HEAD
        self.at: dict[int, int] = {}
        self.lock = threading.Lock()
        self.last: tuple[int, bytes] = (-1, b"")
        if mode in ("wb", "ab"):
            self.seek(self.size)

    def seek(self, to: int, whence: int = os.SEEK_SET) -> int:
        """Move this thread's position; gives the new one."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self.tell(), os.SEEK_END: self.size}[whence]
        self.at[self._who()] = start + to
        if self.log and self.file.writable() and start + to < self.size:
            self.truncate(start + to)  # DuckDB goes on there, past a torn end or a commit that failed
        return start + to

    def _who(self) -> int:
        """Whose position: a log has one, since DuckDB goes on writing to it from another thread without seeking."""
        return 0 if self.log else threading.get_ident()

    def tell(self) -> int:
        """This thread's position."""
        return self.at.get(self._who(), 0)

    def read(self, many: int = -1) -> bytes:
        """Up to `many` bytes from this thread's position."""
        start = self.tell()
        with self.lock:
            end = self.size if many < 0 else min(start + many, self.size)
            content = self._plain(start, end) if end > start else b""
        self.at[self._who()] = start + len(content)
        return content

    def write(self, content: Any) -> int:
        """Write at this thread's position, on the disk's side of the process before it returns."""
        content, start = bytes(content), self.tell()
        with self.lock:
            if start > self.size:
                self._put(self.size, bytes(start - self.size))
            self._put(start, content)
        self.at[self._who()] = start + len(content)
        return len(content)

    def truncate(self, size: int) -> int:
        """Cut the file at `size`."""
        with self.lock:
            whole = size if self.log else size - size % BLOCK
            rest = self._plain(whole, size)
            self.file.truncate(HEAD + size)
            self.size, self.last = whole, (-1, b"")
            self._put(whole, rest)
        return size

    def flush(self) -> None:
        """Have the system put it on the disk."""
        if self.file.writable():
            os.fsync(self.file.fileno())
            self.synced = self.size

    def take_back(self) -> None:
        """Cut off what was written to a log since it was last put on the disk: a commit that failed."""
        if self.log:
            self.truncate(self.synced)
            self.at[self._who()] = self.synced

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def _put(self, start: int, content: bytes) -> None:
        at = 0
        while at < len(content):
            number, begin, length = _unit(start + at)
            inside = start + at - begin
            taken = content[at : at + length - inside]
            held = self._unit_plain(number, begin, length) if inside or len(taken) < length else b""
            whole = held[:inside] + taken + held[inside + len(taken) :]
            first = inside - inside % BLOCK
            self.file.seek(HEAD + begin + first)
            self.file.write(self._turn(number, begin, whole, encrypt=True)[first:])
            self.last = (number, whole)
            at += len(taken)
            self.size = max(self.size, start + at)

    def _plain(self, start: int, end: int) -> bytes:
        parts = []
        while start < end:
            number, begin, length = _unit(start)
            plain = self._unit_plain(number, begin, length)
            parts.append(plain[start - begin : end - begin])
            start = begin + length
        return b"".join(parts)

    def _unit_plain(self, number: int, begin: int, length: int) -> bytes:
        if self.last[0] == number:
            return self.last[1]
        self.file.seek(HEAD + begin)
        stored = self.file.read(max(min(length, self.size - begin), 0))
        plain = self._turn(number, begin, stored, encrypt=False)
        self.last = (number, plain)
        return plain

    def _turn(self, number: int, begin: int, content: bytes, *, encrypt: bool) -> bytes:
        """A unit between plain and stored; bytes of a log, and the last that fill no block of the cipher, by a key stream."""
        many = 0 if self.log else len(content) - len(content) % BLOCK
        turned = b""
        if many:
            cipher = Cipher(self.unit_key, modes.XTS(number.to_bytes(BLOCK, "little")))
            turned = (cipher.encryptor() if encrypt else cipher.decryptor()).update(content[:many])
        if many < len(content):
            counter = ((begin + many) // BLOCK).to_bytes(BLOCK, "big")
            turned += Cipher(self.tail_key, modes.CTR(counter)).encryptor().update(content[many:])
        return turned


def _unit(at: int) -> tuple[int, int, int]:
    """(number, begin, length) of the unit a place of the file is in."""
    if at < SMALL * SMALLS:
        return at // SMALL, at - at % SMALL, SMALL
    number = (at - SMALL * SMALLS) // UNIT
    return SMALLS + number, SMALL * SMALLS + number * UNIT, UNIT

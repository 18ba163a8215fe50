"""The key of what is stored encrypted: from the environment, a key file, or the system's key store."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from wres_pipeline import whole_file

VARIABLE, FILE_VARIABLE = "WRES_KEY", "WRES_KEY_FILE"
STORE = ("wres_pipeline", "key")
"""Service and user name under which the system's key store (Keychain, Credential Locker, Secret Service) holds the key."""
SHORTEST = 16
SALT = 16


class KeyProblemError(RuntimeError):
    """No key, one that is too short, not the right one, or one that others can read; says what to do. Nothing was changed."""


def given() -> bytes | None:
    """The key: `WRES_KEY`, else the file `WRES_KEY_FILE` names, else the system's key store; None where there is none.

    Raises KeyProblemError for a key that is too short, and for a key file that cannot be read or that others may read.
    """
    text = os.environ.get(VARIABLE, "")
    named = "" if text else os.environ.get(FILE_VARIABLE, "")
    if named:
        text = _of_file(Path(named).expanduser())
    elif not text:
        text = _of_store()
    if text and len(text) < SHORTEST:
        raise KeyProblemError(f"the key is too short: {_ASKED}")
    return text.encode() if text else None


def required() -> bytes:
    """As `given`; raises KeyProblemError where there is none."""
    found = given()
    if found is None:
        raise KeyProblemError(f"the key is not there: {_ASKED}")
    return found


_ASKED = (
    f"set {VARIABLE}, or {FILE_VARIABLE} to a file of the owner's alone, to {SHORTEST} characters or more that nobody can "
    f"guess (or put it in the system's key store: keyring set {' '.join(STORE)}), and keep it apart from what it encrypts"
)


@lru_cache(maxsize=8)
def stretched(key: bytes, salt: bytes) -> bytes:
    """32 bytes made from the key by scrypt, dear to guess (about a tenth of a second); kept while the process lives."""
    return hashlib.scrypt(key, salt=salt, n=1 << 15, r=8, p=1, maxmem=1 << 26, dklen=32)


def _of_file(place: Path) -> str:
    try:
        if os.name != "nt" and place.stat().st_mode & whole_file.OTHERS:
            raise KeyProblemError(f"{place}: others may read the key; take the right away (chmod 600) first")
        text = place.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyProblemError(f"{place}: the key file cannot be read ({type(error).__name__})") from None
    if not text:
        raise KeyProblemError(f"{place}: the key file is empty: {_ASKED}")
    return text


def _of_store() -> str:
    if find_spec("keyring") is None:
        return ""
    try:
        return import_module("keyring").get_password(*STORE) or ""
    except Exception:  # a machine without a store, or one that is locked: as if there were no key
        return ""

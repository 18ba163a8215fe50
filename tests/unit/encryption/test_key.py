"""Where the key comes from: the environment before the key file before the system's key store."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from wres_pipeline.encryption import key

KEY = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(key.VARIABLE, raising=False)
    monkeypatch.delenv(key.FILE_VARIABLE, raising=False)


def test_the_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "key"
    file.write_text("the key of the key file\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv(key.FILE_VARIABLE, str(file))
    assert key.given() == b"the key of the key file"
    monkeypatch.setenv(key.VARIABLE, KEY)
    assert key.given() == KEY.encode()


@pytest.mark.parametrize("text", ["", "\n", "short\n"])
def test_a_key_file_without_a_key_is_told_and_never_taken_for_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    file = tmp_path / "key"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv(key.FILE_VARIABLE, str(file))
    with pytest.raises(key.KeyProblemError, match="empty|too short"):
        key.given()
    file.unlink()
    with pytest.raises(key.KeyProblemError, match="cannot be read"):
        key.given()


def test_the_key_store_is_asked_where_keyring_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is the desktop's own; here one stands in for it that holds the key under the name the docs give."""
    store = ModuleType("keyring")
    store.get_password = lambda *named: {key.STORE: KEY}.get(named)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", store)
    monkeypatch.setattr(key, "find_spec", lambda name: name)
    assert key.required() == KEY.encode()

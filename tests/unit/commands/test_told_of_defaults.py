"""A run without a settings file says so: it never takes the defaults in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from wres_pipeline.commands.run import told_of_defaults


def test_a_folder_without_settings_is_told_with_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WRES_SETTINGS", raising=False)
    below = tmp_path / "below"
    below.mkdir()
    assert f"no wres.toml in {below}, so the default settings are used" in told_of_defaults(below)
    assert "`wres init` writes one" in told_of_defaults(below)
    (tmp_path / "wres.toml").touch()
    assert f"go to {tmp_path}, where one is" in told_of_defaults(below)
    assert told_of_defaults(tmp_path) == ""


def test_settings_named_by_the_environment_are_not_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WRES_SETTINGS", str(tmp_path / "other.toml"))
    assert told_of_defaults(tmp_path) == ""

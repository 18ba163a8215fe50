"""What a run is told: folders, organisations and policy, read once from `wres.toml` and the environment.

`wres.toml` stands in the folder the command is given in (`WRES_SETTINGS` names another file); `WRES_EXTRACTS`,
`WRES_OUTPUT`, `WRES_WAREHOUSE` and `WRES_DAGSTER_HOME` override its folders. Secrets (the SMTP password, a webhook
address) come from the environment only. An unknown key is an error that names it, so a typing slip is never silent.
"""

from __future__ import annotations

import dataclasses
import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class SettingsError(ValueError):
    """A setting that cannot be used: names the file, the key, what was found and what is allowed."""


@dataclass(frozen=True)
class Organisation:
    """What the extracts cannot say about an organisation; every field may be empty."""

    code: str
    name: str = ""
    kind: str = ""
    fictional: bool = False
    board_lead: str = ""
    author: str = ""
    contact: str = ""
    commissioners_sent_to: str = ""
    published_at: str = ""
    residents_of: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    national_code: str = ""
    system: str = ""

    @property
    def title(self) -> str:
        """The name, or the code where no name is set."""
        return self.name or self.code


@dataclass(frozen=True)
class Targets:
    """Shares of staff who declare their ethnicity: what the check asks for, and the ambition it names."""

    declaration: float = 0.95
    ambition: float = 1.0


@dataclass(frozen=True)
class DisclosurePolicy:
    """The organisation's small-number policy; None keeps the default of the reporting year's settings."""

    method: str | None = None
    threshold: int | None = None
    width: int | None = None


@dataclass(frozen=True)
class GapSettings:
    """The TRAC-to-ESR gap: the lag that is normal, and whether declared values may stand in for missing ones."""

    normal_lag_days: int = 56
    use_declared_in_trac: bool = False


@dataclass(frozen=True)
class Alerts:
    """Where word of an opening or closing gap is sent; nothing is sent while nothing is set."""

    email_to: tuple[str, ...] = ()
    email_from: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_starttls: bool = True
    smtp_password: str = field(default="", repr=False)
    webhook_url: str = field(default="", repr=False)


@dataclass(frozen=True)
class Settings:
    """All settings of a run; paths are absolute."""

    extracts: Path
    output: Path
    warehouse: Path
    dagster_home: Path
    organisations: dict[str, Organisation] = field(default_factory=dict)
    targets: Targets = Targets()
    disclosure: DisclosurePolicy = DisclosurePolicy()
    gap: GapSettings = GapSettings()
    alerts: Alerts = Alerts()

    def organisation(self, code: str) -> Organisation:
        """The organisation of an ODS code, nameless when the settings do not know it."""
        return self.organisations.get(code) or Organisation(code)


FOLDERS = {
    "extracts": "data/extracts",
    "output": "data/output",
    "warehouse": "data/warehouse/wres.duckdb",
    "dagster_home": "data/dagster_home",
}


def load(file: Path | None = None, *, base: Path | None = None) -> Settings:
    """Read the settings.

    Raises `SettingsError` for a file that cannot be read, an unknown section or key, or a value of the wrong type.
    """
    base = (base or Path.cwd()).resolve()
    named = os.environ.get("WRES_SETTINGS")
    place = file or (Path(named) if named else base / "wres.toml")
    given = _read(place, required=file is not None or named is not None)
    known = {"folders", "organisations", "targets", "disclosure", "gap", "alerts"}
    _refuse_unknown(place, "", given, known)
    folders = given.get("folders", {})
    _refuse_unknown(place, "folders", folders, set(FOLDERS))
    paths = {
        name: _absolute(base, os.environ.get(f"WRES_{name.upper()}") or folders.get(name) or default)
        for name, default in FOLDERS.items()
    }
    organisations = {
        code: _section(place, f"organisations.{code}", Organisation, {"code": code, **values})
        for code, values in given.get("organisations", {}).items()
    }
    alerts = {
        **given.get("alerts", {}),
        "smtp_password": os.environ.get("WRES_SMTP_PASSWORD", ""),
        "webhook_url": os.environ.get("WRES_WEBHOOK_URL", ""),
    }
    return Settings(
        **paths,
        organisations=organisations,
        targets=_section(place, "targets", Targets, given.get("targets", {})),
        disclosure=_section(place, "disclosure", DisclosurePolicy, given.get("disclosure", {})),
        gap=_section(place, "gap", GapSettings, given.get("gap", {})),
        alerts=_section(place, "alerts", Alerts, alerts),
    )


def _read(place: Path, *, required: bool) -> dict[str, Any]:
    if not place.exists():
        if required:
            raise SettingsError(f"{place}: there is no such settings file")
        return {}
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{place}: not a settings file that can be read: {error}") from error


def _absolute(base: Path, text: str) -> Path:
    path = Path(text).expanduser()
    return path if path.is_absolute() else base / path


def _refuse_unknown(place: Path, section: str, given: dict[str, Any], known: set[str]) -> None:
    for key in given:
        if key not in known:
            where = f"[{section}] {key}" if section else f"[{key}]"
            raise SettingsError(f"{place}: {where} is not a setting; known here: {', '.join(sorted(known))}")


def _section(place: Path, section: str, kind: type[Any], given: dict[str, Any]) -> Any:
    fields = {f.name: f for f in dataclasses.fields(kind)}
    _refuse_unknown(place, section, given, set(fields))
    values: dict[str, Any] = {}
    for key, value in given.items():
        default = fields[key].default
        wanted = type(default) if default is not None and default is not dataclasses.MISSING else None
        if wanted is tuple and isinstance(value, list):
            value = tuple(str(item) for item in value)
        elif wanted is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        elif wanted is not None and not isinstance(value, wanted):
            raise SettingsError(
                f"{place}: [{section}] {key} is {value!r}; it must be of type {wanted.__name__.replace('tuple', 'list')}"
            )
        values[key] = value
    return kind(**values)

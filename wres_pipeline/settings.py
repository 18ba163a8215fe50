"""What a run is told: folders, organisations and policy, read once from `wres.toml` and the environment.

`wres.toml` stands in the folder the command is given in (`WRES_SETTINGS` names another file); `WRES_EXTRACTS`,
`WRES_OUTPUT`, `WRES_WAREHOUSE` and `WRES_DAGSTER_HOME` override its folders. Secrets (the SMTP password, a webhook
address) come from the environment only. An unknown key is an error that names it, so a typing slip is never silent.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_type_hints

from wres_pipeline.reference import ods_codes
from wres_pipeline.reference.plausibility import Plausibility


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
    residents_ages: str = "all"
    providers: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The name, or the code where no name is set."""
        return self.name or self.code


@dataclass(frozen=True)
class System:
    """Organisations whose figures are shown together as well, such as the members of an integrated care system."""

    code: str
    name: str = ""
    members: tuple[str, ...] = ()
    author: str = ""
    contact: str = ""

    @property
    def title(self) -> str:
        """The name, or the code where no name is set."""
        return self.name or self.code


@dataclass(frozen=True)
class Targets:
    """Shares of staff who declare their ethnicity: what the check asks for, and the ambition it names. numbers_found: share of
    the employee numbers of training and cases that must stand in the staff lists, else their indicator is not printed."""

    declaration: float = 0.95
    ambition: float = 1.0
    numbers_found: float = 0.5


@dataclass(frozen=True)
class DisclosurePolicy:
    """The organisation's small-number policy; None keeps the default of the reporting year's settings.

    preset: a rule by its name, in the place of method and threshold. board: whether the board's counts are `released` or
    `withheld`. role, date, because: who chose the rule, when and why; printed in the method note.
    """

    method: str | None = None
    threshold: int | None = None
    width: int | None = None
    preset: str | None = None
    board: str = "released"
    role: str = ""
    date: str = ""
    because: str = ""


@dataclass(frozen=True)
class GapSettings:
    """The TRAC-to-ESR gap: the lag that is normal, whether an organisation's own takes its place and within which days,
    whether declared values may stand in for missing ones, and how many pairs a reviewer is given at most."""

    normal_lag_days: int = 56
    own_lag: bool = False
    own_lag_least: int = 28
    own_lag_most: int = 120
    use_declared_in_trac: bool = False
    review_pairs: int = 60

    @property
    def lag_limits(self) -> tuple[int, int] | None:
        """The limits of an organisation's own lag, or None where the normal one counts for all."""
        return (self.own_lag_least, self.own_lag_most) if self.own_lag else None


@dataclass(frozen=True)
class Reports:
    """What is made beside the pages: the publication as one PDF file, where the machine can make one."""

    pdf: bool = True


@dataclass(frozen=True)
class Alerts:
    """Where word of an opening or closing gap is sent; nothing is sent while nothing is set.

    inside_the_organisation: the channels stay inside, so that counts need not be rounded and small ones not withheld.
    """

    email_to: tuple[str, ...] = ()
    email_from: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_starttls: bool = True
    inside_the_organisation: bool = False
    smtp_password: str = field(default="", repr=False)
    webhook_url: str = field(default="", repr=False)


@dataclass(frozen=True)
class Retention:
    """How many days after the day an extract shows its particulars, and then its rows, are kept."""

    identity_days: int = 400
    row_days: int = 1096


@dataclass(frozen=True)
class Settings:
    """All settings of a run; paths are absolute."""

    extracts: Path
    output: Path
    warehouse: Path
    dagster_home: Path
    organisations: dict[str, Organisation] = field(default_factory=dict)
    systems: dict[str, System] = field(default_factory=dict)
    targets: Targets = Targets()
    disclosure: DisclosurePolicy = DisclosurePolicy()
    gap: GapSettings = GapSettings()
    plausibility: Plausibility = Plausibility()
    reports: Reports = Reports()
    alerts: Alerts = Alerts()
    retention: Retention = Retention()

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits over all settings but the secrets: another means that something was set otherwise."""
        plain = dataclasses.replace(
            self, alerts=dataclasses.replace(self.alerts, smtp_password="", webhook_url="")
        )
        return hashlib.sha256(repr(plain).encode()).hexdigest()[:12]

    @property
    def log(self) -> Path:
        """The file that a command's steps and the libraries it uses write to; it names no person."""
        return self.dagster_home / "wres.log"

    def organisation(self, code: str) -> Organisation:
        """The organisation of an ODS code, nameless when the settings do not know it."""
        return self.organisations.get(code) or Organisation(code)


FOLDERS = {
    "extracts": "data/extracts",
    "output": "data/output",
    "warehouse": "data/warehouse/wres.duckdb",
    "dagster_home": "data/dagster_home",
}
METHODS = frozenset({None, "suppress", "round"})
PRESETS = frozenset({None, "under 5", "under 10", "1-7 and nearest 5", "none"})
BOARD = frozenset({"released", "withheld"})
SECRETS = {"smtp_password": "WRES_SMTP_PASSWORD", "webhook_url": "WRES_WEBHOOK_URL"}
"""What is never written in a file: field of `Alerts` -> the environment variable it comes from."""


def load(file: Path | None = None, *, base: Path | None = None) -> Settings:
    """Read the settings.

    Raises `SettingsError` for a file that cannot be read, an unknown section or key, or a value of the wrong type.
    """
    base = (base or Path.cwd()).resolve()
    named = os.environ.get("WRES_SETTINGS")
    place = file or (Path(named) if named else base / "wres.toml")
    given = _read(place, required=file is not None or named is not None)
    known = {
        "folders",
        "organisations",
        "systems",
        "targets",
        "disclosure",
        "gap",
        "plausibility",
        "reports",
        "alerts",
        "retention",
    }
    _refuse_unknown(place, "", given, known)
    folders = _table(place, "folders", given.get("folders", {}))
    _refuse_unknown(place, "folders", folders, set(FOLDERS))
    paths = {name: _folder(place, base, name, folders) for name in FOLDERS}
    organisations = {
        code: _section(place, f"organisations.{code}", Organisation, _table(place, code, values), code=code)
        for code, values in _table(place, "organisations", given.get("organisations", {})).items()
    }
    systems = {
        code: _section(place, f"systems.{code}", System, _table(place, code, values), code=code)
        for code, values in _table(place, "systems", given.get("systems", {})).items()
    }
    secrets = {name: os.environ.get(variable, "") for name, variable in SECRETS.items()}
    loaded = Settings(
        **paths,
        organisations=organisations,
        systems=systems,
        targets=_section(place, "targets", Targets, given.get("targets", {})),
        disclosure=_section(place, "disclosure", DisclosurePolicy, given.get("disclosure", {})),
        gap=_section(place, "gap", GapSettings, given.get("gap", {})),
        plausibility=_section(place, "plausibility", Plausibility, given.get("plausibility", {})),
        reports=_section(place, "reports", Reports, given.get("reports", {})),
        retention=_section(place, "retention", Retention, given.get("retention", {})),
        alerts=_section(place, "alerts", Alerts, given.get("alerts", {}), **secrets),
    )
    _refuse_codes(place, loaded)
    _refuse_impossible(place, loaded)
    _refuse_impossible_systems(place, loaded)
    return loaded


def _read(place: Path, *, required: bool) -> dict[str, Any]:
    if not place.exists():
        if required:
            raise SettingsError(f"{place}: there is no such settings file")
        return {}
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{place}: not a settings file that can be read: {error}") from error


def _folder(place: Path, base: Path, name: str, folders: dict[str, Any]) -> Path:
    """A folder of the file is relative to the file; one of the environment, and the default, to where the command is given."""
    from_environment, written = os.environ.get(f"WRES_{name.upper()}"), folders.get(name)
    if not from_environment and written is not None:
        if not isinstance(written, str) or not written:
            raise SettingsError(f"{place}: [folders] {name} is {written!r}; it must be a path in quotes")
        return place.resolve().parent / Path(written).expanduser()
    return base / Path(from_environment or FOLDERS[name]).expanduser()


def _table(place: Path, section: str, given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise SettingsError(f"{place}: {section} is {given!r}; it must be a section of its own")
    return given


def _refuse_unknown(place: Path, section: str, given: dict[str, Any], known: set[str]) -> None:
    for key in given:
        if key not in known:
            where = f"[{section}] {key}" if section else f"[{key}]"
            raise SettingsError(f"{place}: {where} is not a setting; known here: {', '.join(sorted(known))}")


def _refuse_codes(place: Path, loaded: Settings) -> None:
    named = [(f"[organisations.{code}]", code) for code in loaded.organisations]
    named += [(f"[systems.{code}]", code) for code in loaded.systems]
    for code, one in loaded.organisations.items():
        named += [(f"[organisations.{code}] providers", each) for each in one.providers]
        named += [(f"[organisations.{code}] predecessors", each) for each in one.predecessors]
    for code, system in loaded.systems.items():
        named += [(f"[systems.{code}] members", each) for each in system.members]
    for where, code in named:
        if not ods_codes.is_code(code):
            raise SettingsError(
                f"{place}: {where}: {code[:40]!r} is not an ODS code; one is {ods_codes.SHAPE}"
            )


def _refuse_impossible(place: Path, loaded: Settings) -> None:
    shares = {
        "declaration": loaded.targets.declaration,
        "ambition": loaded.targets.ambition,
        "numbers_found": loaded.targets.numbers_found,
    }
    for key, share in shares.items():
        if not 0 <= share <= 1:
            raise SettingsError(
                f"{place}: [targets] {key} is {share}; it must be a share from 0 to 1, such as 0.95"
            )
    if not 0 <= loaded.gap.own_lag_least <= loaded.gap.own_lag_most:
        raise SettingsError(
            f"{place}: [gap] own_lag_least is {loaded.gap.own_lag_least} and own_lag_most {loaded.gap.own_lag_most}; they must "
            "not be negative, and the least not above the most"
        )
    if loaded.gap.review_pairs < 0:
        raise SettingsError(
            f"{place}: [gap] review_pairs is {loaded.gap.review_pairs}; it must not be negative"
        )
    if loaded.gap.normal_lag_days < 0:
        raise SettingsError(
            f"{place}: [gap] normal_lag_days is {loaded.gap.normal_lag_days}; it must not be negative"
        )
    kept = loaded.retention
    if not 1 <= kept.identity_days <= kept.row_days:
        raise SettingsError(
            f"{place}: [retention] needs 1 <= identity_days <= row_days; found {kept.identity_days} and {kept.row_days}"
        )
    mine = loaded.disclosure
    if mine.preset not in PRESETS:
        allowed = ", ".join(sorted(filter(None, PRESETS)))
        raise SettingsError(f"{place}: [disclosure] preset is {mine.preset!r}; it must be one of {allowed}")
    if mine.preset is not None and (mine.method is not None or mine.threshold is not None):
        raise SettingsError(f"{place}: [disclosure] a preset stands alone: leave out method and threshold")
    if mine.board not in BOARD:
        raise SettingsError(f"{place}: [disclosure] board is {mine.board!r}; it must be released or withheld")
    decision = (mine.role, mine.date, mine.because)
    if any(decision) and not all(decision):
        raise SettingsError(f"{place}: [disclosure] a decision needs role, date and because")
    if mine.preset == "none" and not all(decision):
        raise SettingsError(
            f'{place}: [disclosure] preset "none" publishes every count: record the decision with role, date and because'
        )
    if loaded.disclosure.method not in METHODS:
        allowed = " or ".join(sorted(filter(None, METHODS)))
        raise SettingsError(
            f"{place}: [disclosure] method is {loaded.disclosure.method!r}; it must be {allowed}"
        )
    if loaded.disclosure != DisclosurePolicy():
        _refuse_impossible_disclosure(place, loaded.disclosure)


def _refuse_impossible_disclosure(place: Path, mine: DisclosurePolicy) -> None:
    from wres_pipeline.disclosure.policy import Policy
    from wres_pipeline.reference import years

    for year in years.all_years():
        try:
            Policy.chosen(
                years.load(year).disclosure, method=mine.method, threshold=mine.threshold, width=mine.width
            )
        except ValueError as error:
            raise SettingsError(f"{place}: [disclosure] {error}") from error


def _refuse_impossible_systems(place: Path, loaded: Settings) -> None:
    for code, system in loaded.systems.items():
        where = f"{place}: [systems.{code}]"
        if code in loaded.organisations:
            raise SettingsError(
                f"{where} {code} is an organisation already; give the system a code of its own"
            )
        if len(set(system.members)) < 2 or len(set(system.members)) != len(system.members):
            raise SettingsError(
                f"{where} members is {list(system.members)!r}; it must name two organisations or more, each once, "
                'by ODS code, such as ["X01", "XTR"]'
            )


def _section(place: Path, section: str, kind: type[Any], given: Any, **fixed: str) -> Any:
    """One section as its dataclass; `fixed` are the fields that no file may set."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = dict(fixed)
    known = {f.name for f in dataclasses.fields(kind)} - set(fixed)
    for key in sorted(set(_table(place, section, given)) & set(SECRETS) & set(fixed)):
        raise SettingsError(
            f"{place}: [{section}] {key} is a secret: set {SECRETS[key]} in the environment instead"
        )
    _refuse_unknown(place, section, given, known)
    for key, value in given.items():
        wanted, words = _KINDS[hints[key]]
        if isinstance(value, bool) and bool not in wanted or not isinstance(value, wanted):
            raise SettingsError(f"{place}: [{section}] {key} is {value!r}; it must be {words}")
        if isinstance(value, list):
            if not all(isinstance(item, str) for item in value):
                raise SettingsError(f"{place}: [{section}] {key} is {value!r}; it must be {words}")
            value = tuple(value)
        values[key] = float(value) if hints[key] is float else value
    return kind(**values)


_KINDS: dict[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "text in quotes"),
    bool: ((bool,), "true or false"),
    int: ((int,), "a whole number"),
    float: ((int, float), "a number"),
    tuple[str, ...]: ((list,), 'a list of texts, such as ["a", "b"]'),
    str | None: ((str,), "text in quotes"),
    int | None: ((int,), "a whole number"),
}
"""The type of a field -> what a settings file may give for it, and that in words."""

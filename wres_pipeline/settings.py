"""What a run is told: folders, organisations and policy, read once from `wres.toml` and the environment.

`wres.toml` stands in the folder the command is given in (`WRES_SETTINGS` names another file); `WRES_EXTRACTS`,
`WRES_OUTPUT`, `WRES_WAREHOUSE` and `WRES_DAGSTER_HOME` override its folders. Secrets (the SMTP password, a webhook
address) come from the environment only. An unknown key is an error that names it, so a typing slip is never silent.
"""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

from wres_pipeline.extracts import contracts
from wres_pipeline.reference import margins, ods_codes
from wres_pipeline.reference.plausibility import Plausibility
from wres_pipeline.settings_file import SettingsError, SettingsFile
from wres_pipeline.settings_models import (
    STAKES,
    Alerts,
    DisclosurePolicy,
    GapSettings,
    Organisation,
    Reports,
    Retention,
    Settings,
    Spark,
    System,
    Targets,
)  # fmt: skip

__all__ = ["Settings", "SettingsError"]


FOLDERS = {
    "extracts": "data/extracts",
    "output": "data/output",
    "warehouse": "data/warehouse/wres.duckdb",
    "dagster_home": "data/dagster_home",
}
METHODS = frozenset({None, "suppress", "round"})
RETAINED = {
    "kinds": lambda: set(contracts.kinds()),
    "columns": lambda: set(contracts.PARTICULARS),
}
"""What `[retention] kinds` and `columns` may name."""
PRESETS = frozenset({None, "under 5", "under 10", "1-7 and nearest 5", "none"})
ABOUT = frozenset({"gap", "run", "check", "late", "deadline"})
ONE_OF = {("board", "counts"): ("released", "withheld"), ("composition", "zeros"): ("shown", "withheld")}
SECTIONS = {
    "folders", "organisations", "systems", "targets", "disclosure", "gap", "plausibility", "reports", "alerts", "retention", "spark",
}  # fmt: skip
SECRETS = {"smtp_password": "WRES_SMTP_PASSWORD", "webhook_url": "WRES_WEBHOOK_URL"}
"""What is never written in a file: field of `Alerts` -> the environment variable it comes from."""


def load(file: Path | None = None, *, base: Path | None = None, must_be_there: bool = False) -> Settings:
    """Read the settings.

    must_be_there: a service never works by default settings that nobody chose. Raises `SettingsError`, with every fault of
    the file at once, for a file that has to be there and is not, a file that cannot be read, an unknown section or key,
    a value of the wrong type, or one that cannot be.
    """
    place = (base or Path.cwd()) / "wres.toml"
    if must_be_there and file is None and not os.environ.get("WRES_SETTINGS") and not place.exists():
        raise SettingsError(
            f"{place}: there is none: name one with WRES_SETTINGS, or write one with wres init"
        )
    loaded, problems = look(file, base=base)
    if problems:
        raise SettingsError(*problems)
    return loaded


def look(file: Path | None = None, *, base: Path | None = None) -> tuple[Settings, tuple[str, ...]]:
    """The settings, each that is faulty at its default, and every fault of the file, in the order they are met."""
    base = (base or Path.cwd()).resolve()
    named = os.environ.get("WRES_SETTINGS")
    told = SettingsFile(file or (Path(named) if named else base / "wres.toml"))
    given = told.read(required=file is not None or named is not None)
    told.known("", given, SECTIONS)
    folders = told.table("folders", given.get("folders", {}))
    told.known("folders", folders, set(FOLDERS))
    secrets = {name: os.environ.get(variable, "") for name, variable in SECRETS.items()}
    loaded = Settings(
        **{name: _folder(told, base, name, folders) for name in FOLDERS},
        organisations=_by_code(told, "organisations", Organisation, given),
        systems=_by_code(told, "systems", System, given),
        targets=told.section("targets", Targets, given.get("targets", {})),
        disclosure=_disclosure_sections(told, given.get("disclosure", {})),
        gap=told.section("gap", GapSettings, given.get("gap", {})),
        plausibility=told.section("plausibility", Plausibility, given.get("plausibility", {})),
        reports=told.section("reports", Reports, given.get("reports", {})),
        retention=_retention(told, given.get("retention", {})),
        spark=told.section("spark", Spark, given.get("spark", {})),
        alerts=told.section("alerts", Alerts, given.get("alerts", {}), SECRETS, **secrets),
    )
    _codes(told, loaded)
    _targets(told, loaded.targets)
    _gap(told, loaded.gap)
    _alerts(told, loaded.alerts)
    _disclosure(told, loaded.disclosure)
    _systems(told, loaded)
    return loaded, tuple(told.problems)


def _by_code(told: SettingsFile, section: str, kind: type[Any], given: dict[str, Any]) -> dict[str, Any]:
    """The sections `[organisations.X01]` or `[systems.QX1]`, by code."""
    found = {}
    for code, values in told.table(section, given.get(section, {})).items():
        entries = dict(told.table(f"{section}.{code}", values))
        own = entries.pop("margins", None) if kind is Organisation else None
        found[code] = told.section(f"{section}.{code}", kind, entries, code=code)
        if own is not None:
            found[code] = dataclasses.replace(
                found[code], margins=_margins(told, f"{section}.{code}.margins", own)
            )
    return found


def _margins(told: SettingsFile, section: str, given: Any) -> dict[str, margins.Margin]:
    """The margins that an organisation has set itself, by indicator."""
    found = {}
    for number, values in told.table(section, given).items():
        try:
            found[number] = margins.parse(number, values)
        except ValueError as error:
            told.fault(f"{section}.{number}", "", str(error))
    return found


def _folder(told: SettingsFile, base: Path, name: str, folders: dict[str, Any]) -> Path:
    """A folder of the file is relative to the file; one of the environment, and the default, to where the command is given."""
    from_environment, written = os.environ.get(f"WRES_{name.upper()}"), folders.get(name)
    if not from_environment and written is not None:
        if isinstance(written, str) and written:
            return told.place.resolve().parent / Path(written).expanduser()
        told.fault("folders", name, f"is {written!r}; it must be a path in quotes")
    return base / Path(from_environment or FOLDERS[name]).expanduser()


def _codes(told: SettingsFile, loaded: Settings) -> None:
    named = [(f"organisations.{code}", "", code) for code in loaded.organisations]
    named += [(f"systems.{code}", "", code) for code in loaded.systems]
    for code, one in loaded.organisations.items():
        named += [(f"organisations.{code}", "providers", each) for each in one.providers]
        named += [(f"organisations.{code}", "predecessors", each) for each in one.predecessors]
    for code, system in loaded.systems.items():
        named += [(f"systems.{code}", "members", each) for each in system.members]
    for section, key, code in named:
        if not ods_codes.is_code(code):
            told.fault(
                section, key, f"names {code[:40]!r}, which is not an ODS code; one is {ods_codes.SHAPE}"
            )


def _targets(told: SettingsFile, targets: Targets) -> None:
    for one in dataclasses.fields(targets):
        if not 0 <= (share := getattr(targets, one.name)) <= 1:
            told.fault("targets", one.name, f"is {share}; it must be a share from 0 to 1, such as 0.95")


def _gap(told: SettingsFile, gap: GapSettings) -> None:
    if not 0 <= gap.own_lag_least <= gap.own_lag_most:
        told.fault(
            "gap", "own_lag_least",
            f"is {gap.own_lag_least} and own_lag_most {gap.own_lag_most}; they must not be negative, and the least not above "
            "the most",
        )  # fmt: skip
    for key in ("review_pairs", "normal_lag_days"):
        if getattr(gap, key) < 0:
            told.fault("gap", key, f"is {getattr(gap, key)}; it must not be negative")


def _alerts(told: SettingsFile, alerts: Alerts) -> None:
    if unknown := sorted(set(alerts.not_about) - ABOUT):
        told.fault("alerts", "not_about", f"holds {unknown[0]!r}; it may hold {', '.join(sorted(ABOUT))}")
    if not 1 <= alerts.delivery_due_day <= 28:
        told.fault(
            "alerts", "delivery_due_day", f"is {alerts.delivery_due_day}; it must be a day from 1 to 28"
        )


def _retention(told: SettingsFile, given: Any) -> Retention:
    """Days by kind and by column are tables of their own; a folder is relative to the file."""
    plain, days = dict(told.table("retention", given)), {}
    for name, known in RETAINED.items():
        section = f"retention.{name}"
        days[name] = dict(told.table(section, plain.pop(name, {})))
        told.known(section, days[name], known())
        for key, value in days[name].items():
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                told.fault(section, key, f"is {value!r}; it must be a number of days, 1 or more")
    kept: Retention = told.section("retention", Retention, plain)
    if not 1 <= kept.identity_days <= kept.row_days:
        told.fault(
            "retention",
            "",
            f"needs 1 <= identity_days <= row_days; found {kept.identity_days} and {kept.row_days}",
        )
    if told.problems:
        return kept
    folders = tuple(str(told.place.resolve().parent / Path(each).expanduser()) for each in kept.may_delete_in)
    return dataclasses.replace(kept, may_delete_in=folders, kinds=days["kinds"], columns=days["columns"])


def _disclosure_sections(told: SettingsFile, given: Any) -> DisclosurePolicy:
    """The rule for all, and a section for what each stake has of its own."""
    whole = dict(told.table("disclosure", given))
    stakes = {
        name: told.section(f"disclosure.{name}", kind, whole.pop(name))
        for name, kind in STAKES.items()
        if name in whole
    }
    return dataclasses.replace(told.section("disclosure", DisclosurePolicy, whole), **stakes)


def _disclosure(told: SettingsFile, mine: DisclosurePolicy) -> None:
    section = "disclosure"
    if mine.preset not in PRESETS:
        allowed = ", ".join(sorted(filter(None, PRESETS)))
        told.fault(section, "preset", f"is {mine.preset!r}; it must be one of {allowed}")
    if mine.preset is not None and (mine.method is not None or mine.threshold is not None):
        told.fault(section, "preset", "stands alone: leave out method and threshold")
    for name, kind in STAKES.items():
        own = getattr(mine, name)
        if dataclasses.replace(own, because="") != kind() and not own.because:
            told.fault(f"{section}.{name}", "", "is a decision of its own: say because why")
    for (name, key), allowed_here in ONE_OF.items():
        if (value := getattr(getattr(mine, name), key)) not in allowed_here:
            told.fault(f"{section}.{name}", key, f"is {value!r}; it must be {' or '.join(allowed_here)}")
    decision = (mine.role, mine.date, mine.because)
    if any(decision) and not all(decision):
        told.fault(section, "", "a decision needs role, date and because")
    if mine.preset == "none" and not all(decision):
        told.fault(
            section,
            "preset",
            "is none, which publishes every count: record the decision with role, date and because",
        )
    if mine.method not in METHODS:
        allowed = " or ".join(sorted(filter(None, METHODS)))
        told.fault(section, "method", f"is {mine.method!r}; it must be {allowed}")
    elif mine != DisclosurePolicy() and not any(place.startswith(section) for place, _ in told.faulty):
        _impossible_disclosure(told, mine)


def _impossible_disclosure(told: SettingsFile, mine: DisclosurePolicy) -> None:
    from wres_pipeline.disclosure.rules import presets
    from wres_pipeline.reference import years

    for year in years.all_years():
        default = years.load(year).disclosure
        if mine.survey.minimum is not None and mine.survey.minimum < default.survey_minimum:
            told.fault(
                "disclosure.survey", "minimum",
                f"is {mine.survey.minimum}; the survey itself shows no result on fewer than {default.survey_minimum} responses",
            )  # fmt: skip
            return
        plain = dataclasses.replace(mine, **{name: kind() for name, kind in STAKES.items()})
        tried = {"disclosure": plain}
        tried |= {
            f"disclosure.{one}": dataclasses.replace(plain, **{one: getattr(mine, one)}) for one in STAKES
        }
        for section, one in tried.items():
            try:
                presets.chosen(default, **one.asked())
            except ValueError as error:
                told.fault(section, "", str(error))
                return


def _systems(told: SettingsFile, loaded: Settings) -> None:
    for code, system in loaded.systems.items():
        section = f"systems.{code}"
        if code in loaded.organisations:
            told.fault(section, "", f"{code} is an organisation already; give the system a code of its own")
        if (section, "members") in told.faulty:
            continue
        if len(set(system.members)) < 2 or len(set(system.members)) != len(system.members):
            told.fault(
                section, "members",
                f"is {list(system.members)!r}; it must name two organisations or more, each once, by ODS code, such as "
                '["X01", "XTR"]',
            )  # fmt: skip

"""The Dagster home: its settings file, made where there is none and brought up to date where an earlier version made it."""

import os
from importlib.resources import files
from pathlib import Path

import dagster as dg
import yaml
from filelock import FileLock

FILE = "dagster.yaml"
EARLIER_STORE = "wres_pipeline.orchestration.event_store"
"""A class of an earlier version that homes made then name as their event log; its files are those of the stock one."""


def settings_text() -> str:
    """The settings of a new home."""
    return files(__package__).joinpath(FILE).read_text(encoding="utf-8")


class NoHomeError(RuntimeError):
    """The Dagster home was not made by this project: says what to do."""


def refuse_without_settings() -> None:
    """Refuse to be loaded with a Dagster home that has no settings of its own: telemetry would be on, nothing watched.

    Raises NoHomeError.
    """
    named = os.environ.get("DAGSTER_HOME")
    if named and not (Path(named) / FILE).exists():
        raise NoHomeError(
            f"DAGSTER_HOME is {named}, which has no {FILE}. Stop, give `wres home`, which writes it, and start again: the settings "
            "of a home are read when the web UI and the daemon start."
        )


def refuse_telemetry(instance: dg.DagsterInstance) -> None:
    """Refuse a run of an instance that was started without the settings of a home of this project. Raises NoHomeError."""
    if (
        instance.telemetry_enabled
        and not instance.is_ephemeral
        and "DAGSTER_DISABLE_TELEMETRY" not in os.environ
    ):
        raise NoHomeError(
            f"Dagster's telemetry is on in the home {instance.root_directory}: it was started without the project's settings. Stop "
            "it, give `wres home`, set DAGSTER_HOME to the folder that names, and start again."
        )


def prepare_home(home: Path) -> Path:
    """Make the Dagster home with its settings, and point DAGSTER_HOME at it (it must be absolute)."""
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    file = home / FILE
    if not file.exists():
        file.write_text(settings_text(), encoding="utf-8")
    else:
        bring_up_to_date(file)
    os.environ["DAGSTER_HOME"] = str(home)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    return home


def make_storage(home: Path) -> None:
    """Make the files of Dagster's storage in a prepared home, one process at a time.

    Services that are started at the same moment on a new home would make them at once, and one of them would fail.
    """
    with FileLock(home / ".making", mode=0o600), dg.DagsterInstance.get():
        return


def bring_up_to_date(file: Path) -> bool:
    """Take an earlier version's event log out of a home's settings; everything else in them stays. True when it was there."""
    text = file.read_text(encoding="utf-8")
    if EARLIER_STORE not in text:
        return False
    told = yaml.safe_load(text)
    del told["event_log_storage"]
    beside = file.with_name(file.name + ".part")
    beside.write_text(yaml.safe_dump(told, sort_keys=False), encoding="utf-8")
    beside.replace(file)
    return True

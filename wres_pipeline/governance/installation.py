"""How an installation is: versions, folders, disk, warehouse; what is not well with its remedy. Nothing is changed."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Literal

from wres_pipeline import schema, warehouse
from wres_pipeline.encryption import key, sealed_file
from wres_pipeline.extracts.intake import folder
from wres_pipeline.settings import Settings

Grade = Literal["well", "look", "wrong"]
LEAST_FREE = 2 * 10**9
"""Bytes that should be free beside three times the warehouse: a run writes it again beside itself, and a backup. [ours]"""
TIMES_FREE = 3
HOME_SETTINGS = "dagster.yaml"
AHEAD = 3600.0
"""Seconds a file may be ahead of the clock: machines that share a disk differ a little. [ours]"""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at: how it is, in words, and what to do where it is not well."""

    grade: Grade
    words: str
    remedy: str = ""


def versions() -> Iterator[Found]:
    """Python and every package this version needs, against what is installed."""
    from packaging.requirements import Requirement

    yield Found("well", f"Python {sys.version.split()[0]}")
    try:
        needed = [Requirement(line) for line in metadata.requires("wres-pipeline") or ()]
    except metadata.PackageNotFoundError:
        yield Found(
            "look",
            "wres-pipeline is not installed, only found: versions were not compared",
            "install it as in README",
        )
        return
    wrong = []
    for one in needed:
        if one.marker and not one.marker.evaluate({"extra": ""}):
            continue
        try:
            there = metadata.version(one.name)
        except metadata.PackageNotFoundError:
            there = "none"
        if there == "none" or not one.specifier.contains(there, prereleases=True):
            wrong.append(f"{one.name} {there} (needed: {one.specifier or 'any'})")
    if wrong:
        yield Found(
            "wrong", f"packages that do not fit: {', '.join(wrong)}", "install again from requirements.lock"
        )
    else:
        yield Found(
            "well",
            f"all {len(needed)} packages fit; Dagster {metadata.version('dagster')}, DuckDB {metadata.version('duckdb')}",
        )


def folders(settings: Settings) -> Iterator[Found]:
    """The folder of extracts: there, with something in it, and to be read."""
    unread = list(_closed(settings.extracts, os.R_OK))
    if unread:
        yield Found(
            "wrong",
            f"extracts: {len(unread)} cannot be read: {_some(unread)}",
            f"as root: chown -R {user()} {settings.extracts} && chmod -R u+rwX {settings.extracts}",
        )
        return
    codes = folder.organisations(settings.extracts)
    bare = [code for code in codes if not folder.reporting_years(settings.extracts, code)[1]]
    if bare:
        yield Found(
            "look",
            f"extracts: {len(bare)} of {len(codes)} have no file that is named as an extract: {', '.join(bare[:5])}",
            f"wres add FILE… --organisation {bare[0]}",
        )
    elif codes:
        yield Found("well", f"extracts: of every organisation ({len(codes)}) in {settings.extracts}")
    else:
        yield Found(
            "wrong",
            f"extracts: no organisation in {settings.extracts}",
            "wres init, or name the folder in [folders] extracts",
        )


def written_to(settings: Settings) -> Iterator[Found]:
    """Every folder that is written to: there, writable with all in it, and nobody else's to read."""
    for name, place in (
        ("output", settings.output),
        ("warehouse", settings.warehouse.parent),
        ("dagster_home", settings.dagster_home),
    ):
        there = next(each for each in (place, *place.parents) if each.exists())
        if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
            yield Found(
                "wrong",
                f"{name}: {there} cannot be written to",
                f"as root: chown -R {user()} {there} && chmod -R u+rwX {there}; or name another in [folders]",
            )
        elif place.exists() and (closed := list(_closed(place, os.R_OK | os.W_OK))):
            yield Found(
                "wrong",
                f"{name}: {len(closed)} in it cannot be written to: {_some(closed)}",
                f"as root: chown -R {user()} {place} && chmod -R u+rwX {place}",
            )
        elif place.exists() and name != "output" and os.name != "nt" and place.stat().st_mode & 0o077:
            yield Found("look", f"{name}: others may look into {place}", f"chmod 700 {place}")
        else:
            yield Found("well", f"{name}: {place}{'' if place.exists() else ' (made by the first run)'}")


def _closed(place: Path, needed: int) -> Iterator[Path]:
    """The files below a folder that cannot be used so, and the folders that cannot be looked into."""
    if not os.access(place, os.R_OK | os.X_OK):
        if place.exists():
            yield place
        return
    for inside in sorted(place.iterdir()):
        if inside.is_dir() and not inside.is_symlink():
            yield from _closed(inside, needed)
        elif inside.exists() and not os.access(inside, needed):
            yield inside


def _some(paths: list[Path]) -> str:
    return ", ".join(path.name for path in paths[:3]) + (
        f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    )


def user() -> str:
    """The name of the user this runs as."""
    return getpass.getuser()


def clock(settings: Settings) -> Iterator[Found]:
    """Whether something was written after what this machine takes for now."""
    kept = (settings.warehouse, settings.dagster_home / "wres.log")
    for file in kept:
        if file.exists() and file.stat().st_mtime > time.time() + AHEAD:
            written = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
            yield Found(
                "wrong",
                f"clock: it is {datetime.now().astimezone():%d %B %Y %H:%M} here, and {file.name} was written on {written:%d %B %Y %H:%M}",
                f"set the clock (timedatectl set-ntp true); where it is right, it was wrong as that was written: touch {file}",
            )
            return
    yield Found("well", f"clock: {datetime.now().astimezone():%d %B %Y %H:%M %Z}")


def disk(settings: Settings) -> Iterator[Found]:
    """What is free on each disk that is written to."""
    size = settings.warehouse.stat().st_size if settings.warehouse.exists() else 0
    needed = LEAST_FREE + TIMES_FREE * size
    seen = set()
    for place in (settings.warehouse.parent, settings.output, settings.dagster_home):
        there = next(each for each in (place, *place.parents) if each.exists())
        if there.stat().st_dev in seen:
            continue
        seen.add(there.stat().st_dev)
        free = shutil.disk_usage(there).free
        words = f"disk of {there}: {free / 1e9:.1f} GB free, the warehouse has {size / 1e9:.1f} GB"
        yield (
            Found("well", words)
            if free >= needed
            else Found("wrong", words, f"free {(needed - free) / 1e9:.1f} GB, or move the folder")
        )


def key_and_warehouse(settings: Settings) -> Iterator[Found]:
    """Whether there is a key, and what it is used for: it encrypts backups and every warehouse made while it is there."""
    there = settings.warehouse.exists()
    sealed = there and sealed_file.is_sealed(settings.warehouse)
    try:
        given = key.given() is not None
        if sealed:
            sealed_file.check(settings.warehouse)
    except key.KeyProblemError as error:
        yield Found(
            "wrong", f"key: {error}", "give the key the warehouse was made with; nothing else opens it"
        )
        return
    if sealed:
        yield Found("well", "key: the warehouse is stored encrypted with it, and so are backups")
    elif not given:
        yield Found(
            "look",
            "key: none, so the warehouse is stored open and no backup can be made",
            f"set {key.VARIABLE} or {key.FILE_VARIABLE}, then wres encrypt (docs/information-governance.md)",
        )
    elif there:
        yield Found(
            "look",
            "key: there is one, and the warehouse was made before it: backups are encrypted, the warehouse is stored open",
            "wres encrypt; to leave it open is a decision for the DPIA",
        )
    else:
        yield Found(
            "well",
            "key: there is one, so the first run makes a warehouse that is stored encrypted; backups are too. Who wants the "
            "key for backups alone: wres decrypt after it",
        )


def encryption(settings: Settings) -> Iterator[Found]:
    """Whether the disk that holds people is encrypted, where the system can say."""
    place = next(each for each in (settings.warehouse, *settings.warehouse.parents) if each.exists())
    told = _kinds_of_disk(place)
    if "crypt" in told:
        yield Found("well", f"the disk of the warehouse is encrypted ({place})")
    else:
        what = f"no encryption is shown below it ({', '.join(told)})" if told else "this system does not say"
        yield Found(
            "look",
            f"whether the disk of the warehouse is encrypted: {what}",
            "ask whoever runs the machine, and write the answer into the DPIA: the warehouse holds people",
        )


def record_of_runs(error: BaseException, home: Path) -> Found | None:
    """What is wrong with the record Dagster keeps of runs, where an error is about that; None for any other error."""
    words, settings = str(error), home / HOME_SETTINGS
    if package := re.search(r"import module (\w+)", words):
        return Found(
            "wrong",
            f"Dagster home: {settings} asks for the package {package[1].replace('_', '-')}, which is not installed",
            "uv pip install --require-hashes -r requirements-server.lock in the environment of wres (docs/deployment.md)",
        )
    if variable := re.search(r'environment variable "(\w+)"', words):
        return Found(
            "wrong",
            f"Dagster home: {settings} asks for the variable {variable[1]}, which is not set here",
            "set it as the services have it: set -a; . /etc/wres/environment; set +a",
        )
    name = f"{type(error).__module__}.{type(error).__name__}"
    if name.startswith("yaml.") or name.startswith("dagster.") and "onfig" in name:
        return Found(
            "wrong",
            f"Dagster home: {settings} cannot be used ({_without_address(error)})",
            f"put it right; or: mv {settings} {settings}.old; wres home, which writes the project's own",
        )
    if not (isinstance(error, sqlite3.Error) or name.startswith(("sqlalchemy.exc.", "dagster_postgres."))):
        return None
    if settings.exists() and "postgres" in settings.read_text(encoding="utf-8"):
        return Found(
            "wrong",
            f"Dagster home: Postgres, where it keeps the record of runs, cannot be used ({_without_address(error)})",
            f"start it (systemctl start postgresql), and see that the address that {settings} names is the right one",
        )
    if any(mark in words for mark in ("not a database", "malformed")):
        parts = " ".join(
            str(home / name) for name in ("history", "schedules", "storage") if (home / name).exists()
        )
        remedy = f"stop the services; mkdir {home}/damaged && mv {parts} {home}/damaged; start them: the list of past runs is lost, no figure is"
    else:
        remedy = f"make room on its disk; as root: chown -R {user()} {home} && chmod -R u+rwX {home}"
    return Found(
        "wrong", f"Dagster home: its record of runs cannot be used ({_without_address(error)})", remedy
    )


def _without_address(error: BaseException) -> str:
    """What an error says first, without the address of a database, which holds a password."""
    line = next(iter(str(getattr(error, "orig", None) or error).strip().splitlines()), "")
    return re.sub(r"\S+://\S+", "…", line) or type(error).__name__


def _kinds_of_disk(place: Path) -> list[str]:
    """The layers of the disk a path is on, as `lsblk` names them (disk, part, lvm, crypt …); [] where it cannot say."""
    try:
        source = subprocess.run(
            ["findmnt", "-nvo", "SOURCE", "-T", str(place)],
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        ).stdout.strip()
        layers = subprocess.run(
            ["lsblk", "-nso", "TYPE", source], capture_output=True, text=True, timeout=10, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    return layers.split()


def the_warehouse(settings: Settings) -> Iterator[Found]:
    """Whether the warehouse can be opened, and of which version it is."""
    if not settings.warehouse.exists():
        yield Found("well", f"warehouse: none yet at {settings.warehouse} (made by the first run)")
        return
    try:
        with warehouse.connect(settings.warehouse, read_only=True) as con:
            has = schema.version_of(con)
    except warehouse.WarehouseBusyError:
        yield Found(
            "look",
            "warehouse: another program has it open, so that it was not looked into",
            "wait for it to end, or close it",
        )
        return
    except PermissionError:
        return  # told where the folders are looked at; to move it away would be the wrong remedy
    except Exception as error:  # noqa: BLE001 - whatever DuckDB says of a file it cannot read
        yield Found(
            "wrong",
            f"warehouse: {settings.warehouse} cannot be opened ({str(error).splitlines()[0]})",
            f"wres restore of the last backup; or: mv {settings.warehouse} {settings.warehouse}.old; wres run: extracts are landed anew",
        )
        return
    newest = schema.newest_version()
    if has > newest:
        yield Found(
            "wrong",
            f"warehouse: version {has}, this code knows {newest}",
            "install the newer code, or restore the backup of before",
        )
    else:
        yield Found(
            "well",
            f"warehouse: version {has}"
            + ("" if has == newest else f", brought up to {newest} by the next run"),
        )

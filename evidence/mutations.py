"""Mutations: the meaning of the package changed in one place at a time, and the nearest tests asked whether they notice.

`mutations.csv`: room, file, the text that is found and what is put in its place, the tests that stand nearest, and what the
change means; `alive` says why one is not noticed, where that is known. Each is made in a copy of the project, never in the project itself. A mutation whose text is no longer found, or
found more than once, is reported and not counted; so is one whose tests fail without it.

`python -m evidence.mutations [--slice 1/4] [--room disclosure] [--results FILE]` runs a part and keeps what it found in FILE;
`python -m evidence.mutations --page [--results FILE]` writes docs/evidence/mutations.md from it.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).with_name("mutations.csv")
PAGE = ROOT / "docs" / "evidence" / "mutations.md"
SECONDS_AT_MOST = 300
HEAVY = (
    "pytest",
    "duckdb",
    "numpy",
    "scipy.optimize",
    "scipy.sparse",
    "pandas",
    "dagster",
    "hypothesis",
    "xlsxwriter",
)
"""Libraries imported once, before a process is parted off for each mutation: the tests themselves take seconds."""
KILLED, SURVIVED, NOT_FOUND, TESTS_FAIL = "killed", "survived", "not found", "its tests fail without it"


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change of meaning: a row of mutations.csv."""

    room: str
    file: str
    find: str
    put: str
    tests: tuple[str, ...]
    what: str
    alive: str = ""

    @property
    def name(self) -> str:
        return f"{self.file}: {self.what}"


def mutations() -> list[Mutation]:
    """Every mutation, in the order of the file."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        return [
            Mutation(
                row["room"],
                row["file"],
                row["find"],
                row["put"],
                tuple(row["tests"].split()),
                row["what"],
                row["alive"],
            )
            for row in csv.DictReader(lines)
        ]


def mutated(text: str, mutation: Mutation) -> str | None:
    """The text with the change; None where what it changes stands there not once."""
    return text.replace(mutation.find, mutation.put) if text.count(mutation.find) == 1 else None


def copied(place: Path) -> Path:
    """The files git knows, copied; the sample's and the shared material's folders are only pointed at."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    copy = place / "project"
    for name in filter(None, names.split("\0")):
        if not name.startswith("data/") and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    (copy / "data").symlink_to(ROOT / "data")
    for shared in (ROOT.parent / "shared", ROOT.parents[1] / "shared"):
        if shared.is_dir() and not (place / "shared").exists():
            (place / "shared").symlink_to(shared)
    return copy


def _tests(copy: str, tests: Sequence[str], said: str) -> None:
    with open(said, "w", encoding="utf-8") as out:  # noqa: PTH123
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    os.chdir(copy)
    os.environ["PYTHONPATH"] = copy
    sys.path[:] = [copy, *(path for path in sys.path if Path(path or ".").resolve() != ROOT)]
    sys.dont_write_bytecode = True
    for name in [
        name for name in sys.modules if name.split(".")[0] in ("wres_pipeline", "tests", "evidence")
    ]:
        del sys.modules[name]
    import pytest

    os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests])))


def fails(copy: Path, tests: Sequence[str], place: Path) -> bool:
    """Whether one of the tests fails, or does not end."""
    process = multiprocessing.get_context("fork").Process(
        target=_tests, args=(str(copy), tests, str(place / "said"))
    )
    process.start()
    process.join(SECONDS_AT_MOST)
    if process.is_alive():
        process.kill()
        process.join()
        return True
    return process.exitcode != 0


def run(wanted: Sequence[Mutation], results: Path) -> None:
    """Make each mutation in turn and keep what came of it in `results` (JSON, by name)."""
    for name in HEAVY:
        importlib.import_module(name)
    found: dict[str, str] = json.loads(results.read_text()) if results.exists() else {}
    with tempfile.TemporaryDirectory(prefix="wres-mutations-") as folder:
        place = Path(folder)
        copy = copied(place)
        sound: dict[tuple[str, ...], bool] = {}
        for mutation in wanted:
            began = time.monotonic()
            file = copy / "wres_pipeline" / mutation.file
            text = file.read_text(encoding="utf-8") if file.is_file() else ""
            changed = mutated(text, mutation)
            if changed is None:
                found[mutation.name] = NOT_FOUND
            else:
                if mutation.tests not in sound:
                    sound[mutation.tests] = not fails(copy, mutation.tests, place)
                file.write_text(changed, encoding="utf-8")
                try:
                    killed = fails(copy, mutation.tests, place)
                finally:
                    file.write_text(text, encoding="utf-8")
                found[mutation.name] = (
                    TESTS_FAIL if not sound[mutation.tests] else KILLED if killed else SURVIVED
                )
            results.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
            print(
                f"{time.monotonic() - began:5.1f} s  {found[mutation.name]:<26} {mutation.name}", flush=True
            )


def page(found: dict[str, str], commit: str) -> str:
    """The page: how many of each room were noticed, and every one that was not."""
    listed = mutations()
    judged = [m for m in listed if found.get(m.name) in (KILLED, SURVIVED)]
    killed = sum(found[m.name] == KILLED for m in judged)
    rows = []
    for room in dict.fromkeys(m.room for m in listed):
        of_room = [m for m in judged if m.room == room]
        rows.append((room, len(of_room), sum(found[m.name] == KILLED for m in of_room)))
    table = "\n".join(f"| {room} | {n} | {k} | {n - k} |" for room, n, k in rows)
    survivors = (
        "\n".join(f"- `{m.file}`: {m.what}. {m.alive}".rstrip() for m in judged if found[m.name] == SURVIVED)
        or "None."
    )
    others = "\n".join(
        f"- `{m.file}`: {m.what} ({found.get(m.name, 'not run')}). {m.alive}".rstrip()
        for m in listed
        if found.get(m.name) not in (KILLED, SURVIVED)
    )
    return (
        "# Mutations\n\n"
        "The meaning of the package is changed in one place (a comparison turned round, a filter of SQL dropped, groups swapped, a "
        "deadline or a month off by one, a check skipped, a reason blank), and the nearest tests are run: they must fail. The list "
        "is `evidence/mutations.csv`, the program `python -m evidence.mutations`.\n\n"
        f"Made {datetime.now(UTC):%d %B %Y} at commit {commit}, two cores. {len(judged)} mutations were judged, "
        f"{killed} noticed ({100 * killed / max(1, len(judged)):.1f}%).\n\n"
        f"| room | mutations | noticed | not |\n|---|---:|---:|---:|\n{table}\n\n"
        f"## Not noticed\n\n{survivors}\n" + (f"\n## Not judged\n\n{others}\n" if others else "")
    )


def main() -> None:
    """Run a part, or write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--slice", default="1/1", help="which part of the list, such as 2/4")
    parser.add_argument("--room", default="", help="only the mutations of this room")
    parser.add_argument(
        "--again", action="store_true", help="only those that were not noticed, or not judged, so far"
    )
    parser.add_argument("--results", type=Path, default=Path(tempfile.gettempdir()) / "wres-mutations.json")
    parser.add_argument("--page", action="store_true", help="write the page from the results")
    given = parser.parse_args()
    found = json.loads(given.results.read_text()) if given.results.exists() else {}
    if given.page:
        commit = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout.strip()
        PAGE.write_text(page(found, commit), encoding="utf-8")
        return
    part, parts = (int(number) for number in given.slice.split("/"))
    wanted = [m for m in mutations() if given.room in ("", m.room)][part - 1 :: parts]
    if given.again:
        wanted = [m for m in wanted if found.get(m.name) != KILLED]
    run(wanted, given.results)


if __name__ == "__main__":
    main()

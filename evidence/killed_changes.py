"""What is done to people's data and to publications, killed from outside at random moments: the old state or the new one.

Run: python -m evidence.killed_changes [--kills 25] [--seed 25]; writes docs/evidence/killed_changes.md.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import random
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tests import small_extracts
from wres_pipeline import warehouse
from wres_pipeline.commands import safekeeping as command_encrypt
from wres_pipeline.encryption import key
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.governance import backup, people, retention
from wres_pipeline.indicators import store
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.reports.release import release
from wres_pipeline.reports.release.edition_folders import EditionFolders
from wres_pipeline.settings import Retention, Settings

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "killed_changes.md"
CODE, YEAR, KEPT = "X09", 2021, Retention(identity_days=400, row_days=1096)
KEY = "a key of the evidence alone"


@dataclass(frozen=True)
class Act:
    """prepare: the old state in an empty folder. work: what is killed. state: what is found, in a word ("" for neither the
    old nor the new). place: what takes its place when it is new."""

    name: str
    prepare: Callable[[Path], None]
    work: Callable[[Path], object]
    state: Callable[[Path], str]
    place: str


def settings_of(place: Path) -> Settings:
    """An installation inside a folder."""
    return Settings(place / "extracts", place / "output", place / "w.duckdb", place / "home", retention=KEPT)


def made(place: Path, bodies: int = 1) -> Settings:
    """Some bodies of invented staff landed, their canonical rows built, and the figures of a year kept."""
    settings = settings_of(place)
    none = LocalMappings.load(None)
    codes = [f"X{9 + n:02d}" for n in range(bodies)]
    for n, code in enumerate(codes):
        small_extracts.write(settings.extracts / code, people=lambda k, n=n: small_extracts.person(k, n))
    with warehouse.connect(settings.warehouse) as con:
        landing.land_folder(con, settings.extracts, None, now=datetime(2021, 5, 1), mappings=none)  # noqa: DTZ001
        core.build(con, [*core.CORE_TABLES, *core.IDENTITIES], codes, {})
        store.make(con, codes, YEAR)
    return settings


def content(place: Path) -> dict[str, object]:
    """The warehouse's tables by the digest of their rows."""
    with warehouse.connect(place) as con:
        names = [
            row[0] for row in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
        ]
        return {
            name: hashlib.sha256(repr(con.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall()).encode()).hexdigest()  # noqa: S608
            for name in names
        }  # fmt: skip


def figures(place: Path) -> dict[object, str]:
    """What is shown for every figure."""
    with warehouse.connect(place) as con:
        return {one.key: one.shown for one in store.read(con, store.FIGURES, CODE, YEAR)}


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def mark(place: Path) -> int:
    """What stands under a name: another number for another file or folder of that name."""
    try:
        return place.stat().st_ino
    except FileNotFoundError:
        return 0


def killed(work: Callable[[], object], after: float, watched: Path | None = None) -> bool:
    """Do the work in a process of its own and kill it from outside after some seconds; whether it was still at it.

    watched: the seconds count from when another file or folder has this name.
    """
    before = mark(watched) if watched else 0
    if (child := os.fork()) == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        try:
            work()
        finally:
            os._exit(0)
    while (
        watched
        and mark(watched) == before
        and not os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    ):
        time.sleep(0.0002)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def acts(before: Path, whole: Path) -> list[Act]:
    """before: an installation nothing was done to. whole: a backup of it."""
    first, figures_before = content(before / "w.duckdb"), figures(before / "w.duckdb")
    one = small_extracts.person(21)
    with warehouse.connect(before / "w.duckdb") as con:
        person = people.find(con, CODE, "email", one.email)
    assert person is not None
    backed_up = {name: data for name, data in files(before).items() if not name.endswith((".slot", ".lock"))}

    def copied(place: Path) -> None:
        shutil.copytree(before / "extracts", place / "extracts")
        shutil.copyfile(before / "w.duckdb", place / "w.duckdb")

    def purge(place: Path) -> object:
        settings = settings_of(place)
        with warehouse.connect(settings.warehouse) as con:
            wanted = retention.due(con, KEPT, date(2022, 6, 1))
        return retention.purge(settings, wanted, date(2022, 6, 1))

    def after_change(place: Path, blanked: str, new: int) -> str:
        """Old as it was; new where so many rows have lost that column. Figures are the same in either."""
        if figures(place / "w.duckdb") != figures_before:
            return ""
        if content(place / "w.duckdb") == first:
            return "old"
        with warehouse.connect(place / "w.duckdb") as con:
            staff, raw = (
                con.execute(f"SELECT count(*) - count({blanked}) FROM {table}").fetchall()[0][0]  # noqa: S608
                for table in ("core_identities WHERE employee_number IS NOT NULL", "raw_esr_staff_list")
            )
        return "new" if staff == raw == new else ""

    def encrypted(place: Path) -> str:
        same = content(place / "w.duckdb") == first
        return ("new" if warehouse.is_sealed(place / "w.duckdb") else "old") if same else ""

    def edition(place: Path, words: bytes, many: int) -> EditionFolders:
        folders = EditionFolders(place / "output", CODE, YEAR)
        draft = release.draft_folder(folders)
        for n in range(many):
            (draft / f"page-{n}.html").write_bytes(words * 4000 + str(n).encode())
        return folders

    def released(place: Path) -> object:
        return release.release(
            edition(place, b"new ", 60), content="new", dated=date(2021, 6, 2), replaced=("page-*.html",)
        )

    def before_release(place: Path) -> None:
        release.release(edition(place, b"old ", 70), content="old", dated=date(2021, 6, 1))

    def which(place: Path) -> str:
        found = files(EditionFolders(place / "output", CODE, YEAR).public)
        for words, many, name in ((b"old ", 70, "old"), (b"new ", 60, "new")):
            if found == {f"page-{n}.html": words * 4000 + str(n).encode() for n in range(many)}:
                return name
        return ""

    def restored(place: Path) -> str:
        if not (place / "restored").exists():
            return "old"
        found = files(place / "restored")
        wanted = {name.replace("w.duckdb", "warehouse.duckdb"): data for name, data in backed_up.items()}
        return "new" if found == wanted else ""

    return [
        Act("release", before_release, released, which, f"output/public/{CODE}/{YEAR}"),
        Act("purge", copied, purge, lambda place: after_change(place, "email", 30), "w.duckdb"),
        Act("erase", copied, lambda p: people.erase(p / "w.duckdb", person), lambda p: after_change(p, "email", 1), "w.duckdb"),
        Act("encrypt", copied, lambda place: command_encrypt.encrypt(settings_of(place)), encrypted, "w.duckdb"),
        Act("restore", lambda place: None, lambda place: backup.restore(whole, place / "restored"), restored, "restored"),
    ]  # fmt: skip


def tried(act: Act, kills: int, draw: random.Random, scratch: Path) -> tuple[float, int, Counter[str], int]:
    """(seconds undisturbed, kills, states found, how often the act done again led to the new state)."""
    place = scratch / act.name
    place.mkdir()
    act.prepare(place)
    began = time.monotonic()
    act.work(place)
    whole = time.monotonic() - began
    assert act.state(place) == "new", act.name
    shutil.rmtree(place)
    found: Counter[str] = Counter()
    done = again = tries = 0
    late = max(2, 2 * kills // 5)
    while done < kills + late and tries < 4 * (kills + late):
        tries += 1
        place.mkdir()
        act.prepare(place)
        watched = place / act.place if done >= kills else None
        if killed(lambda: act.work(place), draw.uniform(0, 0.005 if watched else whole), watched):
            done += 1
            state = act.state(place)
            found[state or "neither"] += 1
            if not (act.name == "restore" and state == "new"):
                with redirect_stdout(io.StringIO()):
                    act.work(place)
            again += act.state(place) == "new"
            left = [
                p.name
                for p in place.iterdir()
                if ".duckdb." in p.name and not p.name.endswith((".slot", ".open", ".lock"))
            ]
            if left:
                found[f"left behind: {', '.join(sorted(left))}"] += 1
        shutil.rmtree(place)
    return whole, done, found, again


def main() -> int:
    """Kill each act, look, do it again; write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=25)
    arguments = parser.parse_args()
    os.environ[key.VARIABLE] = KEY
    draw, lines, bad = random.Random(arguments.seed), [], 0
    with tempfile.TemporaryDirectory(prefix="killed-") as folder:
        scratch = Path(folder)
        key_given = os.environ.pop(key.VARIABLE)
        before = made(scratch / "before")
        os.environ[key.VARIABLE] = key_given
        backup.make(before, scratch / "whole.backup")
        for act in acts(scratch / "before", scratch / "whole.backup"):
            whole, done, found, again = tried(act, arguments.kills, draw, scratch)
            other = {name: n for name, n in found.items() if name not in ("old", "new")}
            bad += sum(other.values()) + (done - again) + (done <= arguments.kills)
            lines.append(
                f"| {act.name} | {whole:.2f} s | {done} | {found['old']} | {found['new']} | "
                f"{'; '.join(f'{n} {name}' for name, n in other.items()) or 'none'} | {again} |"
            )
            print(lines[-1], flush=True)
    REPORT.write_text(
        "\n".join(
            [
                "# Changes killed at random moments",
                "",
                f"`python -m evidence.killed_changes --kills {arguments.kills} --seed {arguments.seed}`, 2026-11-28, 2 cores, 24 GB.",
                "",
                "Each change is done in a process of its own and killed from outside (SIGKILL) at a moment drawn evenly from the time it",
                "takes undisturbed, and ten times more within 5 ms of the moment at which the new file or folder has its name (most random",
                "moments fall before it); each time from the old state: a warehouse of 30 invented staff with its figures, a publication of 70",
                "files, a backup. Old: every row and every byte as before. New: as after the change, every row and byte of it, figures as",
                "before. Then the change is done again.",
                "",
                "| change | undisturbed | kills | old | new | anything else | done again: the new state |",
                "|---|---|---|---|---|---|---|",
                *lines,
            ]
        )
        + "\n",
        encoding="utf-8",
    )
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""The web UI, the daemon, a run's process or the whole machine killed (SIGKILL) at random moments of one installation.

    python -m evidence.killed_services [--kills 30] [--seed 20261128] [--minutes 120]

One home is killed again and again and nobody puts it right by hand: what was killed is started again, as systemd would, and the year and the
month of two bodies are asked for as before. Before each kill the warehouse and the outputs are taken away, so that there is work to
fall into. Writes docs/evidence/killed_services.md. Ends with status 1 when a byte differs or something is not made.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests import annual_run, small_extracts
from tests.service import warden
from tests.service.real_service import BIN, ENDED, SETTINGS, NotInTimeError, Service, unit_command
from wres_pipeline.pipelines import warehouse_slot

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "killed_services.md"
BODIES = ("X01", "X02")
YEAR, MONTH = "2021", "2021-03-01"
WEB, DAEMON = "wres-webserver.service", "wres-daemon.service"
UI_ALONE, UI, DAEMON_ALONE, DAEMON_ALL, WORKER, MACHINE = (
    "web UI, its process", "web UI and all it started", "daemon, its process", "daemon and all it started", "the run's process",
    "the machine (everything)",
)  # fmt: skip
WHAT = (UI_ALONE, UI, DAEMON_ALONE, DAEMON_ALL, WORKER, MACHINE)
OF_A_DAY = ("deadlines",)
"""Folders of the outputs made for the day, not for a period; left out of the comparison."""


@dataclass(frozen=True)
class Kill:
    """after: seconds from when the year was asked for. at: who had the warehouse. settled: seconds from the next start until no
    run was left unended. differing: files that are not as the command makes them."""

    what: str
    after: float
    at: str
    settled: float
    statuses: tuple[str, ...]
    differing: tuple[str, ...]
    files: int


def wanted(place: Path, extracts: Path) -> dict[str, bytes]:
    """What the command makes of the same extracts, undisturbed."""
    place.mkdir()
    shutil.copytree(extracts, place / "extracts")
    (place / "wres.toml").write_text(SETTINGS, encoding="utf-8")
    told = {k: v for k, v in os.environ.items() if not k.startswith(("WRES_", "DAGSTER_"))}
    told |= {"WRES_SETTINGS": str(place / "wres.toml")}
    subprocess.run([BIN / "wres", "run"], cwd=place, env=told, stdout=subprocess.DEVNULL, check=False)
    return outputs(place)


def outputs(place: Path) -> dict[str, bytes]:
    """The files of the outputs, without those of the day."""
    found = annual_run.files_of(place / "output")
    return {name: held for name, held in found.items() if not set(OF_A_DAY) & set(name.split("/"))}


def start(service: Service, *units: str) -> dict[str, subprocess.Popen[bytes]]:
    """Start units as systemd does; each with its process."""
    started = {}
    for name in units:
        words = [str(service.port) if word == "3000" else word for word in unit_command(name)]
        service.start(*words, home=True)
        started[name] = service.processes[-1]
    return started


def ask(service: Service) -> Iterator[str]:
    """Launch the year and the month of both bodies, the month when the year has ended, as the command does: a month that
    ends on the snapshot has more in it beside the year's figures. Gives how each run ended."""
    for job, period in (("annual_return", YEAR), ("ethnicity_data_quality", MONTH)):
        runs = [service.launch(job, body, period)["run"]["runId"] for body in BODIES]
        yield from (service.ended(run, 900) for run in runs)


def holder(service: Service) -> tuple[int, str]:
    """(the process that has the warehouse, the run in words); (0, "") for nobody."""
    place = service.place / "warehouse" / "wres.duckdb"
    try:
        told = json.loads(Path(str(place.resolve()) + warehouse_slot.HOLDER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0, ""
    pid = int(told["process"])
    return (pid, str(told["what"]).partition(", ")[2]) if Path(f"/proc/{pid}").exists() else (0, "")


def clear(service: Service) -> None:
    """Take the warehouse and the outputs away, so that everything is made anew."""
    service.until("nobody is at work", lambda: all(run["status"] in ENDED for run in service.runs()), 900)
    for folder in ("warehouse", "output"):
        shutil.rmtree(service.place / folder, ignore_errors=True)


def strike(service: Service, units: dict[str, subprocess.Popen[bytes]], what: str) -> tuple[str, ...]:
    """Kill what was drawn; the units that have to be started again."""
    if what == WORKER:
        pid, _ = holder(service)
        os.kill(pid, signal.SIGKILL)
        return ()
    struck = {
        UI_ALONE: (WEB,),
        UI: (WEB,),
        DAEMON_ALONE: (DAEMON,),
        DAEMON_ALL: (DAEMON,),
        MACHINE: (WEB, DAEMON),
    }[what]
    for name in struck:
        if what in (UI_ALONE, DAEMON_ALONE):
            units[name].kill()
        else:
            warden.end(units[name].pid)
    for name in struck:
        units[name].wait(30)
        service.processes.remove(units[name])
    return struck


def killed(
    service: Service,
    units: dict[str, subprocess.Popen[bytes]],
    what: str,
    after: float,
    files: dict[str, bytes],
) -> Kill:
    """One kill, the next start, and everything asked for again."""
    clear(service)
    began = time.monotonic()
    for body in BODIES:
        service.launch("annual_return", body, YEAR)
    time.sleep(max(0.0, after - (time.monotonic() - began)))
    if what == WORKER:
        service.until("a run at work", lambda: holder(service)[0], 120)
        time.sleep(random.Random(after).uniform(0, 2.0))
        service.until("a run at work", lambda: holder(service)[0], 120)
    at, took = holder(service)[1] or "nobody", time.monotonic() - began
    again = time.monotonic()
    units.update(start(service, *strike(service, units, what)))
    service.wait_for_the_ui()
    service.until("no run is left", lambda: all(run["status"] in ENDED for run in service.runs()), 900)
    settled = time.monotonic() - again
    statuses = tuple(ask(service))
    made = outputs(service.place)
    return Kill(what, took, at, settled, statuses, tuple(annual_run.differing(files, made)), len(made))


def page(arguments: argparse.Namespace, whole: float, kills: Sequence[Kill], files: int) -> str:
    """The result as Markdown."""
    good = [kill for kill in kills if not kill.differing and set(kill.statuses) == {"SUCCESS"}]
    lines = [
        "# Services killed and started again",
        "",
        f"`python -m evidence.killed_services --kills {arguments.kills} --seed {arguments.seed} --minutes {arguments.minutes:.0f}`, {datetime.now(UTC):%Y-%m-%d}, "
        f"{os.cpu_count()} cores, 24 GiB.",
        "",
        "One installation, its web server and daemon started as the systemd units say. The year of two small bodies is launched "
        f"from their cells (two runs, {whole:.0f} s undisturbed); what is drawn is killed (SIGKILL) at a moment drawn evenly from that time, "
        "and started again at once, as systemd would. Once no run is left unended, the year and then the month of both are asked for. Nothing is "
        f"put right by hand, and the home is the same throughout. Compared: every byte of the {files} files the command makes of the same extracts.",
        "",
        f"**{len(good)} of {len(kills)}: everything was made, with the same bytes.** "
        + "; ".join(f"{what}: {n}" for what, n in sorted(Counter(kill.what for kill in kills).items()))
        + (
            f". {arguments.kills} were asked for; none was begun after {arguments.minutes:.0f} minutes"
            if len(kills) < arguments.kills
            else ""
        )
        + ".",
        "",
        "| killed | after | who had the warehouse | until no run was left | the four runs after | files that differ |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {kill.what} | {kill.after:.1f} s | {kill.at.replace('_', ' ')} | {kill.settled:.0f} s | "
        f"{', '.join(sorted(set(kill.statuses))).lower()} | {', '.join(kill.differing) or 'none'} |"
        for kill in kills
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Kill, start again, compare, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=20261128)
    parser.add_argument("--minutes", type=float, default=120, help="no further kill is begun after so long")
    arguments = parser.parse_args()
    drawn = random.Random(arguments.seed)
    kills: list[Kill] = []
    first = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="killed-services-") as scratch:
        service = Service(Path(scratch) / "wres")
        for number, code in enumerate(BODIES):
            people = lambda n, number=number: small_extracts.person(n, number)  # noqa: E731
            small_extracts.write(service.place / "extracts" / code, people=people)
        files = wanted(Path(scratch) / "by_command", service.place / "extracts")
        try:
            service.start(*unit_command(WEB, "ExecStartPre"), home=True)
            service.processes.pop().wait(120)
            units = start(service, WEB, DAEMON)
            service.wait_for_the_ui()
            service.until(
                "the delivery has landed",
                lambda: any(run["status"] == "SUCCESS" for run in service.runs("land_new_extracts")),
            )
            service.until(
                "the month's report",
                lambda: any(run["status"] == "SUCCESS" for run in service.runs("ethnicity_data_quality")),
            )
            clear(service)
            began = time.monotonic()
            asked, statuses = ask(service), []
            for number, status in enumerate(asked):
                statuses.append(status)
                if number == len(BODIES) - 1:
                    whole = time.monotonic() - began  # the month is launched after this
            print(
                f"undisturbed: {whole:.0f} s, {statuses}, {annual_run.differing(files, outputs(service.place))}",
                flush=True,
            )
            order = [what for _ in range(arguments.kills // len(WHAT) + 1) for what in WHAT][
                : arguments.kills
            ]
            drawn.shuffle(order)
            for what in order:
                if time.monotonic() - first > 60 * arguments.minutes:
                    break
                kills.append(killed(service, units, what, drawn.uniform(0, whole), files))
                print(kills[-1], flush=True)
                REPORT.write_text(page(arguments, whole, kills, len(files)), encoding="utf-8")
        except NotInTimeError as error:
            print(error, file=sys.stderr)
        finally:
            service.kill()
    good = [kill for kill in kills if not kill.differing and set(kill.statuses) == {"SUCCESS"}]
    return 0 if len(good) == arguments.kills else 1


if __name__ == "__main__":
    sys.exit(main())

"""What Dagster costs: `wres run` as it is, beside the same plan carried out without Dagster, in processor seconds.

    python -m benchmarks.dagster_overhead [--bodies 1 10 50] [--repeats 3] [--no-reports]

Bodies are the first of the preset "nation" at 120 staff each. Each way runs in a process of its own from an empty home, by turns;
the files both leave are compared. What Dagster takes is what the process spends outside the plan, less what it spends there
without Dagster: of two long times that differ by little the difference is mostly noise. Writes docs/evidence/dagster_overhead.md.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

from tests import annual_run
from wres_pipeline import background
from wres_pipeline.commands import making
from wres_pipeline.commands import run as command
from wres_pipeline.extracts.canonical import core
from wres_pipeline.pipelines import landing, plan, warehouse_slot
from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.pipelines.step import StepResult
from wres_pipeline.settings import Reports, Settings
from wres_pipeline.synthetic import extracts as written
from wres_pipeline.synthetic import sample
from wres_pipeline.synthetic.organisation import generate_organisation

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "evidence" / "dagster_overhead.md"
STAFF = 120
PLAN = (
    (landing, "land"),
    (landing, "build_selected"),
    (plan, "make_checks"),
    (plan, "make_year"),
    (plan, "make_month"),
)
"""What a run carries out, with Dagster and without."""
WITH, WITHOUT = "through Dagster", "without Dagster"


def bodies(folder: Path, number: int) -> None:
    """Write the extracts of so many small bodies."""
    for spec in islice(sample.nation(sample.DEFAULT_SEED, STAFF * sample.NATION_ORGANISATIONS), number):
        written.write_extracts(folder / spec.code, generate_organisation(spec))


def carried_out(
    settings: Settings, scope: RunScope, period: int | date, assets: Sequence[str], due: Sequence[str]
) -> str:
    """The plan of a period as the assets of a run carry it out, and nothing of Dagster; what was not made, in words."""
    with background.process(settings.log), warehouse_slot.hold(settings.warehouse, "a benchmark", print):
        with scope.open() as con:
            landing.land(scope, con)
            landing.build_selected(scope, con, [t.name for t in (*core.CORE_TABLES, *core.IDENTITIES)])
        year = period if isinstance(period, int) else scope.year_otherwise()
        results: list[StepResult] = list(plan.make_checks(scope, year, scope.codes()))
        if isinstance(period, int):
            results += plan.make_year(scope, period, scope.codes())
        else:
            results += plan.make_month(scope, period, scope.report_codes())
    return "; ".join(result.words for result in results if not result.stands)


def metered(module: ModuleType, name: str, spent: list[float]) -> None:
    """Take down the processor seconds of a function of the plan, and of what it gives one by one."""
    function = getattr(module, name)

    def timed(work: Callable[[], Any]) -> Any:
        began = time.process_time()
        try:
            return work()
        finally:
            spent[0] += time.process_time() - began

    def all_of(each: Iterator[Any]) -> Iterator[Any]:
        ended = object()
        while (got := timed(lambda: next(each, ended))) is not ended:
            yield got

    def in_its_place(*given: Any, **named: Any) -> Any:
        made = timed(lambda: function(*given, **named))
        return all_of(made) if isinstance(made, Iterator) else made

    setattr(module, name, in_its_place)


def one(place: Path, way: str, *, no_reports: bool) -> int:
    """Make the year of everything in `place/extracts` in this process, one way or the other; gives the exit status."""
    spent = [0.0]
    for module, name in PLAN:
        metered(module, name, spent)
    if way == WITHOUT:
        making._run = carried_out
    folders = place / "extracts", place / "output", place / "wres.duckdb", place / "home"
    settings = Settings(*folders, reports=Reports(pdf=False))
    command.run(
        settings, organisations=[], year=None, reports_for=[], no_reports=no_reports, dated="2021-06-30", quiet=True
    )  # fmt: skip
    assert ("dagster" in sys.modules) == (way == WITH)
    outside = {"outside": time.process_time() - spent[0]}
    (place / "outside.json").write_text(json.dumps(outside), encoding="utf-8")
    return 0  # a body that a finding blocks is left out of both ways


def measured(extracts: Path, way: str, *, no_reports: bool) -> tuple[float, float, int, dict[str, bytes]]:
    """(processor seconds of a run and the processes it started, of it outside the plan, events Dagster kept, files made)."""
    with tempfile.TemporaryDirectory(prefix="wres-overhead-") as scratch:
        place = Path(scratch)
        (place / "extracts").symlink_to(extracts)
        told = [sys.executable, "-m", "benchmarks.dagster_overhead", "--one", scratch, "--way", way]
        began = subprocess.Popen(
            [*told, *(["--no-reports"] if no_reports else [])], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        _, status, used = os.wait4(began.pid, 0)
        began.returncode = os.waitstatus_to_exitcode(status)
        assert not began.returncode
        outside = json.loads((place / "outside.json").read_text(encoding="utf-8"))["outside"]
        return (
            used.ru_utime + used.ru_stime,
            outside,
            _events(place / "home"),
            annual_run.files_of(place / "output"),
        )


def _events(home: Path) -> int:
    number = 0
    for file in (home / "history" / "runs").glob("*.db"):
        with sqlite3.connect(file) as con:
            number += con.execute("SELECT count(*) FROM event_logs").fetchone()[0]
    return number


def compared(number: int, repeats: int, *, no_reports: bool) -> dict[str, object]:
    """Both ways on so many bodies, by turns."""
    with tempfile.TemporaryDirectory(prefix="wres-overhead-extracts-") as scratch:
        extracts = Path(scratch)
        bodies(extracts, number)
        taken: dict[str, list[tuple[float, float]]] = {WITH: [], WITHOUT: []}
        for _ in range(repeats):
            whole, outside, events, made = measured(extracts, WITH, no_reports=no_reports)
            taken[WITH].append((whole, outside))
            whole, outside, none, plain = measured(extracts, WITHOUT, no_reports=no_reports)
            taken[WITHOUT].append((whole, outside))
            assert none == 0
            print(number, taken, flush=True)
    outside = median(a[1] - b[1] for a, b in zip(taken[WITH], taken[WITHOUT], strict=True))
    return {
        "bodies": number,
        "pairs": repeats,
        **{f"{way} (s)": round(median(each[0] for each in all_of), 1) for way, all_of in taken.items()},
        "Dagster's part (s)": round(outside, 1),
        "a body and year (s)": round(outside / number, 2),
        "events": events,
        "files": len(plain),
        "files that differ": len(annual_run.differing(plain, made)),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", type=Path)
    parser.add_argument("--way", choices=(WITH, WITHOUT))
    parser.add_argument("--bodies", nargs="+", type=int, default=[1, 10, 50])
    parser.add_argument("--repeats", nargs="+", type=int, default=[3])
    parser.add_argument("--no-reports", action="store_true")
    asked = parser.parse_args()
    if asked.one:
        return one(asked.one, asked.way, no_reports=asked.no_reports)
    repeats = asked.repeats * len(asked.bodies) if len(asked.repeats) == 1 else asked.repeats
    rows = [
        compared(number, times, no_reports=asked.no_reports)
        for number, times in zip(asked.bodies, repeats, strict=True)
    ]
    given = f"--bodies {' '.join(map(str, asked.bodies))} --repeats {' '.join(map(str, asked.repeats))}"
    lines = [
        "# What Dagster costs",
        "",
        f"`python -m benchmarks.dagster_overhead {given}{' --no-reports' if asked.no_reports else ''}`, {time.strftime('%Y-%m-%d')}, "
        f"{os.cpu_count()} cores, 24 GiB, seed of the preset. Processor seconds of one process and those it starts, from an empty home: "
        "`wres run`, and the same plan without Dagster, by turns. Dagster's part is what the process spends outside the plan, less what "
        "it spends there without Dagster; loading Dagster is in it.",
        "",
        "| " + " | ".join(rows[0]) + " |",
        "|" + "---|" * len(rows[0]),
        *("| " + " | ".join(str(value) for value in row.values()) + " |" for row in rows),
    ]
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines[4:]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

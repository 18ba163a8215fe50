"""Carrying out the steps of a run, each for every organisation it is due for; one organisation's fault is its own."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from wres_pipeline import warehouse
from wres_pipeline.indicators import count_reading
from wres_pipeline.pipelines import check_outcomes, fingerprints, progress, records
from wres_pipeline.pipelines.run_scope import Run
from wres_pipeline.pipelines.step import Step, StepResult
from wres_pipeline.reports.release import release
from wres_pipeline.reports.release.edition_folders import PUBLIC

EVERY = None
"""All steps of a plan."""


def perform(
    run: Run,
    plan: Sequence[Step],
    codes: Sequence[str],
    *,
    systems: Sequence[str] = (),
    wanted: Collection[str] | None = EVERY,
) -> Iterator[StepResult]:
    """Carry out the steps of the plan that are `wanted` (by name), in order, and tell what became of each.

    codes: organisations of the run; systems: the systems among whose members they are. A step whose record says that it
    was made from what it would read now is left alone, if its files stand.
    """
    of_run = _OfRun(run, plan)
    with warehouse.lingering(), count_reading.remembering():
        for step in plan:
            if wanted is not EVERY and step.name not in wanted:
                continue
            stop_if_asked()
            bodies = list(systems) if step.of_systems else _served(run, step, codes)
            if bodies:
                progress.tell(step.name, of=len(bodies))
                yield from of_run.carry_out(step, bodies)


def due(
    run: Run,
    con: duckdb.DuckDBPyConnection,
    plan: Sequence[Step],
    codes: Sequence[str],
    systems: Sequence[str],
) -> tuple[list[str], list[StepResult]]:
    """(steps that have to be carried out for an organisation at least, what stands of the others).

    A step that comes after one that is due is due. Nothing is made and nothing changed.
    """
    of_run = _OfRun(run, plan)
    names: list[str] = []
    standing: list[StepResult] = []
    for step in plan:
        bodies = list(systems) if step.of_systems else _served(run, step, codes)
        if not bodies:
            continue
        if set(step.after) & set(names):
            names.append(step.name)
            continue
        found = of_run.look(con, step, bodies, only_look=True)
        if found.due or found.told:
            names.append(step.name)
        else:
            standing += found.unchanged
    return names, standing


def _served(run: Run, step: Step, codes: Sequence[str]) -> list[str]:
    if not step.reports:
        return list(codes)
    wanted = set(run.scope.report_codes())
    return [code for code in codes if code in wanted]


@dataclass(slots=True)
class _Look:
    """What is to be done of one step: organisation -> key, for those it is due for, with the digest where one is known."""

    due: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    unchanged: list[StepResult] = field(default_factory=list)
    told: list[StepResult] = field(default_factory=list)


class _OfRun:
    """The steps of one run, and which organisations have fallen out of it."""

    def __init__(self, run: Run, plan: Sequence[Step]) -> None:
        self.run = run
        self.by_name = {step.name: step for step in plan}
        self.fallen: dict[tuple[str, str], StepResult] = {}

    def look(
        self, con: duckdb.DuckDBPyConnection, step: Step, bodies: Sequence[str], *, only_look: bool = False
    ) -> _Look:
        """Which organisations the step is due for, and what is to be told of the others.

        only_look: keys alone decide, and no record is brought up to date.
        """
        found = _Look()
        refused = check_outcomes.standing(
            con, [*bodies, *self._members(bodies)], self.run.year, self._gates(step) - step.judges
        )
        made = records.read(con, [step.name, *step.after], [*bodies, *self._members(bodies)], self.run.period)
        for code in bodies:
            stopped = next(self._fallen_before(step, code), None)
            if stopped is not None:
                found.told.append(StepResult(step.name, code, "stopped", stopped.words))
            elif standing := [refused[one] for one in (code, *self._members([code])) if one in refused]:
                found.told.append(StepResult(step.name, code, "refused", "; ".join(standing)))
            else:
                self._decide(con, step, code, made, found, only_look)
        return found

    def _decide(
        self,
        con: duckdb.DuckDBPyConnection,
        step: Step,
        code: str,
        made: Mapping[tuple[str, str], records.Record],
        found: _Look,
        only_look: bool,
    ) -> None:
        before = made.get((step.name, code))
        try:
            key = self._key(con, step, code, made)
            stands = before is not None and before.files_stand(self.run.scope.output)
            if before is not None and stands and before.key == key:
                found.unchanged.append(StepResult(step.name, code, "unchanged", done=before.done))
                return
            if step.digest is not None and not only_look:
                found.digests[code] = step.digest(self.run, con, code)
                if before is not None and stands and before.digest == found.digests[code]:
                    self._keep_again(con, step, code, key, before)
                    found.unchanged.append(StepResult(step.name, code, "unchanged", done=before.done))
                    return
        except Exception as error:  # noqa: BLE001 - what cannot be read is this organisation's fault
            found.told.append(StepResult(step.name, code, "failed", words_of(error)))
            return
        found.due[code] = key

    def _keep_again(
        self, con: duckdb.DuckDBPyConnection, step: Step, code: str, key: str, before: records.Record
    ) -> None:
        records.keep(
            con, step.name, code, self.run.period, key=key, digest=before.digest, done=before.done, files=before.files,
            writes=step.writes(self.run) if step.writes else (),
        )  # fmt: skip

    def _key(
        self,
        con: duckdb.DuckDBPyConnection,
        step: Step,
        code: str,
        made: Mapping[tuple[str, str], records.Record],
    ) -> str:
        parts: list[bytes | str] = [step.name, self.run.period, *fingerprints.fixed(self.run.scope, code)]
        parts.append(self.run.dated.isoformat())
        if step.extracts:
            parts.append(fingerprints.extracts_of(self.run.scope, con, code))
        for each in step.after:
            bodies = self._bodies_before(step, each, code)
            parts += [made[each, one].key if (each, one) in made else "none" for one in bodies]
        parts += step.reads(self.run, con, code) if step.reads else ()
        return fingerprints.digest(parts)

    def _bodies_before(self, step: Step, before: str, code: str) -> list[str]:
        """Whose results of an earlier step are read: a system reads its members'."""
        if step.of_systems and not self.by_name[before].of_systems:
            return self._members([code])
        return [code]

    def _fallen_before(self, step: Step, code: str) -> Iterator[StepResult]:
        for each in (*step.after, *step.only_after):
            for one in self._bodies_before(step, each, code):
                if (each, one) in self.fallen:
                    yield self.fallen[each, one]

    def _members(self, bodies: Sequence[str]) -> list[str]:
        systems = self.run.scope.settings.systems
        return [member for code in bodies if code in systems for member in systems[code].members]

    def _gates(self, step: Step) -> frozenset[str]:
        """Every asset on the way to the step, whose blocking checks stop it."""
        assets = set(step.gates)
        for each in step.after:
            assets |= {*self.by_name[each].assets, *self._gates(self.by_name[each])}
        return frozenset(assets)

    def carry_out(self, step: Step, bodies: Sequence[str]) -> Iterator[StepResult]:
        """Make the step for the organisations it is due for, keep what became of it, and tell it."""
        run = self.run
        with run.scope.open() as con:
            found = self.look(con, step, bodies)
            if found.due:
                records.forget(con, step.name, list(found.due), run.period)
        for result in found.told:
            self.fallen[step.name, result.organisation_code] = result
        yield from found.told
        yield from found.unchanged
        before = {code: _written(run, code) for code in found.due}
        carried = step.carry_out(run, list(found.due)) if found.due else ()
        for number, (code, outcome) in enumerate(carried, start=1):
            progress.tell(step.name, number, len(found.due), code)
            if isinstance(outcome, Exception):
                stop_if_asked()
                result = StepResult(step.name, code, "failed", words_of(outcome))
                self.fallen[step.name, code] = result
                yield result
                continue
            now = _written(run, code)
            files = [path for path, (_, mark) in now.items() if before[code].get(path, ("", ()))[1] != mark]
            with run.scope.open() as con:
                check_outcomes.keep(con, run.year, outcome.outcomes)
                records.keep(
                    con, step.name, code, run.period, key=found.due[code], digest=found.digests.get(code, ""),
                    done=outcome, files=fingerprints.paths_only(run.scope.output, [*files, *outcome.files], {path: at for path, (at, _) in now.items()}),
                    writes=step.writes(run) if step.writes else (),
                )  # fmt: skip
            yield StepResult(step.name, code, "made", done=outcome)


def words_of(error: Exception) -> str:
    """An error as one line."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _written(run: Run, code: str) -> dict[Path, tuple[Path, tuple[int, int]]]:
    """The files of an organisation's outputs: where each stands now, and what changes when it is written again.

    An internal edition that waits for its publication is told by the place it will take.
    """
    found: dict[Path, tuple[Path, tuple[int, int]]] = {}
    waiting: dict[Path, tuple[Path, tuple[int, int]]] = {}
    for folder in (run.scope.output / code, run.scope.output / PUBLIC / code):
        for path in folder.rglob("*") if folder.is_dir() else ():
            if path.is_file():
                stat = path.stat()
                place = release.in_its_place(path)
                (found if place == path else waiting)[place] = (path, (stat.st_mtime_ns, stat.st_ino))
    return found | waiting


_pipe: int | None = None
_came = False


@contextmanager
def watched() -> Iterator[None]:
    """Take down an interrupt that comes inside, however it is handled; only the main thread can, another goes on as it is."""
    global _pipe, _came
    if _pipe is not None or threading.current_thread() is not threading.main_thread():
        yield
        return
    reading, writing = os.pipe()
    for end in (reading, writing):
        os.set_blocking(end, False)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    _pipe, _came = reading, False
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        _pipe, _came = None, False
        os.close(reading)
        os.close(writing)


def stop_if_asked() -> None:
    """Raise KeyboardInterrupt where an interrupt has come since `watched` began, and do nothing elsewhere."""
    global _came
    if _pipe is not None:
        with suppress(BlockingIOError):
            _came = _came or signal.SIGINT in os.read(_pipe, 4096)
    if _came:
        raise KeyboardInterrupt

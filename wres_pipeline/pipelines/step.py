"""A step of a run: what it makes, what it reads and after which others it comes; and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import duckdb

from wres_pipeline import background
from wres_pipeline.pipelines.run_scope import Run
from wres_pipeline.quality.expectations import Outcome

State = Literal["made", "unchanged", "refused", "failed", "stopped"]
Fact = int | float | str


@dataclass(frozen=True, slots=True)
class Done:
    """What one step made for one organisation.

    facts: numbers and short words for the catalogue, never a person. outcomes: the step's own checks. assets: the
    facts of one of several assets the step makes, where they are its own.
    """

    facts: Mapping[str, Fact] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class StepResult:
    """What became of one step for one organisation.

    state: `made`; `unchanged`, since what it reads is what it was; `refused` by a check that stands failed; `failed`
    with an error; `stopped`, since an earlier step of the organisation was not made. words: why.
    """

    step: str
    organisation_code: str
    state: State
    words: str = ""
    done: Done = field(default_factory=Done)

    @property
    def stands(self) -> bool:
        """Whether what the step makes is there and up to date."""
        return self.state in ("made", "unchanged")


Carried = Iterator[tuple[str, Done | Exception]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    only_after: steps that come before and may stop it, and whose results it does not read.
    name: also that of its first asset. assets: all assets it makes. after: the steps whose results it reads.
    reads: what it reads beside them and the extracts, as bytes or text. extracts: whether it reads rows of extracts.
    carry_out: makes it for organisations, each by itself: (code, what was made, or the error).
    digest: of the very content it is given, where its key may change without it. gates: assets of other rooms whose
    blocking checks stop it, beside those of `after`. judges: assets whose checks the step itself renews, and which do
    not stop it. writes: tables it replaces, with their period, where another
    run writes the same. reports: made only for the organisations whose reports are asked for.
    """

    name: str
    carry_out: Callable[[Run, Sequence[str]], Carried]
    assets: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    reads: Callable[[Run, duckdb.DuckDBPyConnection, str], Iterable[bytes | str]] | None = None
    extracts: bool = False
    digest: Callable[[Run, duckdb.DuckDBPyConnection, str], str] | None = None
    gates: frozenset[str] = frozenset()
    judges: frozenset[str] = frozenset()
    writes: Callable[[Run], Sequence[str]] | None = None
    reports: bool = True
    of_systems: bool = False


def together(
    function: Callable[[Run, Sequence[str]], Mapping[str, Done]],
) -> Callable[[Run, Sequence[str]], Carried]:
    """A step that is made for many organisations in one statement; where that fails, for each by itself, so that one
    organisation's fault is its own."""

    def carry_out(run: Run, codes: Sequence[str]) -> Carried:
        try:
            yield from function(run, codes).items()
            return
        except Exception as error:  # noqa: BLE001 - each organisation is tried by itself
            if len(codes) == 1:
                yield codes[0], error
                return
        for code in codes:
            try:
                yield from function(run, [code]).items()
            except Exception as error:  # noqa: BLE001 - told as this organisation's
                yield code, error

    return carry_out


def one_by_one(
    begin: Callable[[Run, str], Any], finish: Callable[[Run, str, Any], Done]
) -> Callable[[Run, Sequence[str]], Carried]:
    """A step made organisation by organisation, the next begun before one is finished, so that the second process
    draws the one while the other is written."""

    def carry_out(run: Run, codes: Sequence[str]) -> Carried:
        def started(code: str) -> tuple[str, Any]:
            try:
                return code, begin(run, code)
            except Exception as error:  # noqa: BLE001 - told as this organisation's
                return code, error

        for code, begun in background.prefetch(started, codes):
            if isinstance(begun, Exception):
                yield code, begun
                continue
            try:
                yield code, finish(run, code, begun)
            except Exception as error:  # noqa: BLE001 - told as this organisation's
                yield code, error

    return carry_out

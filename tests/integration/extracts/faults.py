"""The corpus of faults: each is named, says which kinds it can befall, how to make it, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.integration.extracts.clean_extracts import KINDS, Table

WITH_IDS = (
    "esr_staff_list",
    "trac_applications",
    "employee_relations",
    "training",
    "appraisals",
    "provider_returns",
)
WITH_DATES = ("esr_staff_list", "trac_applications", "employee_relations", "training", "appraisals", "board")
SET_ASIDE_TWICE = tuple(k for k in KINDS if k != "staff_survey_respondents")
ONE = ("esr_staff_list",)


@dataclass(frozen=True)
class Fault:
    """build(table, folder) writes the file and gives its path.

    accepted: rows that can be used (None: as many as the clean table has). quarantined: reason -> rows. refused: words
    the refusal must say. same_rows: the usable rows are those of the clean table, cell for cell. notes: words that
    must stand in the ledger's account of the reading.
    """

    name: str
    kinds: tuple[str, ...]
    build: Callable[[Table, Path], Path]
    accepted: int | None = None
    quarantined: dict[str, int] = field(default_factory=dict)
    refused: str = ""
    same_rows: bool = False
    notes: str = ""


CORPUS: list[Fault] = []


def fault(
    kinds: Sequence[str] = KINDS, **expected: object
) -> Callable[[Callable[[Table, Path], Path]], Callable[[Table, Path], Path]]:
    """Register the decorated builder under its name with underscores as spaces."""

    def register(build: Callable[[Table, Path], Path]) -> Callable[[Table, Path], Path]:
        CORPUS.append(Fault(build.__name__.replace("_", " "), tuple(kinds), build, **expected))  # type: ignore[arg-type]
        return build

    return register

"""All findings of a delivery: the extracts, and the files that people write beside them, with what was confirmed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from wres_pipeline.action_plan import plan
from wres_pipeline.commissioner import comments
from wres_pipeline.extracts import cell_checks
from wres_pipeline.extracts.outcomes.findings import Finding, in_order
from wres_pipeline.quality import confirmations, extract_findings
from wres_pipeline.quality.confirmations import Confirmation
from wres_pipeline.reference import written_choice
from wres_pipeline.reference.local import FOLDER, LocalMappingError, LocalMappings
from wres_pipeline.reference.plausibility import Plausibility
from wres_pipeline.reference.written_file import Problem, WrittenFileError
from wres_pipeline.reference.years import ReportingYear
from wres_pipeline.reports.annual import notes
from wres_pipeline.reports.release.edition_folders import NOTES, EditionFolders
from wres_pipeline.reports.release.plan_disclosure import FILE as ACTIONS

LEFT_OUT = {
    ACTIONS: "The return is made without the action plan.",
    comments.FILE: "The commissioner's pages are made without the comments.",
    confirmations.FILE_NAME: "Nothing counts as confirmed.",
    NOTES: "The return is made without the author's notes.",
}


def gather(
    con: duckdb.DuckDBPyConnection,
    extracts: Path,
    output: Path,
    organisations: Sequence[str],
    year: ReportingYear,
    mappings: Mapping[str, LocalMappings],
    *,
    on: date,
    numbers_found: float = cell_checks.SMALLEST_SHARE_JOINED,
    declaration_target: float | None = None,
    limits: Plausibility | None = None,
    keep_measures: bool = False,
) -> list[Finding]:
    """Every finding of these organisations about the year, as a run and `wres check` are told it, the worst first.

    on: the day confirmations are asked for. The rest as in `quality.extract_findings.gather`.
    """
    others = written_files(extracts, output, organisations, year.year)
    broken = {one.organisation_code for one in others if one.file == confirmations.FILE_NAME}
    confirmed = _confirmed(extracts, organisations, broken)
    for code in confirmed:
        rules = confirmations.load_rules(extracts / code / confirmations.FILE_NAME)
        others += confirmations.rules_not_used(code, rules, year.year)
    return extract_findings.gather(
        con, organisations, year, mappings, extracts=extracts, numbers_found=numbers_found, declaration_target=declaration_target, limits=limits, keep_measures=keep_measures,
        others=others, confirmed=confirmed, on=on,
    )  # fmt: skip


PARSERS: dict[str, Callable[[bytes, str], Any]] = {
    ACTIONS: plan.parse,
    comments.FILE: comments.parse,
    confirmations.FILE_NAME: confirmations.parse,
    NOTES: notes.parse,
}
"""The files that people write, by name, each with its reader, which raises WrittenFileError."""
CHOSEN: dict[str, tuple[Any, ...]] = {ACTIONS: (plan.read,), NOTES: (notes.read, notes.Notes())}
"""Those that may stand in Word or a workbook instead: how they are read, and what says nothing."""


def written_files(extracts: Path, output: Path, organisations: Sequence[str], year: int) -> list[Finding]:
    """A finding for every fault of the plan, the comments, the confirmations and the notes of each organisation."""
    found: list[Finding] = []
    for code in organisations:
        for name in PARSERS:
            path = EditionFolders(output, code, year).notes if name == NOTES else extracts / code / name
            found += _chosen(path, code) if name in CHOSEN else faults(path, code)
    return found


def _chosen(path: Path, code: str) -> list[Finding]:
    """A finding for every fault of the files that may hold a text, and for two that contradict each other."""
    chosen = written_choice.choose(path, *CHOSEN[path.name])
    return [_finding(code, problem) for problem in chosen.problems]


def of_faulty_mappings(
    extracts: Path, output: Path, code: str, year: int, error: LocalMappingError
) -> list[Finding]:
    """The findings of an organisation whose own labels cannot be read: those, and what is wrong with the files that people
    write. Its extracts are not looked at."""
    found = written_files(extracts, output, [code], year)
    for problem in error.problems:
        name, words = problem.file, problem.about
        found.append(
            Finding(
                "mapping_not_read", "blocks", code,
                f"{words[:1].upper()}{words[1:]}. The extracts are not looked at before.",
                f"Correct that place of {FOLDER}/{name} as it says, and check again.", file=f"{FOLDER}/{name}",
            )
        )  # fmt: skip
    return in_order(found)


def of_written_file(path: Path) -> list[Finding] | None:
    """A finding for every fault of a file that people write, told by its name; None for a file of another name."""
    return faults(path, "") if path.with_suffix(".yaml").name in CHOSEN or path.name in PARSERS else None


def faults(path: Path, code: str) -> list[Finding]:
    """A finding for every fault of one file that people write; none when it is not there."""
    if not path.is_file():
        return []
    try:
        (PARSERS.get(path.name) or PARSERS[path.with_suffix(".yaml").name])(path.read_bytes(), path.name)
    except WrittenFileError as error:
        return [_finding(code, problem) for problem in error.problems]
    except OSError:
        return [_finding(code, Problem(path.name, "", "may not be read by this user"))]
    return []


def _finding(code: str, problem: Problem) -> Finding:
    name, words = problem.file, problem.about
    return Finding(
        "written_file_not_read", "look_at", code,
        f"{words[:1].upper()}{words[1:]}. {LEFT_OUT.get(name) or LEFT_OUT[Path(name).with_suffix('.yaml').name]}",
        f"Correct that place of {name} as it says, and run again.", file=name,
    )  # fmt: skip


def _confirmed(
    extracts: Path, organisations: Sequence[str], broken: Collection[str]
) -> dict[str, tuple[Confirmation, ...]]:
    """The confirmations of each organisation; those of an organisation whose file is `broken` count for nothing."""
    return {
        code: confirmations.load(extracts / code / confirmations.FILE_NAME)
        for code in organisations
        if code not in broken
    }

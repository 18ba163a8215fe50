"""Decisions of a reviewer on pairs that the machine would not decide: read back, and they win."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from wres_pipeline.extracts.naming import file_names

DECISIONS = ("same", "different", "unsure")
REQUIRED = ("application_id", "employee_number", "decision")
FILE_NAME = file_names.LINK_DECISIONS


class DecisionsFileError(ValueError):
    """The file of decisions cannot be read; says which line and what to put there, never whose."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one pair: `decision` is one of DECISIONS, `decided_on` an ISO date or blank."""

    organisation_code: str
    application_id: str
    employee_number: str
    decision: str
    reviewer: str = ""
    decided_on: str = ""


def read_all(path: Path, organisations: Iterable[str]) -> list[Decision]:
    """The decisions of `path` and of the files beside it that each further reviewer saved (`link-decisions (1).csv`), as one
    file: what two named reviewers say of a pair is compared. None where there is no such file. Raises DecisionsFileError."""
    wanted = list(organisations)
    beside = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    files = [path] if path.is_file() else []
    files += [one for one in beside if one != path and one.is_file() and file_names.is_decisions(one.name)]
    return _agreed(each for one in files for each in _latest(one, wanted))


def _latest(path: Path, wanted: list[str]) -> Iterable[Decision]:
    """Each reviewer's latest decision on each pair."""
    latest: dict[tuple[str, str, str, str], Decision] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        headings = [heading.strip().lower() for heading in reader.fieldnames or []]
        missing = [name for name in REQUIRED if name not in headings]
        if missing:
            raise DecisionsFileError(
                f"{path.name}: no column {', '.join(missing)}; the first line must name the columns"
            )
        reader.fieldnames = headings
        for row in reader:
            word = (row["decision"] or "").strip().lower()
            if not word:
                continue
            if word not in DECISIONS:
                raise DecisionsFileError(
                    f"{path.name}, line {reader.line_num}: the decision must be one of {', '.join(DECISIONS)}"
                )
            own = (row.get("organisation_code") or "").strip()
            for code in [own] if own else wanted:
                if code not in wanted:
                    continue
                made = Decision(
                    code,
                    (row["application_id"] or "").strip(),
                    (row["employee_number"] or "").strip(),
                    word,
                    (row.get("reviewer") or "").strip(),
                    (row.get("decided_on") or "").strip(),
                )
                key = made.organisation_code, made.application_id, made.employee_number, made.reviewer
                if key not in latest or made.decided_on >= latest[key].decided_on:
                    latest[key] = made
    return latest.values()


def _agreed(decisions: Iterable[Decision]) -> list[Decision]:
    """One decision a pair: the latest, or `unsure` where two named reviewers do not say the same."""
    by_pair: dict[tuple[str, str, str], list[Decision]] = {}
    for made in decisions:
        by_pair.setdefault((made.organisation_code, made.application_id, made.employee_number), []).append(
            made
        )
    agreed = []
    for held in by_pair.values():
        last = held[0]
        for one in held[1:]:
            last = one if one.decided_on >= last.decided_on else last
        named = {one.reviewer: one.decision for one in held if one.reviewer}
        agreed.append(
            replace(last, decision="unsure", reviewer=TWO_DIFFER) if len(set(named.values())) > 1 else last
        )
    return agreed


TWO_DIFFER = "two reviewers differ"
"""Reviewer of a pair on which two people do not agree: it stays with a person."""

"""Findings that are right after all: `confirmations.yaml` beside an organisation's extracts. Nothing else overrides a check.

Shape of the file [ours]::

    confirmations:
      - finding: people_missing               # the kind of finding, as findings.csv names it
        mark: 3f2a9c1b                        # the finding's mark: another one when the content changes, and it is open again
        file: esr_staff_list_2021-03-31.csv   # or period: 2021-03-31
        reason: the community services moved to another trust in June 2020
        role: Head of Workforce Information   # a role, never a person's name
        until: 2022-03-31                     # the last day it holds
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.reference.written_file import WrittenFile, WrittenFileError

FILE_NAME = "confirmations.yaml"
FIELDS = ("finding", "mark", "file", "period", "reason", "role", "until")
NEVER = frozenset({"file_refused", "nothing_usable", "written_file_not_read"})
"""Kinds nobody can confirm: there is nothing in them that could be right. [ours]"""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One entry of the file."""

    finding: str
    mark: str
    file: str
    period: date | None
    reason: str
    role: str
    until: date

    def is_about(self, finding: Finding) -> bool:
        """Whether it confirms this very finding."""
        return (
            finding.code == self.finding
            and finding.mark == self.mark
            and finding.code not in NEVER
            and (not self.file or self.file == finding.file)
            and (self.period is None or self.period == finding.period)
        )


def load(path: Path) -> tuple[Confirmation, ...]:
    """The confirmations in `path`, none when there is no file. Raises WrittenFileError with every fault found."""
    return parse(path.read_bytes(), path.name) if path.is_file() else ()


def parse(content: bytes | str, name: str) -> tuple[Confirmation, ...]:
    """The confirmations in the text of a file called `name`. Raises WrittenFileError with every fault found."""
    reader = WrittenFile(name)
    document = reader.document(content) or {}
    entries: list[Any] = []
    if isinstance(document, Mapping):
        reader.known("", document, ("confirmations",))
        entries = reader.sequence("", document, "confirmations")
    else:
        reader.fault("", "", "must have the field confirmations, a list")
    found = [_one(reader, entry, number) for number, entry in enumerate(entries, start=1)]
    if reader.problems:
        raise WrittenFileError(reader.problems)
    return tuple(one for one in found if one is not None)


def _one(reader: WrittenFile, entry: Any, number: int) -> Confirmation | None:
    where = f"confirmation number {number}"
    if not isinstance(entry, Mapping):
        reader.fault(where, "", f"must have the fields {', '.join(FIELDS)}")
        return None
    reader.known(where, entry, FIELDS)
    finding, mark, reason, role = (
        reader.text(where, entry, field, required=True) for field in ("finding", "mark", "reason", "role")
    )
    file, period = reader.text(where, entry, "file"), reader.day(where, entry, "period", required=False)
    if not file and period is None:
        reader.fault(where, "file", "is missing: say which file, or which period")
    if finding in NEVER:
        reader.fault(where, "finding", f"{finding} cannot be confirmed: mend the file")
    until = reader.day(where, entry, "until")
    return Confirmation(finding, mark.lower(), file, period, reason, role, until) if until else None


def applied(
    findings: Sequence[Finding], confirmations: Mapping[str, Sequence[Confirmation]], on: date
) -> list[Finding]:
    """The findings, those confirmed marked so, and a note for each confirmation of their organisation that confirms nothing
    any more. on: the day it is asked; a confirmation holds up to its last day.
    """
    made, used = [], set()
    for finding in findings:
        for one in confirmations.get(finding.organisation_code, ()):
            if one.is_about(finding) and on <= one.until:
                used.add((finding.organisation_code, one))
                finding = replace(finding, confirmed=f"{one.role}, until {one.until}: {one.reason}")
                break
        made.append(finding)
    for code, entries in confirmations.items():
        for one in entries:
            if (code, one) not in used:
                made.append(_unused(code, one, findings, on))
    return made


def _unused(code: str, one: Confirmation, findings: Sequence[Finding], on: date) -> Finding:
    about = one.file or str(one.period)
    if on > one.until:
        why, remedy = f"ended on {one.until}", "Confirm it again with a later day, if it is still right."
    elif any(f.organisation_code == code and f.code == one.finding for f in findings):
        why = "is about another content: what was found is no longer what was confirmed"
        remedy = "Look at the finding again; if it is right, give its new mark from findings.csv."
    else:
        why, remedy = "confirms nothing any more", "Take it out of the file, if it is not needed."
    return Finding(
        "confirmation_not_used", "note", code, f"The confirmation of {one.finding} ({about}) {why}.", remedy,
        file=FILE_NAME,
    )  # fmt: skip

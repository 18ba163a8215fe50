"""What was found in the extracts: one list, the same for `wres check`, `wres run`, the web UI and the return.

A finding is about an organisation's file (or its delivery as a whole) and never about a person: `example` holds the
shape of a cell (`A` a capital, `a` a letter, `9` a digit), or a label that no list knows, never a person's text.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from wres_pipeline import whole_file
from wres_pipeline.reference.spreadsheets import no_formula

Severity = Literal["blocks", "look_at", "note"]
"""blocks: a figure would be wrong, or nobody can say that it is right, so none is printed. look_at: the figures are
made, and somebody should look. note: said, nothing to do."""

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
SEVERITY_WORDS: dict[Severity, str] = {"blocks": "blocks the return", "look_at": "to look at", "note": "note"}
FILE_NAME = "findings.csv"
CONFIRM = "confirmations.yaml"
"""A remedy that names it can be a confirmation, which needs the finding and its mark."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    code: the kind of finding, lower case with underscores, such as `rows_not_usable`; confirmations name it.
    file: the file's name in its folder, blank where the delivery as a whole is meant. kind: kind of extract
    (`esr_staff_list`), blank where not of one kind. period: the day the file shows, None where it has none.
    column: canonical column, blank where not of one column. rows: how many rows (or things, as `what` says) are
    concerned, 0 where it does not count rows. what: what was found, one sentence without a person. example: the shape
    of a cell, or a label. remedy: what to do, one instruction that works when followed to the letter. content: hash of
    the file's bytes, blank where no single file; stays inside, never written.
    indicators: the indicators the finding keeps from being printed; empty with `blocks` means the whole return.
    confirmed: who confirmed that it is right after all, until when and why, as `confirmations.yaml` says; blank for most.
    """

    code: str
    severity: Severity
    organisation_code: str
    what: str
    remedy: str
    file: str = ""
    kind: str = ""
    period: date | None = None
    column: str = ""
    rows: int = 0
    example: str = ""
    indicators: tuple[str, ...] = ()
    content: str = ""
    confirmed: str = ""

    @property
    def mark(self) -> str:
        """Eight characters that name this finding in `confirmations.yaml`: others when what was found, or the content
        of the file, is another. Stays inside."""
        parts = (self.code, self.organisation_code, self.file, self.column, self.what, self.content)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:8]

    @property
    def stops(self) -> bool:
        """Whether it keeps figures from being printed: it blocks, and nobody confirmed it."""
        return self.severity == "blocks" and not self.confirmed

    @property
    def to_act_on(self) -> bool:
        """Whether somebody should do something about it: more than a note, and not confirmed."""
        return self.severity != "note" and not self.confirmed


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Without doubles, the worst first: severity, then rows (most first), organisation, file, column, code."""
    return sorted(
        dict.fromkeys(findings),
        key=lambda f: (
            SEVERITIES.index(f.severity), -f.rows, f.organisation_code, f.file, f.column, f.code, f.what,
        ),
    )  # fmt: skip


def by_organisation(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each organisation, organisations in order of code, the worst finding first."""
    found: dict[str, list[Finding]] = {}
    for finding in in_order(findings):
        found.setdefault(finding.organisation_code, []).append(finding)
    return {code: found[code] for code in sorted(found)}


COLUMNS: tuple[str, ...] = (*(f.name for f in fields(Finding) if f.name != "content"), "mark")


def write_csv(findings: Sequence[Finding], path: Path) -> None:
    """Write `findings.csv`: every finding, one a row, columns `COLUMNS`, the worst first; replaces the file in one step.

    UTF-8 with a byte-order mark, so that Excel opens it as it is. For the organisation alone: a mark is made from
    content.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(finding) for finding in in_order(findings))
    whole_file.write(path, out.getvalue().encode("utf-8-sig"))


def _cells(finding: Finding) -> list[str]:
    cells = {name: getattr(finding, name) for name in COLUMNS}
    cells["period"] = finding.period.isoformat() if finding.period else ""
    cells["indicators"] = " ".join(finding.indicators)
    return [no_formula(str(cell)) for cell in cells.values()]


def in_words(findings: Sequence[Finding], most: int = 3) -> list[str]:
    """Lines for a terminal about one organisation: its worst findings with their remedies, and how many more."""
    ordered = in_order(findings)
    acted = [finding for finding in ordered if finding.to_act_on]
    lines = []
    for finding in acted[:most]:
        place = f"{finding.file}: " if finding.file else ""
        example = f" [{finding.example}]" if finding.example else ""
        lines += [
            f"{SEVERITY_WORDS[finding.severity]}: {place}{finding.what}{example}",
            f"    What to do: {finding.remedy}"
            + (f" (finding {finding.code}, mark {finding.mark})" if CONFIRM in finding.remedy else ""),
        ]
    confirmed = sum(1 for finding in ordered if finding.confirmed)
    notes = sum(1 for finding in ordered if finding.severity == "note" and not finding.confirmed)
    rest = [
        *([f"{len(acted) - most} more to look at"] if len(acted) > most else []),
        *([f"{notes} note{'s' if notes > 1 else ''}"] if notes else []),
        *([f"{confirmed} confirmed"] if confirmed else []),
    ]
    return [*lines, *([f"and {', '.join(rest)}"] if rest and lines else rest)]

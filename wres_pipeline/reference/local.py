"""An organisation's own labels and headings: CSVs of columns `label,means` in a folder of its choice."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from wres_pipeline.reference import assignments, cases, ethnicity, pay_bands, recruitment, staff_groups
from wres_pipeline.reference.labels import fold

COLUMNS = ("label", "means")
PAYROLLS = ("own", "hosted")


class LocalMappingError(ValueError):
    """A local mapping cannot be used: names the file, the line, what stands there and what is allowed."""


@dataclass(frozen=True, slots=True)
class _Kind:
    known: Callable[[str], object | None]
    allowed: str


def _known_ethnicity(text: str) -> object | None:
    found = ethnicity.resolve(text)
    return None if found.state == "unmapped" or not fold(text) else found


_KINDS: dict[str, _Kind] = {
    "ethnic_labels": _Kind(
        _known_ethnicity,
        "a code (A to S, T, Z, 99, a local code such as CD), or a label of ethnic_labels.csv",
    ),
    "pay_scales": _Kind(
        pay_bands.resolve,
        ", ".join(pay_bands.BANDS_BY_CLUSTER["clinical"] + pay_bands.BANDS_BY_CLUSTER["medical_and_dental"]),
    ),
    "staff_groups": _Kind(staff_groups.resolve, ", ".join(staff_groups.CLUSTERS)),
    "assignment_categories": _Kind(assignments.category, ", ".join(assignments.CATEGORIES)),
    "assignment_statuses": _Kind(assignments.status, ", ".join(assignments.STATUSES)),
    "recruitment_stages": _Kind(
        recruitment.stage,
        ", ".join(recruitment.REACHED) + ", each alone or followed by `: rejected` or `: withdrawn`",
    ),
    "case_types": _Kind(cases.kind, ", ".join(cases.KINDS)),
    "payrolls": _Kind(lambda text: text if text in PAYROLLS else None, ", ".join(PAYROLLS)),
    # Which canonical names exist is known to the contracts, which check these.
    "headings": _Kind(lambda text: text or None, "a canonical column name of a contract"),
}
NAMES = tuple(_KINDS)


@dataclass(frozen=True, slots=True)
class LocalMappings:
    """Folded label -> what it means, per kind. Every meaning is one the national lists know.

    payrolls: `own` or `hosted`, whether the staff a payroll pays are this body's or another's.
    """

    ethnic_labels: dict[str, str] = field(default_factory=dict)
    pay_scales: dict[str, str] = field(default_factory=dict)
    staff_groups: dict[str, str] = field(default_factory=dict)
    assignment_categories: dict[str, str] = field(default_factory=dict)
    assignment_statuses: dict[str, str] = field(default_factory=dict)
    recruitment_stages: dict[str, str] = field(default_factory=dict)
    case_types: dict[str, str] = field(default_factory=dict)
    payrolls: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path | None) -> LocalMappings:
        """Every mapping file in `folder`; none at all for None or a folder that is not there.

        Raises LocalMappingError for a CSV whose name is no mapping's, a wrong header, a blank cell, a
        meaning that no national list knows, or one label with two meanings.
        """
        if folder is None or not folder.is_dir():
            return cls()
        found: dict[str, dict[str, str]] = {}
        for path in sorted(folder.glob("*.csv")):
            if path.stem not in _KINDS:
                raise LocalMappingError(
                    f"{path.name}: no mapping has this name; allowed: {', '.join(f'{n}.csv' for n in NAMES)}"
                )
            found[path.stem] = _read(path, _KINDS[path.stem])
        return cls(**found)


def _read(path: Path, kind: _Kind) -> dict[str, str]:
    mapping: dict[str, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines)
        header = [cell.strip() for cell in next(reader, [])]
        if tuple(header) != COLUMNS:
            raise LocalMappingError(
                f"{path.name}, line 1: found {','.join(header)!r}, needs {','.join(COLUMNS)!r}"
            )
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            where = f"{path.name}, line {reader.line_num}"
            if len(cells) != len(COLUMNS) or not all(fold(cell) for cell in cells):
                raise LocalMappingError(f"{where}: needs a label and what it means; found {len(cells)} cells")
            key, means = fold(cells[0]), cells[1].strip()
            if kind.known(means) is None:
                raise LocalMappingError(f"{where}: {means!r} means nothing known; allowed: {kind.allowed}")
            if mapping.setdefault(key, means) != means:
                raise LocalMappingError(
                    f"{where}: {cells[0]!r} was given another meaning, {mapping[key]!r}, further up"
                )
    return mapping

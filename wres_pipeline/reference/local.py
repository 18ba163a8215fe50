"""An organisation's own labels and headings: files of columns `label,means` in a folder of its choice.

CSV as any editor or Excel saves it (UTF-8, UTF-16 or cp1252; commas, semicolons or tabs; empty cells after the last), or a
workbook. A line whose meaning is still blank is not used yet: `wres check --write-mappings` writes such lines. A blank
label, or `(blank)`, says what an empty cell means; further columns are notes.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineWorkbook

from wres_pipeline.reference import spreadsheets, survey
from wres_pipeline.reference.codes import (
    assignments,
    cases,
    ethnicity,
    flags,
    pay_bands,
    recruitment,
    staff_groups,
)
from wres_pipeline.reference.shown_text import shown_of_a_written_file
from wres_pipeline.reference.spreadsheets import as_written
from wres_pipeline.reference.tables import fold
from wres_pipeline.reference.written_file import Problem

COLUMNS = ("label", "means")
FOLDER = "mappings"
"""The folder of an organisation's own labels, beside its extracts."""
BLANK = "(blank)"
"""How a mapping writes the label of an empty cell."""
SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods")
SURVEY_GROUPS = {"White": "White", "BME": "BME", "Unknown": "Unknown", "all": survey.ALL_STAFF}
"""What a group label of a survey table can mean, as a mapping writes it."""
PAYROLLS = ("own", "hosted")


class LocalMappingError(ValueError):
    """Local mappings cannot be used: each problem names the file, the line, what stands there and what is allowed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


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
    "flags": _Kind(lambda text: text if text in flags.ANSWERS else None, ", ".join(flags.ANSWERS)),
    "survey_questions": _Kind(
        lambda text: (
            text
            if text in survey.topics()
            else next((y for y in survey.survey_years() if survey.question(y, text)), None)
        ),
        f"the name of a question in its survey year, such as Q14a, or a topic: {', '.join(survey.topics())}",
    ),
    "survey_groups": _Kind(SURVEY_GROUPS.get, ", ".join(SURVEY_GROUPS)),
    "survey_measures": _Kind(
        lambda text: text if text in survey.MEASURES else None, ", ".join(survey.MEASURES)
    ),
    "survey_answers": _Kind(lambda text: text if text in survey.ANSWERS else None, ", ".join(survey.ANSWERS)),
    # Which canonical names exist is known to the contracts, which check these.
    "headings": _Kind(lambda text: text or None, "a canonical column name of a contract"),
}
NAMES = tuple(_KINDS)


@dataclass(frozen=True, slots=True)
class LocalMappings:
    """Folded label -> what it means, per kind. Every meaning is one the national lists know; the empty label is a blank cell.

    survey_questions, survey_groups: a label may begin with the survey year it holds for (`2026 Q14a`); see `of_survey`.
    payrolls: `own` or `hosted`, whether the staff a payroll pays are this body's or another's. flags: the organisation's own
    words for yes, no and not known.
    """

    ethnic_labels: dict[str, str] = field(default_factory=dict)
    pay_scales: dict[str, str] = field(default_factory=dict)
    staff_groups: dict[str, str] = field(default_factory=dict)
    assignment_categories: dict[str, str] = field(default_factory=dict)
    assignment_statuses: dict[str, str] = field(default_factory=dict)
    recruitment_stages: dict[str, str] = field(default_factory=dict)
    case_types: dict[str, str] = field(default_factory=dict)
    payrolls: dict[str, str] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)
    survey_questions: dict[str, str] = field(default_factory=dict)
    survey_groups: dict[str, str] = field(default_factory=dict)
    survey_measures: dict[str, str] = field(default_factory=dict)
    survey_answers: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def of_survey(mapping: Mapping[str, str], survey_year: int | None, text: str) -> str | None:
        """What a label of a survey means in one of the mappings: as written for that survey's year, else for any."""
        key = fold(text)
        return mapping.get(f"{survey_year} {key}", mapping.get(key))

    @classmethod
    def load(cls, folder: Path | None) -> LocalMappings:
        """Every mapping file in `folder`; none at all for None or a folder that is not there.

        Raises LocalMappingError with every fault found: a file whose name is no mapping's, a wrong header, a meaning that no
        national list knows, one label with two meanings.
        """
        if folder is None or not folder.is_dir():
            return cls()
        found: dict[str, dict[str, str]] = {}
        problems: list[Problem] = []
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() not in SUFFIXES or path.name.startswith((".", "~$")):
                continue
            if path.stem not in _KINDS:
                problems.append(
                    Problem(
                        f"{_plain(path.stem)}{path.suffix}",
                        "",
                        f"no mapping has this name; allowed: {', '.join(f'{n}.csv' for n in NAMES)}",
                    )  # fmt: skip
                )
                continue
            problems += _read(path, _KINDS[path.stem], found.setdefault(path.stem, {}))
        if problems:
            raise LocalMappingError(problems)
        return cls(**found)


def of_organisations(
    extracts: Path, codes: Iterable[str]
) -> tuple[dict[str, LocalMappings], dict[str, LocalMappingError]]:
    """(own labels by organisation, what keeps those of an organisation from being used)."""
    found, faults = {}, {}
    for code in codes:
        try:
            found[code] = LocalMappings.load(extracts / code / FOLDER)
        except LocalMappingError as error:
            faults[code] = error
    return found, faults


def _read(path: Path, kind: _Kind, mapping: dict[str, str]) -> Iterator[Problem]:
    """Take the lines of one file into `mapping`, and tell those that cannot be used."""
    try:
        lines = list(_lines(path))
    except (OSError, csv.Error):
        yield Problem(
            path.name, "", f"it cannot be read; save it as CSV with the columns {','.join(COLUMNS)}"
        )
        return
    except _NoWorkbookError:
        yield Problem(path.name, "", "it cannot be opened as a workbook; save it as CSV")
        return
    number, header = lines[0] if lines else (1, [])
    if tuple(cell.casefold() for cell in header[:2]) != COLUMNS:
        found = ",".join(map(_plain, header))
        yield Problem(path.name, f"line {number}", f"found {found!r}, needs {','.join(COLUMNS)!r}")
        return
    for number, cells in lines[1:]:
        where = f"line {number}"
        label, means = as_written(cells[0]), cells[1] if len(cells) > 1 else ""
        if not means:
            continue
        key = "" if label.casefold() == BLANK else fold(label)
        if kind.known(means) is None:
            yield Problem(
                path.name,
                where,
                f"{shown_of_a_written_file(means)} means nothing known; allowed: {kind.allowed}",
            )
        elif mapping.setdefault(key, means) != means:
            yield Problem(
                path.name,
                where,
                f"{shown_of_a_written_file(label)} was given another meaning, {mapping[key]!r}, further up",
            )


class _NoWorkbookError(Exception):
    """A file with a workbook's ending that is none."""


def _plain(cell: str) -> str:
    return shown_of_a_written_file(cell).strip("'")


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of every line that is not empty, cells without surrounding blanks."""
    if path.suffix.lower() in (".xlsx", ".xls", ".ods"):
        try:
            spreadsheets.refuse_others(path)
            sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
            rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        except Exception:
            raise _NoWorkbookError from None
        numbered = list(enumerate(rows, start=1))
    else:
        text = decoded(path.read_bytes())
        first = next((line for line in text.splitlines() if line.strip()), "")
        delimiter = max(",;\t", key=first.count)
        reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
        numbered = [(reader.line_num, row) for row in reader]
    for number, cells in numbered:
        if any(cell.strip() for cell in cells):
            yield number, [cell.strip() for cell in cells]


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def decoded(content: bytes) -> str:
    """The text of a small file written on somebody's desk: UTF-16 with its mark, UTF-8, else cp1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def allowed(name: str) -> str:
    """What the labels of a mapping can mean, in words."""
    return _KINDS[name].allowed

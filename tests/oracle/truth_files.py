"""Reads the truth of an invented organisation as plain Python: lists of dictionaries, dates as dates."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

Row = dict[str, str]


@dataclass(frozen=True)
class Truth:
    """What is true of one organisation.

    `delivered` holds the dates of the extracts by kind; `persons`, `training`, `surveys` are by snapshot
    date, year and survey year.
    """

    code: str
    delivered: dict[str, tuple[date, ...]]
    survey_kind: str
    trac_deletes: bool
    shortlisted_as_date: bool
    persons: dict[date, list[Row]]
    applications: list[Row]
    cases: list[Row]
    training: dict[int, list[Row]]
    surveys: dict[int, list[Row]]
    board: list[Row]


def day(text: str) -> date | None:
    """An ISO day; None for blank."""
    return date.fromisoformat(text) if text else None


def read(folder: Path) -> Truth:
    """The truth files of one organisation."""
    about = json.loads((folder / "organisation.json").read_text(encoding="utf-8"))
    return Truth(
        code=about["code"],
        delivered=_deliveries(about["delivered"]),
        survey_kind=about["survey"],
        trac_deletes=about["trac_deletes"],
        shortlisted_as_date=about["shortlisted_as_date"],
        persons={
            date.fromisoformat(p.stem.split("_")[1]): _rows([p]) for p in sorted(folder.glob("persons_*.csv"))
        },
        applications=_rows([folder / "applications.csv"]),
        cases=_rows([folder / "cases.csv"]),
        training={int(p.stem.split("_")[1][:4]): _rows([p]) for p in sorted(folder.glob("training_*.csv"))},
        surveys={int(p.stem.split("_")[1]): _rows([p]) for p in sorted(folder.glob("survey_*.csv"))},
        board=_rows([folder / "board.csv"]),
    )


def _deliveries(stems: Iterable[str]) -> dict[str, tuple[date, ...]]:
    """The dates each kind of extract was delivered for; a survey year stands as its 31 December."""
    found: dict[str, list[date]] = {}
    for stem in stems:
        kind, _, when = stem.rpartition("_")
        found.setdefault(kind, []).append(date.fromisoformat(when if "-" in when else f"{when}-12-31"))
    return {kind: tuple(sorted(dates)) for kind, dates in found.items()}


def _rows(paths: Iterable[Path]) -> list[Row]:
    found: list[Row] = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            found.extend(csv.DictReader(file))
    return found

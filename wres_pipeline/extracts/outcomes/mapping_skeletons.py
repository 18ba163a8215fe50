"""The lines a person has to fill in: every label no list knows, written whole into the mapping file it belongs to."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path

from wres_pipeline.extracts.outcomes.label_checks import UnknownLabel
from wres_pipeline.reference.local import COLUMNS, decoded
from wres_pipeline.reference.spreadsheets import as_written, no_formula
from wres_pipeline.reference.tables import fold

HEADER = (*COLUMNS, "note")


def write(folder: Path, labels: Iterable[UnknownLabel]) -> dict[Path, int]:
    """Add a line without a meaning for each label to the files of `folder`; gives the lines added to each file.

    What stands in a file stays as it is; a label that has a line already, filled in or not, gets no other. A file is
    replaced in one step and written as UTF-8 with its mark, so that Excel keeps accents.
    """
    wanted: dict[str, dict[str, UnknownLabel]] = {}
    for label in labels:
        wanted.setdefault(label.file, {}).setdefault(fold(label.label), label)
    added: dict[Path, int] = {}
    for name, of_file in sorted(wanted.items()):
        path = folder / name
        text = decoded(path.read_bytes()) if path.exists() else ""
        first = next((line for line in text.splitlines() if line.strip()), ",".join(HEADER))
        delimiter = max(",;\t", key=first.count)
        there = {
            fold(as_written(row[0]))
            for row in csv.reader(text.splitlines(), delimiter=delimiter)
            if row and row[0].strip()
        }
        new = [label for label in of_file.values() if fold(label.written) not in there]
        if new:
            _replace(path, text, new, delimiter)
            added[path] = len(new)
    return added


def _replace(path: Path, text: str, labels: list[UnknownLabel], delimiter: str) -> None:
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\n")
    if not text.strip():
        writer.writerow(HEADER)
    for label in labels:
        near = f"; like {' or '.join(label.nearest)}" if label.nearest else ""
        rows = f"{label.rows} row{'s' if label.rows > 1 else ''} of {label.column}"
        writer.writerow([no_formula(label.written), "", f"{rows}{near}; can mean: {label.allowed}"])
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    whole = text if not text or text.endswith("\n") else f"{text}\n"
    with beside.open("w", encoding="utf-8-sig", newline="") as out:
        out.write(whole + lines.getvalue())
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)

"""What the lists of the reference room mean, kept beside the tests: a change of meaning shows as the lines that changed.

`pinned_lists/<name>.csv` holds the columns that decide, named in its first line. After a change that is meant:
`python -m tests.pinned`.
"""

from __future__ import annotations

import csv
import difflib
from pathlib import Path

from wres_pipeline.reference import tables

FOLDER = Path(__file__).with_name("pinned_lists")


def _lines(name: str, columns: list[str]) -> list[str]:
    return [",".join(row[column] for column in columns) for row in tables.rows(name)]


def differences(name: str) -> str:
    """The lines of the list that are not the ones kept, `-` gone and `+` new; "" where all are."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        columns = next(reader)
        kept = [",".join(row) for row in reader]
    changes = [
        line
        for line in difflib.unified_diff(kept, _lines(name, columns), n=0, lineterm="")
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    if not changes:
        return ""
    return (
        f"{name}.csv ({', '.join(columns)}):\n"
        + "\n".join(changes)
        + "\nIf this is meant: python -m tests.pinned"
    )


def renew(name: str, columns: list[str]) -> None:
    """Keep the list as it stands now."""
    with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([row[column] for column in columns] for row in tables.rows(name))


def main() -> None:
    """Keep every list anew."""
    for file in sorted(FOLDER.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            columns = next(csv.reader(lines))
        renew(file.stem, columns)


if __name__ == "__main__":
    main()

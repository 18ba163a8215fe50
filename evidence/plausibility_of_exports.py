"""How often sound exports are told to have been cut, to hold bookings or to name several organisations, and how often wrong ones are.

    python -m evidence.plausibility_of_exports [--seed 20261128]

Files are landed as a run lands them and looked at by the code of a run. Puts its part into docs/evidence/plausibility.md.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import numpy as np

from evidence.plausibility import REPORT
from wres_pipeline.extracts.cell_checks import left_out
from wres_pipeline.extracts.intake import deliveries, landing
from wres_pipeline.reference.local import LocalMappings

PART = "## What an export says of itself"
BODIES = {60: 500, 300: 400, 1000: 200, 6000: 60}
FILES = {
    "esr_staff_list": (1.0, 1.2),
    "training": (1.0, 9.0),
    "trac_applications": (0.5, 6.0),
    "employee_relations": (0.005, 0.03),
}
"""Kind -> rows a member of staff, from and to. [ours]"""
STOPS = {
    "a sheet of Excel 97 to 2003": 65_535, "a sheet of Excel": 1_048_575, "Power BI, to CSV": 30_000,
    "Power BI, to a workbook": 150_000, "Oracle BI, download": 65_000, "Oracle BI, view": 25_000,
    "web reports": 1_000, "web reports, larger": 10_000, "a query tool": 5_000, "a list of a web site": 2_000,
    "a query tool, largest page": 500, "another limit (4,096)": 4_096, "another limit (32,767)": 32_767,
}  # fmt: skip
"""Where exports stop, and the rows that are left. [recalled; the last three are on no list of the code]"""
SAYS = (
    "Attendance Status", "Attended", "Attended?", "Attendance", "DNA", "Did Not Attend", "Booking Status", "Enrolment Status",
    "Delegate Status", "Outcome", "Completion Status", "Class Status", "Learner Result", "Session Attendance", "Enrolment Outcome",
    "Cancelled", "No Show", "Place Taken",
)  # fmt: skip
"""Headings of training files that say what became of a booking. [ours]"""
SAYS_NOTHING = (
    "Assignment Status", "Employee Status", "Employment Status", "Marital Status", "Department", "Org L3", "Venue", "Duration (Hours)",
    "Cost Centre", "Expiry Date", "Line Manager", "Staff Group", "Trainer", "Certificate Number", "CPD Points", "Location",
    "Position Title", "Delivery Method", "Course Code", "Course Category", "Renewal Period", "Assignment Category", "FTE", "Site",
)  # fmt: skip
"""Headings of training files that say nothing of it. [ours]"""


def _landed(
    con: duckdb.DuckDBPyConnection, place: Path, name: str, rows: Sequence[Sequence[str]]
) -> deliveries.Delivery:
    with (place / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return landing.land_file(con, place / name, "X01", now=datetime(2021, 5, 1), mappings=LocalMappings())  # noqa: DTZ001


def limits(con: duckdb.DuckDBPyConnection, seed: int) -> list[str]:
    """False alarms by size of body, over the numbers of rows of its files; what is told where each limit cut a file."""
    one = _any(con)
    lines = ["| files of bodies of about | files | told `rows_at_a_limit`, in 1,000 |", "|---|---:|---:|"]
    for size, bodies in BODIES.items():
        rng = np.random.default_rng([seed, size])
        rows = [
            max(1, int(size * rng.uniform(0.7, 1.3) * rng.uniform(*share)))
            for share in FILES.values()
            for _ in range(bodies)
        ]
        files = [replace(one, delivery_id=str(at), rows_in=n, rows_accepted=n) for at, n in enumerate(rows)]
        told = sum(found.code == "rows_at_a_limit" for found in left_out.find(con, files))
        lines.append(f"| {size:,} staff | {len(rows):,} | {1000 * told / len(rows):.1f} |")
    found = {
        name: _is_told(con, replace(one, rows_in=n, rows_accepted=n), "rows_at_a_limit")
        for name, n in STOPS.items()
    }
    missed = [f"{name}" for name, is_told in found.items() if not is_told]
    return [
        *lines,
        "",
        f"Files cut at one of {len(STOPS)} limits: {sum(found.values())} told; not told: {', '.join(missed) or 'none'}.",
    ]


def _any(con: duckdb.DuckDBPyConnection) -> deliveries.Delivery:
    with tempfile.TemporaryDirectory() as place:
        rows = [
            ["Employee Number", "Course Name", "Completion Date"],
            ["01000001", "Coaching", "11-MAY-2020"],
        ]
        return _landed(con, Path(place), "training_2021-03-31.csv", rows)


def _is_told(con: duckdb.DuckDBPyConnection, one: deliveries.Delivery, code: str) -> bool:
    return any(found.code == code for found in left_out.find(con, [one]))


def attendance(con: duckdb.DuckDBPyConnection) -> str:
    """How many of the headings that speak of attendance are told, and of those that do not."""
    told: dict[str, bool] = {}
    with tempfile.TemporaryDirectory() as place:
        for n, heading in enumerate((*SAYS, *SAYS_NOTHING)):
            rows = [
                ["Employee Number", "Course Name", "Completion Date", heading],
                [f"0100{n:04d}", "Coaching", "11-MAY-2020", "x"],
            ]
            told[heading] = _is_told(
                con, _landed(con, Path(place), "training_2021-03-31.csv", rows), "attendance_not_read"
            )
    missed = ", ".join(h for h in SAYS if not told[h]) or "none"
    false = ", ".join(h for h in SAYS_NOTHING if told[h]) or "none"
    return (
        f"Of {len(SAYS)} headings that say what became of a booking {sum(told[h] for h in SAYS)} are told `attendance_not_read` (not: "
        f"{missed}); of {len(SAYS_NOTHING)} that say nothing of it {sum(told[h] for h in SAYS_NOTHING)} ({false})."
    )


def organisations(con: duckdb.DuckDBPyConnection, seed: int) -> list[str]:
    """Sound lists whose one organisation is written in one way or in several; lists with a neighbour's people below."""
    rng = np.random.default_rng([seed, 7])
    ways = {
        "sound, one name": lambda n: "Invented Trust",
        "sound, blanks in some rows": lambda n: "Invented Trust" if n % 5 else "",
        "sound, capitals and blanks differ": lambda n: (
            "Invented Trust",
            "INVENTED TRUST",
            "Invented  Trust ",
        )[n % 3],
        "a neighbour's 20 people below": lambda n: "Invented Trust" if n >= 20 else "Neighbour Trust",
        "a neighbour's one person below": lambda n: "Invented Trust" if n else "Neighbour Trust",
    }
    lines = ["| list | lists | told `several_organisations`, in 100 |", "|---|---:|---:|"]
    with tempfile.TemporaryDirectory() as place:
        for name, text in ways.items():
            told, lists = 0, 15
            for body in range(lists):
                people = int(rng.integers(40, 400))
                rows = [
                    [
                        "Employee Number",
                        "Assignment Number",
                        "Ethnic Origin",
                        "Staff Group",
                        "Pay Scale",
                        "Organisation",
                    ]
                ]
                rows += [
                    [
                        f"{body:03d}{n:05d}",
                        f"{body:03d}{n:05d}-2",
                        "A White - British",
                        "Nursing",
                        "Band 5",
                        text(n),
                    ]
                    for n in range(people)
                ]
                told += _is_told(
                    con,
                    _landed(con, Path(place), "esr_staff_list_2021-03-31.csv", rows),
                    "several_organisations",
                )
            lines.append(f"| {name} | {lists} | {100 * told / lists:.0f} |")
    return lines


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=20261128)
    options.add_argument("--print-only", action="store_true")
    given = options.parse_args()
    with duckdb.connect() as con:
        landing.create_tables(con)
        part = "\n".join([
            PART, "", f"`python -m evidence.plausibility_of_exports --seed {given.seed}`, {date.today():%-d %B %Y}, {os.cpu_count()} cores.", "",  # noqa: DTZ011
            *limits(con, given.seed), "", attendance(con), "", *organisations(con, given.seed), "",
        ])  # fmt: skip
    print(part)
    if not given.print_only:
        before = REPORT.read_text(encoding="utf-8").split(PART)[0].rstrip()
        REPORT.write_text(f"{before}\n\n{part}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

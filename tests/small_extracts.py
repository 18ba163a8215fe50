"""Extracts of a small invented organisation, clean in every kind, with figures that can be worked out by hand.

Thirty staff: 20 White, 10 BME, all declared. Shortlisted: 10 White, 5 BME, of whom appointed 4 and 1. Formal
investigations opened: 1 White, 2 BME. Non-mandatory training: 10 White, 4 BME. Board: 4 White, 1 BME, all voting.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

WHITE, BME = "A White - British", "H Asian or Asian British - Indian"
YEAR = 2021

FIGURES_BY_HAND = {
    ("1", "percentage", "", "BME"): "33.3%",  # 10 of 30
    ("2", "relative_likelihood_white_over_bme", "", ""): "2.00",  # (4/10) / (1/5)
    ("3", "relative_likelihood_bme_over_white", "", ""): "4.00",  # (2/10) / (1/20)
    ("4", "relative_likelihood_white_over_bme", "", ""): "1.25",  # (10/20) / (4/10)
    ("5", "percentage", "", "BME"): "30%",
    ("6", "percentage", "", "White"): "20%",
    ("7", "percentage", "", "White"): "60%",
    ("8", "percentage", "", "BME"): "12%",
    ("9", "difference_from_workforce", "board", "BME"): "-13.3 percentage points",  # 1/5 - 10/30
}
"""(indicator, measure, band, ethnic group) -> what is shown for the whole body."""


@dataclass(frozen=True)
class Person:
    """One member of staff; the particulars are plain to read and easy to search for."""

    number: str
    ethnicity: str
    first_name: str
    last_name: str
    date_of_birth: str
    ni_number: str
    email: str
    postcode: str


def person(n: int, body: int = 0) -> Person:
    """The n-th of thirty: the first twenty White, the others BME. body: a number of their own for each of several bodies."""
    own = 100 * body + n
    return Person(
        f"7{own:06d}", WHITE if n < 20 else BME, f"Given{own}", f"Family{own}", f"{1 + n % 28:02d}-JAN-1970",
        f"ZZ{own:06d}Z", f"given{own}.family{own}@example.nhs.uk", f"ZZ{n % 9 + 1} {n % 9}ZZ",
    )  # fmt: skip


def write(folder: Path, *, without: Collection[str] = (), people: Callable[[int], Person] = person) -> Path:
    """Write the extracts of 31 March 2021 into `folder`, leaving out the kinds of `without`; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    staff = [people(n) for n in range(30)]
    tables = {
        "esr_staff_list_2021-03-31": [
            ["Employee Number", "Assignment Number", "Primary", "Ethnic Origin", "Staff Group", "Pay Scale", "Assignment Category",
             "Assignment Status", "FTE", "First Name", "Last Name", "Date Of Birth", "NI Number", "Email", "Postcode", "Latest Start Date"],
            *([p.number, p.number, "Y", p.ethnicity, "Nursing and Midwifery Registered", f"NHS|XR0{5 + n % 2}|Review Body Band {5 + n % 2}",
               "Permanent", "Active Assignment", "1.00", p.first_name, p.last_name, p.date_of_birth, p.ni_number, p.email, p.postcode,
               "01-APR-2016"] for n, p in enumerate(staff)),
        ],
        "trac_applications_2021-03-31": [
            ["Application ID", "Vacancy Reference", "First Name", "Last Name", "Date Of Birth", "Email", "Postcode", "NI Number",
             "Date Applied", "Current Stage", "Ethnic Origin"],
            *([f"APP{p.number[-5:]}", "V-1", p.first_name, p.last_name, p.date_of_birth, p.email, p.postcode, p.ni_number, "01-SEP-2020",
               "Starting" if n in {0, 1, 2, 3, 20} else "Interview" if n < 10 or 20 <= n < 25 else "Shortlisting: Rejected", p.ethnicity]
              for n, p in enumerate(staff)),
        ],
        "employee_relations_2021-03-31": [
            ["Case Reference", "Employee Number", "Case Type", "Date Opened", "Formal Investigation Start", "Ethnic Origin"],
            *([f"CASE{n:05d}", staff[n].number, "Disciplinary", "01-MAY-2020", "09-MAY-2020", staff[n].ethnicity] for n in (0, 20, 21)),
        ],
        "training_2021-03-31": [
            ["Employee Number", "Course Name", "Mandatory", "Completion Date"],
            *([staff[n].number, "Coaching", "N", "01-OCT-2020"] for n in (*range(10), *range(20, 24))),
            *([p.number, "NHS|MAND|Fire Safety|1 Year|", "Y", "01-NOV-2020"] for p in staff),
        ],
        "appraisals_2021-03-31": [
            ["Employee Number", "Last Appraisal Date"],
            *([p.number, "01-DEC-2020"] for p in staff),
        ],
        "staff_survey_2020": [
            ["Question", "Ethnic Group", "Percent", "Base", "Measure"],
            *([question, group, percent, base, measure]
              for question, measure, white, bme in (
                  ("Q13a", "experienced", 25, 30), ("Q13b", "experienced", 20, 25), ("Q13c", "experienced", 0, 0),
                  ("Q14", "yes", 60, 50), ("Q15b", "experienced", 8, 12),
              )
              for group, percent, base in (("White staff", white, 40), ("BME staff", bme, 20))),
        ],
        "board_2021-03-31": [
            ["Member ID", "Role", "Voting", "Executive", "Ethnic Origin"],
            *([f"B{n}", "Director", "Y", "Y" if n < 3 else "N", BME if n == 4 else WHITE] for n in range(5)),
        ],
    }  # fmt: skip
    for name, rows in tables.items():
        if not any(name.startswith(kind) for kind in without):
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows(rows)
    return folder

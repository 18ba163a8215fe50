"""Faults of meaning: what people, spreadsheets and exports do to cells that still look like cells.

Each takes a clean body and spoils one column of one kind; `column` is the canonical column a finding must name.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evidence.meaning_bodies import Body, Sheet

Spoil = Callable[[Sheet, random.Random], None]


@dataclass(frozen=True)
class Fault:
    """name: unique. kind, column: what it spoils. apply: does it. indicators: which figures it can move."""

    name: str
    kind: str
    column: str
    indicators: tuple[str, ...]
    apply: Callable[[Body, random.Random], None]


FEEDS = {
    "esr_staff_list": ("1", "3", "4"), "training": ("4",), "employee_relations": ("3",), "trac_applications": ("2",),
    "staff_survey": ("5", "7", "8"), "board": ("9",),
}  # fmt: skip
FAULTS: list[Fault] = []


def fault(name: str, kind: str, column: str, spoil: Spoil) -> None:
    """Enter a fault that spoils one sheet."""
    FAULTS.append(Fault(name, kind, column, FEEDS[kind], lambda body, rng: spoil(body.sheets[kind], rng)))


def some(sheet: Sheet, rng: random.Random, share: float = 0.25) -> list[int]:
    """At least two rows, a share of all."""
    rows = range(len(sheet.rows))
    return rng.sample(rows, min(len(rows), max(2, round(share * len(rows)))))


def every(heading: str, change: Callable[[str], str]) -> Spoil:
    """Change the whole column."""

    def spoil(sheet: Sheet, rng: random.Random) -> None:
        at = sheet.at(heading)
        for row in sheet.rows:
            row[at] = change(row[at])

    return spoil


def few(heading: str, texts: Sequence[str], share: float = 0.25, *, filled: bool = False) -> Spoil:
    """Put one of `texts` into some cells; `filled`: only where there is a value."""

    def spoil(sheet: Sheet, rng: random.Random) -> None:
        at = sheet.at(heading)
        rows = [n for n in some(sheet, rng, share) if not filled or sheet.rows[n][at]]
        if filled and not rows:
            rows = [n for n, row in enumerate(sheet.rows) if row[at]][:2]
        for n in rows:
            sheet.rows[n][at] = rng.choice(texts)

    return spoil


def in_workbook(heading: str, cell: Callable[[str], str], share: float = 1.0) -> Spoil:
    """Write the sheet as a workbook, with special cells in the column."""

    def spoil(sheet: Sheet, rng: random.Random) -> None:
        sheet.as_workbook = True
        at = sheet.at(heading)
        for n in some(sheet, rng, share) if share < 1 else range(len(sheet.rows)):
            sheet.cells[n, at] = cell(sheet.rows[n][at])

    return spoil


def renamed(heading: str, other: str) -> Spoil:
    def spoil(sheet: Sheet, rng: random.Random) -> None:
        sheet.headings[sheet.at(heading)] = other

    return spoil


def as_day(text: str) -> date | None:
    for form in ("%d-%b-%Y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def redated(form: Callable[[date], str]) -> Callable[[str], str]:
    return lambda text: form(found) if (found := as_day(text)) else text


# --- numbers of people
for _kind in ("training", "employee_relations", "esr_staff_list"):
    fault(
        f"{_kind}: numbers as 21500000.0",
        _kind,
        "employee_number",
        every("Employee Number", lambda t: f"{t}.0"),
    )
    fault(
        f"{_kind}: numbers with an apostrophe",
        _kind,
        "employee_number",
        every("Employee Number", lambda t: f"'{t}"),
    )
    fault(
        f"{_kind}: numbers in scientific notation",
        _kind,
        "employee_number",
        few("Employee Number", ("1.08056E+07",), 0.3),
    )
for _kind in ("training", "employee_relations"):
    fault(
        f"{_kind}: numbers with the suffix of an assignment",
        _kind,
        "employee_number",
        every("Employee Number", lambda t: f"{t}-2"),
    )
    fault(
        f"{_kind}: leading zeros lost",
        _kind,
        "employee_number",
        every("Employee Number", lambda t: t.lstrip("0")),
    )
    fault(
        f"{_kind}: numbers of another system",
        _kind,
        "employee_number",
        every("Employee Number", lambda t: f"9{t[1:]}77"),
    )
    fault(
        f"{_kind}: some numbers of another system",
        _kind,
        "employee_number",
        every("Employee Number", lambda t: f"7{t}1" if int(t) % 3 == 0 else t),
    )
    fault(
        f"{_kind}: numbers are number cells",
        _kind,
        "employee_number",
        in_workbook("Employee Number", lambda t: f"#{int(t)}"),
    )
    fault(
        f"{_kind}: numbers are shown as days",
        _kind,
        "employee_number",
        in_workbook("Employee Number", lambda t: "@43913", 0.3),
    )
fault("training: numbers blank", "training", "employee_number", few("Employee Number", ("",), 0.2))


def _list_lost_zeros(sheet: Sheet, rng: random.Random) -> None:
    for row in sheet.rows:
        row[0] = row[0].lstrip("0")


fault(
    "staff list: leading zeros lost, assignment numbers have them",
    "esr_staff_list",
    "employee_number",
    _list_lost_zeros,
)


def _assignments_for_people(sheet: Sheet, rng: random.Random) -> None:
    for row in sheet.rows:
        row[1] = row[1] if "-" in row[1] else f"{row[1]}-1"
        row[0] = row[1]


fault(
    "staff list: assignment numbers in both columns",
    "esr_staff_list",
    "employee_number",
    _assignments_for_people,
)
fault(
    "staff list: one number for everybody",
    "esr_staff_list",
    "employee_number",
    every("Employee Number", lambda t: "21500000"),
)

# --- errors of a spreadsheet, as text and as cells
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "Err:502")
for _kind, _heading, _column in (
    ("esr_staff_list", "Ethnic Origin", "ethnic_origin"), ("esr_staff_list", "Pay Scale", "pay_scale"),
    ("esr_staff_list", "Staff Group", "staff_group"), ("esr_staff_list", "Assignment Category", "assignment_category"),
    ("esr_staff_list", "Assignment Status", "assignment_status"), ("esr_staff_list", "Employee Number", "employee_number"),
    ("esr_staff_list", "Termination Date", "termination_date"),
    ("trac_applications", "Ethnic Origin", "ethnic_origin"), ("trac_applications", "Current Stage", "stage"),
    ("trac_applications", "Shortlisted", "shortlisted"), ("trac_applications", "Appointed", "appointed"),
    ("trac_applications", "Date Applied", "date_applied"),
    ("employee_relations", "Case Type", "case_type"), ("employee_relations", "Employee Number", "employee_number"),
    ("employee_relations", "Formal Investigation Start", "formal_investigation_started"),
    ("training", "Mandatory", "is_mandatory"), ("training", "Completion Date", "completed"),
    ("training", "Employee Number", "employee_number"),
    ("staff_survey", "Percent", "percent"), ("staff_survey", "Base", "base"), ("staff_survey", "Ethnic Group", "ethnic_group"),
    ("board", "Voting", "is_voting"), ("board", "Executive", "is_executive"), ("board", "Ethnic Origin", "ethnic_origin"),
    ("board", "Start", "start"),
):  # fmt: skip
    fault(f"{_kind}: errors in {_column}", _kind, _column, few(_heading, ERRORS, 0.2))
for _kind, _heading, _column in (
    ("esr_staff_list", "Ethnic Origin", "ethnic_origin"), ("trac_applications", "Ethnic Origin", "ethnic_origin"),
    ("training", "Completion Date", "completed"), ("employee_relations", "Formal Investigation Start", "formal_investigation_started"),
    ("staff_survey", "Percent", "percent"), ("board", "Voting", "is_voting"),
):  # fmt: skip
    fault(
        f"{_kind}: error cells in {_column}", _kind, _column, in_workbook(_heading, lambda t: "!#REF!", 0.2)
    )
    fault(
        f"{_kind}: formulas never worked out in {_column}",
        _kind,
        _column,
        in_workbook(_heading, lambda t: "=A1", 0.2),
    )

# --- yes and no
for _kind, _heading, _column, _yes, _no in (
    ("trac_applications", "Shortlisted", "shortlisted", "Shortlisted", "Not shortlisted"),
    ("trac_applications", "Appointed", "appointed", "Appointed", "Not appointed"),
    ("training", "Mandatory", "is_mandatory", "Mandatory", "Non-mandatory"),
    ("board", "Voting", "is_voting", "Voting", "Non-voting"),
    ("board", "Executive", "is_executive", "Exec", "NED"),
    ("esr_staff_list", "Primary", "is_primary", "Primary", "Secondary"),
):  # fmt: skip
    fault(
        f"{_kind}: {_column} in its own words",
        _kind,
        _column,
        every(_heading, lambda t, y=_yes, n=_no: y if t == "Y" else n),
    )  # type: ignore[misc]
    fault(
        f"{_kind}: {_column} in words nobody knows",
        _kind,
        _column,
        few(_heading, ("Perhaps", "see notes", "Y/N", "2"), 0.3),
    )
    fault(
        f"{_kind}: {_column} as 1 and 2", _kind, _column, every(_heading, lambda t: "1" if t == "Y" else "2")
    )
    fault(
        f"{_kind}: {_column} as TRUE and FALSE",
        _kind,
        _column,
        every(_heading, lambda t: "TRUE" if t == "Y" else "FALSE"),
    )

# --- days
for _kind, _heading, _column, _texts in (
    ("training", "Completion Date", "completed", ("Yes", "May 2020", "Completed")),
    ("employee_relations", "Formal Investigation Start", "formal_investigation_started", ("Yes", "w/c 4 May", "last summer")),
    ("trac_applications", "Date Applied", "date_applied", ("Spring 2020", "Yes", "31/02/2021")),
    ("board", "End", "end", ("soon", "left", "2020 or so")),
    ("esr_staff_list", "Termination Date", "termination_date", ("left", "32/01/2021")),
):  # fmt: skip
    fault(
        f"{_kind}: words for days in {_column}",
        _kind,
        _column,
        few(_heading, _texts, 0.25, filled=_heading != "End" and _heading != "Termination Date"),
    )
for _kind, _heading, _column in (
    ("training", "Completion Date", "completed"), ("trac_applications", "Date Applied", "date_applied"),
    ("employee_relations", "Formal Investigation Start", "formal_investigation_started"),
):  # fmt: skip
    fault(
        f"{_kind}: month before day in {_column}",
        _kind,
        _column,
        every(_heading, redated(lambda d: d.strftime("%m/%d/%Y"))),
    )
    fault(
        f"{_kind}: month before day, no day after the 12th, in {_column}",
        _kind,
        _column,
        every(_heading, redated(lambda d: d.replace(day=1 + d.day % 12).strftime("%m/%d/%Y"))),
    )
    fault(
        f"{_kind}: the wrong century in {_column}",
        _kind,
        _column,
        every(_heading, redated(lambda d: d.replace(year=d.year - 100).strftime("%d-%b-%Y"))),
    )
    fault(
        f"{_kind}: day numbers of a spreadsheet in {_column}",
        _kind,
        _column,
        every(_heading, redated(lambda d: str((d - date(1899, 12, 30)).days))),
    )
    fault(
        f"{_kind}: years of two digits in {_column}",
        _kind,
        _column,
        every(_heading, redated(lambda d: d.strftime("%d-%b-%y"))),
    )

# --- percentages
fault(
    "survey: percent cells",
    "staff_survey",
    "percent",
    in_workbook("Percent", lambda t: f"%{float(t) / 100:.6g}"),
)
fault("survey: fractions", "staff_survey", "percent", every("Percent", lambda t: f"{float(t) / 100:.4g}"))


def _fractions_without_base(sheet: Sheet, rng: random.Random) -> None:
    for row in sheet.rows:
        row[2], row[3] = f"{float(row[2]) / 100:.3g}", ""
    sheet.rows = [row for row in sheet.rows if row[0] != "Q14"]


fault(
    "survey: fractions without a base and without indicator 7",
    "staff_survey",
    "percent",
    _fractions_without_base,
)


def _one_fraction(sheet: Sheet, rng: random.Random) -> None:
    row = rng.choice(sheet.rows)
    row[2] = f"{float(row[2]) / 100:.4g}"


fault("survey: one fraction among percentages", "staff_survey", "percent", _one_fraction)
fault("survey: decimal commas", "staff_survey", "percent", every("Percent", lambda t: t.replace(".", ",")))
fault(
    "survey: percentages with their base in brackets",
    "staff_survey",
    "percent",
    few("Percent", ("15.2 (32)", "12 of 60"), 0.3),
)
fault("survey: percentages above 100", "staff_survey", "percent", few("Percent", ("152", "1510"), 0.2))
fault("survey: with a percent sign", "staff_survey", "percent", every("Percent", lambda t: f"{t} %"))
fault("survey: bases in words", "staff_survey", "base", few("Base", ("about 200", "n/k"), 0.3))
fault(
    "survey: what a percentage counts in unknown words",
    "staff_survey",
    "measure",
    every("Measure", lambda t: "those who were spared"),
)


def _second_year(sheet: Sheet, rng: random.Random) -> None:
    sheet.rows = [*[[q, g, f"{float(p) + 3.1:.1f}", b, m] for q, g, p, b, m in sheet.rows], *sheet.rows]


fault("survey: last year's rows above this year's", "staff_survey", "percent", _second_year)

# --- headings
for _kind in ("esr_staff_list", "trac_applications", "training", "board"):
    FAULTS.append(
        Fault(
            f"{_kind}: headings run together", _kind, "", FEEDS[_kind],
            lambda body, rng, k=_kind: body.sheets[k].headings.__setitem__(slice(None), [h.replace(" ", "") for h in body.sheets[k].headings]),  # type: ignore[misc]
        )
    )  # fmt: skip
for _kind, _heading, _other, _column in (
    ("board", "Executive", "Exec/NED", "is_executive"), ("training", "Mandatory", "Obligation", "is_mandatory"),
    ("training", "Completion Date", "When", "completed"), ("trac_applications", "Shortlisted", "Selected", "shortlisted"),
    ("trac_applications", "Date Applied", "In on", "date_applied"), ("esr_staff_list", "Assignment Category", "Sort", "assignment_category"),
    ("esr_staff_list", "Assignment Status", "State now", "assignment_status"), ("esr_staff_list", "Termination Date", "Last day", "termination_date"),
    ("esr_staff_list", "Ethnic Origin", "Heritage", "ethnic_origin"), ("employee_relations", "Employee Number", "Who", "employee_number"),
    ("staff_survey", "Measure", "Sense", "measure"), ("board", "End", "Until then", "end"),
):  # fmt: skip
    fault(f"{_kind}: {_column} under an unknown heading", _kind, _column, renamed(_heading, _other))


def twice(heading: str, other: str, share_wrong: float, column: int | None = None) -> Spoil:
    """A second column of the same meaning: the first is blank (share 0), or the two contradict each other."""

    def spoil(sheet: Sheet, rng: random.Random) -> None:
        at = sheet.at(heading)
        wrong = set(some(sheet, rng, share_wrong)) if share_wrong else set()
        values = [row[at] for row in sheet.rows]
        sheet.headings.append(other)
        for n, row in enumerate(sheet.rows):
            row.append(row[at])
            if not share_wrong:
                row[at] = ""
            elif n in wrong:
                row[at] = rng.choice([v for v in values if v != row[at]] or values)

    return spoil


for _kind, _heading, _other, _column in (
    ("esr_staff_list", "Ethnic Origin", "Ethnic Origin", "ethnic_origin"), ("trac_applications", "Ethnic Origin", "Ethnicity", "ethnic_origin"),
    ("trac_applications", "Shortlisted", "Shortlisted?", "shortlisted"), ("training", "Completion Date", "Date Completed", "completed"),
    ("board", "Ethnic Origin", "Ethnic Group", "ethnic_origin"),
):  # fmt: skip
    fault(f"{_kind}: {_column} twice, the first blank", _kind, _column, twice(_heading, _other, 0))
    fault(f"{_kind}: {_column} twice, contradicting", _kind, _column, twice(_heading, _other, 0.2))

# --- labels
for _kind, _heading, _column, _texts in (
    ("esr_staff_list", "Ethnic Origin", "ethnic_origin", ("Klingon", "Half and half", "A1", "CZ", "Indian (A)")),
    ("trac_applications", "Ethnic Origin", "ethnic_origin", ("Klingon", "B2", "Monitoring form awaited")),
    ("board", "Ethnic Origin", "ethnic_origin", ("Klingon", "W1")),
    ("esr_staff_list", "Pay Scale", "pay_scale", ("Spot salary", "Band 8", "Non AfC Grade", "", "Pay Point 12")),
    ("esr_staff_list", "Staff Group", "staff_group", ("Wizards", "", "Group 7")),
    ("esr_staff_list", "Assignment Category", "assignment_category", ("NHSP Flexible Worker", "Cat 3")),
    ("esr_staff_list", "Assignment Status", "assignment_status", ("Leaver - Redundancy", "On a journey")),
    ("trac_applications", "Current Stage", "stage", ("Sifted out (auto)", "Stage 4")),
    ("employee_relations", "Case Type", "case_type", ("Fact-finding", "", "Type B")),
    ("staff_survey", "Ethnic Group", "ethnic_group", ("Group A", "Everyone else")),
    ("staff_survey", "Question", "question", ("HAB public", "Question about respect")),
):  # fmt: skip
    fault(f"{_kind}: unknown labels in {_column}", _kind, _column, few(_heading, _texts, 0.25))

CENSUS = {
    "A White - British": "White - English/Welsh/Scottish/Northern Irish/British", "B White - Irish": "White - Irish",
    "C White - Any other White background": "White - Any other White background", "H Asian or Asian British - Indian": "Asian/Asian British - Indian",
    "N Black or Black British - African": "Black/African/Caribbean/Black British - African", "R Chinese": "Asian/Asian British - Chinese",
    "G Mixed - Any other mixed background": "Mixed/Multiple ethnic groups - Any other Mixed/Multiple ethnic background",
    "Z Not Stated": "Other - Not Stated",
}  # fmt: skip
BRACKETS = {
    "A White - British": "British (A)", "B White - Irish": "Irish (B)", "C White - Any other White background": "Any other White background (C)",
    "H Asian or Asian British - Indian": "Indian (H)", "N Black or Black British - African": "African (N)", "R Chinese": "Chinese (R)",
    "G Mixed - Any other mixed background": "Any other mixed background (G)", "Z Not Stated": "Not Stated (Z)",
}  # fmt: skip
NUMBERS_1991 = {"A": "0", "B": "0", "C": "0", "H": "4", "N": "2", "R": "7", "G": "8", "Z": "9"}
NUMBERS_2001 = {"A": "1", "B": "2", "C": "3", "H": "8", "N": "13", "R": "15", "G": "7", "Z": "17"}
NUMBERS_SURVEY = {"A": "01", "B": "02", "C": "04", "H": "09", "N": "14", "R": "12", "G": "18", "Z": ""}
SELF_DEFINED = {"A": "W1", "B": "W2", "C": "W9", "H": "A1", "N": "B2", "R": "O1", "G": "M9", "Z": "NS"}
for _kind in ("esr_staff_list", "board"):
    fault(
        f"{_kind}: wording of the census",
        _kind,
        "ethnic_origin",
        every("Ethnic Origin", lambda t: CENSUS.get(t, t)),
    )
    fault(
        f"{_kind}: the code in brackets behind",
        _kind,
        "ethnic_origin",
        every("Ethnic Origin", lambda t: BRACKETS.get(t, t)),
    )
    fault(f"{_kind}: codes alone", _kind, "ethnic_origin", every("Ethnic Origin", lambda t: t[:1]))
    for _name, _list in (
        ("of 1991", NUMBERS_1991), ("after the census of 2001", NUMBERS_2001), ("of the staff survey", NUMBERS_SURVEY), ("of 16+1", SELF_DEFINED),
    ):  # fmt: skip
        fault(
            f"{_kind}: codes {_name}",
            _kind,
            "ethnic_origin",
            every("Ethnic Origin", lambda t, m=_list: m.get(t[:1], t)),
        )  # type: ignore[misc]


# --- what a sheet hides
def _hidden(sheet: Sheet, rng: random.Random) -> None:
    sheet.as_workbook = True
    sheet.hidden = set(some(sheet, rng, 0.3))


def _merged_ids(sheet: Sheet, rng: random.Random) -> None:
    sheet.as_workbook = True
    at = sheet.at("Employee Number")
    sheet.rows.sort(key=lambda row: row[at])
    start = 0
    for n in range(1, len(sheet.rows) + 1):
        if n == len(sheet.rows) or sheet.rows[n][at] != sheet.rows[start][at]:
            if n - start > 1:
                sheet.merged.append((start, n - 1, at))
            start = n


def _stops_early(heading: str) -> Spoil:
    """A value written once for several rows, the rest left blank."""

    def spoil(sheet: Sheet, rng: random.Random) -> None:
        at = sheet.at(heading)
        for n in range(1, len(sheet.rows)):
            if sheet.rows[n][at] == sheet.rows[n - 1][at] or n % 2:
                sheet.rows[n][at] = ""

    return spoil


fault("staff list: hidden rows", "esr_staff_list", "", _hidden)
fault("applications: hidden rows", "trac_applications", "", _hidden)
fault("training: numbers merged over rows", "training", "employee_number", _merged_ids)
fault("staff list: staff groups written once", "esr_staff_list", "staff_group", _stops_early("Staff Group"))


# --- TRAC delivered again
def _again(change: Callable[[str], str]) -> Callable[[Body, random.Random], None]:
    def apply(body: Body, rng: random.Random) -> None:
        sheet = body.sheets["trac_applications"]
        rows = [[change(row[0]), *row[1:]] for row in sheet.rows]
        body.sheets["trac_again"] = Sheet("trac_applications_2021-04-30", list(sheet.headings), rows)

    return apply


for _name, _change in (
    ("the same", lambda t: t), ("with lost zeros", lambda t: t.lstrip("0")), ("as 4000100.0", lambda t: f"{t}.0"),
    ("with numbers of another kind", lambda t: f"AR-{t}"),
):  # fmt: skip
    FAULTS.append(
        Fault(
            f"applications delivered again, ids {_name}",
            "trac_applications",
            "application_id",
            ("2",),
            _again(_change),
        )
    )


# --- own mappings, as Excel saves them
def _mapped(body: Body, rng: random.Random) -> None:
    at = body.sheets["esr_staff_list"].at("Ethnic Origin")
    for row in body.sheets["esr_staff_list"].rows:
        if row[at].startswith("B "):
            row[at] = "Gaélach"
    body.mappings["ethnic_labels.csv"] = "label;means;;\r\nGaélach;B;;\r\n;;;\r\n".encode("cp1252")


FAULTS.append(
    Fault("a mapping as Excel saves it", "esr_staff_list", "ethnic_origin", FEEDS["esr_staff_list"], _mapped)
)

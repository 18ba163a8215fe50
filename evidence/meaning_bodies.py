"""Generated bodies for the campaign of faults of meaning: seven extracts of invented people, and the figures they give.

The figures are counted here from the people themselves, not from the files and not by the pipeline.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

YEAR = 2021
START, END = date(2020, 4, 1), date(2021, 3, 31)
ESR = {
    "White": ("A White - British", "B White - Irish", "C White - Any other White background"),
    "BME": ("H Asian or Asian British - Indian", "N Black or Black British - African", "R Chinese", "G Mixed - Any other mixed background"),
    "Unknown": ("Z Not Stated", ""),
}  # fmt: skip
TRAC = {
    "White": ("WHITE - British", "WHITE - Irish"),
    "BME": (
        "ASIAN or ASIAN BRITISH - Indian",
        "BLACK or BLACK BRITISH - African",
        "OTHER ETHNIC GROUP - Chinese",
    ),
    "Unknown": ("Undisclosed",),
}
POSTS = (
    ("Nursing and Midwifery Registered", "NHS|XR05|Review Body Band 5", "clinical", "Band 5"),
    ("Allied Health Professionals", "NHS|XR06|Review Body Band 6", "clinical", "Band 6"),
    ("Administrative and Clerical", "NHS|XN04|Non Review Body Band 4", "non_clinical", "Band 4"),
    ("Administrative and Clerical", "NHS|XN08|Non Review Body Band 8 - Range A", "non_clinical", "Band 8a"),
    ("Medical and Dental", "NHS|YC72|Consultant", "medical_and_dental", "Consultants"),
)
GROUPS = ("White", "BME", "Unknown")

Key = tuple[str, str, str, str, str]
"""(indicator, measure, cluster, band, ethnic group)"""


@dataclass
class Sheet:
    """One extract: its file's stem, headings and rows of text. cells: what a workbook holds instead of the text, by row and
    column (`!` before an error, `%` before a number shown as a percentage, `=` before a formula without a value);
    hidden: rows not shown; as_workbook: written as xlsx."""

    stem: str
    headings: list[str]
    rows: list[list[str]]
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    as_workbook: bool = False
    encoding: str = "utf-8"

    def at(self, heading: str) -> int:
        return self.headings.index(heading)


@dataclass
class Body:
    """A body's extracts by kind, its mapping files, and the figures its people give."""

    code: str
    sheets: dict[str, Sheet]
    truth: dict[Key, float | None]
    mappings: dict[str, bytes] = field(default_factory=dict)


def _group(rng: random.Random) -> str:
    return rng.choices(GROUPS, (68, 24, 8))[0]


def _day(rng: random.Random, first: date = START, last: date = END) -> date:
    return first + timedelta(days=rng.randrange((last - first).days + 1))


@dataclass
class _Person:
    number: str
    group: str
    label: str
    post: tuple[str, str, str, str]
    counted: bool
    category: str
    status: str


def make(code: str, rng: random.Random) -> Body:
    """A clean body of 40 to 160 staff with everything a return needs."""
    style = rng.choice(("%d-%b-%Y", "%d/%m/%Y", "%Y-%m-%d"))

    def day(value: date) -> str:
        text = value.strftime(style)
        return text.upper() if "b" in style else text

    first = rng.choice((20_100_000, 1_500_000, 310_000))
    people = []
    for n in range(rng.randrange(40, 160)):
        group = _group(rng)
        category = rng.choices(("Permanent", "Fixed Term Temp", "Bank"), (85, 10, 5))[0]
        status = rng.choices(("Active Assignment", "Maternity & Adoption"), (95, 5))[0]
        people.append(
            _Person(f"{first + 7 * n:08d}", group, rng.choice(ESR[group]), rng.choice(POSTS), category != "Bank", category, status)
        )  # fmt: skip
    counted = [p for p in people if p.counted]
    truth: dict[Key, float | None] = {}
    sheets = {"esr_staff_list": _staff(people, rng, day)}
    _count(truth, "1", "headcount", ((p.post[2], p.post[3], p.group) for p in counted))
    for group in GROUPS:
        truth["1", "headcount", "", "", group] = sum(p.group == group for p in counted)
    sheets["training"], trained = _training(people, counted, rng, day)
    sheets["employee_relations"], entered = _cases(counted, rng, day)
    sheets["trac_applications"], shortlisted, appointed = _applications(rng, day)
    sheets["staff_survey"] = _survey(rng, truth)
    sheets["board"] = _board(rng, truth, day)
    for indicator, measure, of in (
        ("4", "accessed_training", trained), ("3", "entered_disciplinary", entered), ("2", "shortlisted", shortlisted),
        ("2", "appointed", appointed),
    ):  # fmt: skip
        for group in GROUPS:
            truth[indicator, measure, "", "", group] = of[group]
    return Body(code, sheets, truth)


def _count(
    truth: dict[Key, float | None], indicator: str, measure: str, places: Iterable[tuple[str, str, str]]
) -> None:
    for (cluster, band, group), people in Counter(places).items():
        truth[indicator, measure, cluster, band, group] = people


def _staff(people, rng, day) -> Sheet:  # type: ignore[no-untyped-def]
    headings = [
        "Employee Number", "Assignment Number", "Primary", "Ethnic Origin", "Staff Group", "Pay Scale",
        "Assignment Category", "Assignment Status", "FTE", "Latest Start Date", "Termination Date",
    ]  # fmt: skip
    rows = []
    for p in people:
        began = day(_day(rng, date(2001, 1, 1), date(2020, 12, 31)))
        rows.append(
            [p.number, p.number, "Y", p.label, p.post[0], p.post[1], p.category, p.status, "1.00", began, ""]
        )
        if rng.random() < 0.05:
            second = rng.choice(POSTS)
            rows.append(
                [
                    p.number,
                    f"{p.number}-2",
                    "N",
                    p.label,
                    second[0],
                    second[1],
                    p.category,
                    p.status,
                    "0.20",
                    began,
                    "",
                ]
            )
    for n in range(rng.randrange(0, 4)):
        gone = day(_day(rng, date(2020, 6, 1), date(2021, 3, 1)))
        number = f"{people[-1].number[:2]}9{n:05d}"
        rows.append(
            [number, number, "Y", "A White - British", POSTS[0][0], POSTS[0][1], "Permanent", "Terminate Assignment", "1.00", day(date(2015, 5, 20)), gone]
        )  # fmt: skip
    return Sheet("esr_staff_list_2021-03-31", headings, rows)


def _training(people, counted, rng, day):  # type: ignore[no-untyped-def]
    rows = []
    trained: Counter[str] = Counter()
    for p in people:
        if rng.random() < 0.35:
            rows.append(
                [p.number, rng.choice(("Leadership", "Mentoring", "Excel for managers")), "N", day(_day(rng))]
            )
            if p.counted:
                trained[p.group] += 1
        if rng.random() < 0.6:
            rows.append([p.number, "Fire Safety", "Y", day(_day(rng))])
        if rng.random() < 0.05:
            rows.append([p.number, "Coaching", "N", ""])
    rng.shuffle(rows)
    return (
        Sheet(
            "training_2021-03-31", ["Employee Number", "Course Name", "Mandatory", "Completion Date"], rows
        ),
        trained,
    )


def _cases(counted, rng, day):  # type: ignore[no-untyped-def]
    rows = []
    entered: Counter[str] = Counter()
    for n, p in enumerate(rng.sample(counted, min(len(counted), rng.randrange(5, 16)))):
        opened = _day(rng, START, date(2021, 2, 1))
        if rng.random() < 0.7:
            rows.append(
                [
                    f"ER{n}",
                    p.number,
                    "Disciplinary",
                    day(opened),
                    day(opened + timedelta(days=20)),
                    "Closed",
                    "",
                    "",
                ]
            )
            entered[p.group] += 1
        else:
            rows.append([f"ER{n}", p.number, "Grievance", day(opened), "", "Closed", "", ""])
    headings = [
        "Case Reference", "Employee Number", "Case Type", "Date Opened", "Formal Investigation Start", "Stage", "Outcome", "Ethnic Origin",
    ]  # fmt: skip
    return Sheet("employee_relations_2021-03-31", headings, rows), entered


def _applications(rng, day):  # type: ignore[no-untyped-def]
    rows = []
    shortlisted: Counter[str] = Counter()
    appointed: Counter[str] = Counter()
    for n in range(rng.randrange(60, 180)):
        group = _group(rng)
        in_year = rng.random() < 0.9
        applied = _day(rng) if in_year else _day(rng, date(2020, 2, 1), date(2020, 3, 31))
        reached = rng.choices((0, 1, 2), (50, 33, 17))[0]
        stage = ("Shortlisting: Rejected", "Outcome", "Starting")[reached]
        flags = ["Y" if reached >= 1 else "N", "Y" if reached >= 1 else "N", "Y" if reached == 2 else "N"]
        rows.append(
            [
                f"{4_000_100 + n:09d}",
                f"777-{n // 9:04d}",
                day(applied),
                stage,
                *flags,
                rng.choice(TRAC[group]),
            ]
        )
        if in_year and reached:
            shortlisted[group] += 1
            appointed[group] += reached == 2
    headings = [
        "Application ID", "Vacancy Reference", "Date Applied", "Current Stage", "Shortlisted", "Interviewed", "Appointed", "Ethnic Origin",
    ]  # fmt: skip
    return Sheet("trac_applications_2021-03-31", headings, rows), shortlisted, appointed


def _survey(rng, truth) -> Sheet:  # type: ignore[no-untyped-def]
    rows = []
    asked = (
        ("5", "Q13a", 15, 35),
        ("", "Q13b", 8, 20),
        ("", "Q13c", 10, 25),
        ("7", "Q14", 55, 90),
        ("8", "Q15b", 4, 20),
    )
    for indicator, question, low, high in asked:
        for label, group, least in (("White staff", "White", 120), ("All other ethnic groups", "BME", 35)):
            base = rng.randrange(least, 4 * least)
            percent = round(100 * round(base * rng.uniform(low, high) / 100) / base, 1)
            rows.append(
                [
                    question,
                    label,
                    f"{percent}",
                    str(base),
                    "yes" if question in ("Q14", "Q15b") else "experienced",
                ]
            )
            if indicator:
                truth[indicator, "percentage", "", "", group] = percent
    return Sheet("staff_survey_2020", ["Question", "Ethnic Group", "Percent", "Base", "Measure"], rows)


def _board(rng, truth, day) -> Sheet:  # type: ignore[no-untyped-def]
    rows = []
    count: Counter[tuple[str, str]] = Counter()
    for n in range(rng.randrange(8, 15)):
        group = _group(rng)
        votes, executive = rng.random() < 0.8, rng.random() < 0.5
        role = "Director" if executive else "Non-Executive Director"
        rows.append(
            [
                f"B{n:02d}",
                role,
                "Y" if votes else "N",
                "Y" if executive else "N",
                day(date(2017, 5, 20)),
                "",
                rng.choice(ESR[group]),
            ]
        )
        for band in (
            "board",
            "voting" if votes else "non_voting",
            "executive" if executive else "non_executive",
        ):
            count[band, group] += 1
    for n in range(rng.randrange(0, 2)):
        rows.append(
            [f"X{n}", "Director", "Y", "Y", day(date(2015, 5, 20)), day(date(2019, 6, 30)), ESR["White"][0]]
        )
    for band in ("board", "voting", "non_voting", "executive", "non_executive"):
        for group in GROUPS:
            truth["9", "headcount", "", band, group] = count[band, group]
    headings = ["Member ID", "Role", "Voting", "Executive", "Start", "End", "Ethnic Origin"]
    return Sheet("board_2021-03-31", headings, rows)

"""Headcount: a person is counted once, by the primary assignment, on 31 March; every exclusion has its reason.

Each case is one person's rows of a staff list, landed from a CSV and made canonical as any delivery is. Written in the
table: what differs from an ordinary row (Band 5 nurse, permanent, active, full time, primary). Source: standard.md,
"Headcount" [ours, after national workforce statistics practice].
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.reference.local import LocalMappings

ORDINARY = {
    "Primary": "Y",
    "Ethnic Origin": "A White - British",
    "Staff Group": "Nursing and Midwifery Registered",
    "Pay Scale": "NHS|XR05|Review Body Band 5",
    "Assignment Category": "Permanent",
    "Assignment Status": "Active Assignment",
    "FTE": "1.00",
    "Payroll": "X01 Monthly",
    "Latest Start Date": "01-JUN-2015",
    "Termination Date": "",
}
BAND = {number: f"NHS|XR0{number}|Review Body Band {number}" for number in range(2, 8)}
SNAPSHOT = "2021-03-31"


def post(**differs: str) -> dict[str, str]:
    words = {
        "primary": "Primary", "scale": "Pay Scale", "category": "Assignment Category", "status": "Assignment Status",
        "fte": "FTE", "payroll": "Payroll", "hired": "Latest Start Date", "left": "Termination Date",
        "ethnicity": "Ethnic Origin",
    }  # fmt: skip
    return {**ORDINARY, **{words[key]: value for key, value in differs.items()}}


@dataclass(frozen=True)
class Case:
    """`band`: the band the person is counted in; "" when not counted. `reasons`: of each row, in the order written."""

    words: str
    rows: tuple[dict[str, str], ...]
    band: str
    reasons: tuple[str, ...]


SECOND = "second assignment"
CASES = (
    # one assignment
    Case("an ordinary person", (post(),), "Band 5", ("",)),
    Case("a person without a primary flag", (post(primary=""),), "Band 5", ("",)),
    Case("a person marked as not primary", (post(primary="N"),), "Band 5", ("",)),
    Case("a person of unreadable hours", (post(fte="full time"),), "Band 5", ("",)),
    Case("a fixed-term contract", (post(category="Fixed Term Temp"),), "Band 5", ("",)),
    Case("a category nobody knows", (post(category="Something new"),), "Band 5", ("",)),
    # several assignments
    Case(
        "two posts, the primary with fewer hours",
        (post(fte="0.40", scale=BAND[6]), post(primary="N", fte="0.60", scale=BAND[4])),
        "Band 6",
        ("", SECOND),
    ),
    Case(
        "two posts, the primary written second",
        (post(primary="N", fte="0.60", scale=BAND[4]), post(fte="0.40", scale=BAND[6])),
        "Band 6",
        (SECOND, ""),
    ),
    Case(
        "two primaries: the one with the most hours",
        (post(fte="0.40", scale=BAND[6]), post(fte="0.60", scale=BAND[4])),
        "Band 4",
        (SECOND, ""),
    ),
    Case(
        "two primaries of equal hours: the lower assignment number",
        (post(fte="0.50", scale=BAND[6]), post(fte="0.50", scale=BAND[4])),
        "Band 6",
        ("", SECOND),
    ),
    Case(
        "two primaries, one without hours",
        (post(fte="", scale=BAND[6]), post(fte="0.10", scale=BAND[4])),
        "Band 4",
        (SECOND, ""),
    ),
    Case(
        "no primary: the one with the most hours",
        (post(primary="N", fte="0.40", scale=BAND[6]), post(primary="N", fte="0.60", scale=BAND[4])),
        "Band 4",
        (SECOND, ""),
    ),
    Case(
        "five posts",
        (
            post(primary="N", fte="0.10", scale=BAND[2]),
            post(primary="N", fte="0.10", scale=BAND[3]),
            post(primary="N", fte="0.30", scale=BAND[4]),
            post(primary="Y", fte="0.20", scale=BAND[7]),
            post(primary="N", fte="0.30", scale=BAND[6]),
        ),
        "Band 7",
        (SECOND, SECOND, SECOND, "", SECOND),
    ),
    # contracts outside the substantive workforce
    Case("bank only", (post(category="Bank"),), "", ("bank",)),
    Case("an honorary contract only", (post(category="Honorary"),), "", ("honorary",)),
    Case("a non-executive director", (post(category="Non-Exec Director/Chair"),), "", ("non-executive",)),
    Case("an agency worker", (post(category="Agency Worker"),), "", ("not staff",)),
    Case("somebody seconded in from another body", (post(category="Secondment In"),), "", ("not staff",)),
    Case(
        "a substantive post beside a primary bank post",
        (post(category="Bank", fte="1.00", scale=BAND[2]), post(primary="N", fte="0.20", scale=BAND[6])),
        "Band 6",
        ("bank", ""),
    ),
    Case(
        "a bank post beside an honorary one: named by the primary",
        (post(category="Honorary", primary="Y"), post(category="Bank", primary="N")),
        "",
        ("honorary", "bank"),
    ),
    # hosted on another payroll
    Case("hosted, by the payroll's name", (post(payroll="Hosted - Partnership"),), "", ("hosted on another payroll",)),
    Case("hosted, by the organisation's list", (post(payroll="STP Weekly"),), "", ("hosted on another payroll",)),
    Case("own, against the name, by the list", (post(payroll="Hosted Estates"),), "Band 5", ("",)),
    Case("no payroll named", (post(payroll=""),), "Band 5", ("",)),
    # leavers and starters
    Case("left, by the status", (post(status="Terminate Assignment"),), "", ("leaver",)),
    Case("left the day before", (post(left="30-MAR-2021"),), "", ("leaver",)),
    Case("leaves on the day itself", (post(left="31-MAR-2021"),), "Band 5", ("",)),
    Case("leaves later", (post(left="30-APR-2021"),), "Band 5", ("",)),
    Case("starts on the day itself", (post(hired="31-MAR-2021"),), "Band 5", ("",)),
    Case("starts the day after", (post(hired="01-APR-2021"),), "", ("not yet started",)),
    Case(
        "left one post, holds another",
        (post(left="28-FEB-2021", scale=BAND[4]), post(primary="N", scale=BAND[6])),
        "Band 6",
        ("leaver", ""),
    ),
    Case("a bank worker who has left", (post(category="Bank", left="28-FEB-2021"),), "", ("bank",)),
    # away, and inside
    Case("on maternity leave", (post(status="Maternity & Adoption"),), "Band 5", ("",)),
    Case("on a career break", (post(status="Career Break", fte="0.00"),), "Band 5", ("",)),
    Case("seconded out", (post(status="Out on External Secondment - Unpaid"),), "Band 5", ("",)),
    Case("on an internal secondment", (post(status="Internal Secondment"),), "Band 5", ("",)),
    Case("suspended", (post(status="Suspend No Pay"),), "Band 5", ("",)),
    Case("a status nobody knows", (post(status="Something new"),), "Band 5", ("",)),
)  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """What stands in core: `reasons` of a person's rows in file order; `people`: (counted, band, reason) rows."""

    con: duckdb.DuckDBPyConnection

    def reasons(self, number: str) -> tuple[str, ...]:
        rows = self.con.execute(
            "SELECT exclusion_reason FROM core_assignments WHERE employee_number = ? AND organisation_code = 'X01' "
            "ORDER BY row_number",
            [number],
        ).fetchall()
        return tuple(row[0] for row in rows)

    def people(self, number: str, organisation: str = "X01") -> list[tuple[bool, str, str]]:
        return self.con.execute(
            "SELECT counted, band, exclusion_reason FROM core_workforce WHERE employee_number = ? "
            "AND organisation_code = ?",
            [number, organisation],
        ).fetchall()


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ["Employee Number", "Assignment Number", *ORDINARY])
        writer.writeheader()
        writer.writerows(rows)


def number_of(case: Case) -> str:
    return f"{CASES.index(case):08d}"


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    place = tmp_path_factory.mktemp("who_is_counted")
    rows = [
        {"Employee Number": number_of(case), "Assignment Number": f"{number_of(case)}-{n}", **row}
        for case in CASES
        for n, row in enumerate(case.rows, start=1)
    ]
    twice = {"Employee Number": "T1", "Assignment Number": "T1", **post()}
    nobody = {"Employee Number": "", "Assignment Number": "N1", **post()}
    _write(place / "X01" / f"esr_staff_list_{SNAPSHOT}.csv", [*rows, twice, dict(twice), nobody])
    _write(place / "X02" / f"esr_staff_list_{SNAPSHOT}.csv", rows[:1])
    own = LocalMappings(payrolls={"stp weekly": "hosted", "hosted estates": "own"})
    with duckdb.connect(":memory:") as con:
        landing.land_folder(con, place, None, now=datetime(2021, 4, 6), mappings=own)
        core.build(con, core.CORE_TABLES, ["X01", "X02"], {"X01": own})
        yield Counted(con)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.words.replace(" ", "-"))
def test_a_person_is_counted_once_by_the_primary_assignment_or_not_for_a_reason(
    counted: Counted, case: Case
) -> None:
    [(is_counted, band, reason)] = counted.people(number_of(case))
    assert counted.reasons(number_of(case)) == case.reasons
    assert (is_counted, band if is_counted else "") == (case.band != "", case.band)
    assert (reason == "") == is_counted and reason in {*case.reasons, ""}


def test_a_person_counts_in_each_organisation_that_employs_them(counted: Counted) -> None:
    number = number_of(CASES[0])
    assert counted.people(number, "X01") == counted.people(number, "X02") == [(True, "Band 5", "")]


def test_the_same_row_twice_is_one_assignment(counted: Counted) -> None:
    assert counted.people("T1") == [(True, "Band 5", "")]
    assert counted.reasons("T1") == ("",)


def test_a_row_without_a_person_is_counted_for_nobody(counted: Counted) -> None:
    aside = counted.con.execute(
        "SELECT column_name, reason FROM quarantine WHERE column_name = 'employee_number'"
    )
    assert len(aside.fetchall()) == 1
    assert counted.people("") == []


def test_every_exclusion_is_counted_by_reason_and_everybody_is_in_or_out(counted: Counted) -> None:
    found = dict(
        counted.con.execute(
            "SELECT exclusion_reason, count(*) FROM core_workforce WHERE organisation_code = 'X01' GROUP BY ALL"
        ).fetchall()
    )
    wanted: dict[str, int] = {"": 1}  # the person whose row stands twice
    for case in CASES:
        reason = "" if case.band else next(filter(None, case.reasons))
        wanted[reason] = wanted.get(reason, 0) + 1
    assert found == wanted
    assert sum(found.values()) == len(CASES) + 1

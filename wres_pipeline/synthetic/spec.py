"""What an invented organisation is like: everything that is drawn follows from one `OrganisationSpec` and
its seed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

KINDS_OF_EXTRACT = (
    "esr_staff_list",
    "trac_applications",
    "employee_relations",
    "training",
    "appraisals",
    "staff_survey",
    "board",
)


@dataclass(frozen=True, slots=True)
class OrganisationSpec:
    """An organisation to invent. Shares are 0 to 1; rates are per year; people are counted at the first
    snapshot.

    `formats` says which kinds of extract are workbooks ('xlsx'); the rest are CSV. Where `trac_deletes`,
    TRAC holds an application 400 days, or 200 days after the start; else everything.

    `years` are reporting years (snapshot 31 March). `monthly_from` adds month-end staff lists from that
    month on. `break_month` is the first month in which TRAC no longer hands ethnicity to ESR (None: it
    never stops). `clusters` limits the posts; `missing` names kinds of extract that are never delivered.
    """

    code: str
    name: str
    kind: str = "trust"
    seed: int = 1
    staff: int = 1000
    years: tuple[int, ...] = (2021,)
    monthly_from: date | None = None
    bme_share: float = 0.26
    bme_share_hired: float = 0.31
    bme_share_applicants: float = 0.42
    undeclared: float = 0.06
    unmapped: int = 0
    turnover: float = 0.11
    applications_per_year: int = 2000
    nobody_shortlisted: bool = False
    trac_deletes: bool = True
    break_month: date | None = None
    arrival_before: float = 0.94
    arrival_after: float = 0.08
    bank: int = 0
    honorary: int = 0
    non_executives: int = 6
    hosted: int = 0
    second_assignments: float = 0.03
    two_primaries: float = 0.003
    no_primary: float = 0.003
    five_assignments: int = 0
    cases_per_year: float = 8.0
    bme_case_factor: float = 1.6
    mandatory_courses: int = 1
    training_white: float = 0.42
    training_bme: float = 0.36
    survey: str = "tidy"
    response: float = 0.46
    board: int = 14
    board_bme: int = 1
    shortlisted_as_date: bool = False
    clusters: tuple[str, ...] = ("non_clinical", "clinical", "medical_and_dental")
    missing: tuple[str, ...] = ()
    provider_returns: bool = False
    action_plan: bool = False
    formats: dict[str, str] = field(default_factory=dict)

    @property
    def first_day(self) -> date:
        """The first day of the period of the first reporting year."""
        return date(self.years[0] - 1, 4, 1)

    @property
    def last_day(self) -> date:
        """The last snapshot."""
        return date(self.years[-1], 3, 31)

    @property
    def snapshots(self) -> tuple[date, ...]:
        """The dates of the staff lists, in order."""
        yearly = {date(year, 3, 31) for year in self.years}
        monthly: set[date] = set()
        if self.monthly_from is not None:
            month = self.monthly_from.replace(day=1)
            while month <= self.last_day:
                following = (month + timedelta(days=32)).replace(day=1)
                monthly.add(following - timedelta(days=1))
                month = following
        return tuple(sorted(yearly | monthly))

    @property
    def trac_dates(self) -> tuple[date, ...]:
        """The dates TRAC is read at: half-yearly where TRAC deletes what is older, else yearly."""
        yearly = tuple(date(year, 3, 31) for year in self.years)
        if not self.trac_deletes:
            return yearly
        return tuple(sorted({date(year - 1, 9, 30) for year in self.years} | set(yearly)))


TAMAR = OrganisationSpec(
    code="X01",
    name="NHS Tamar and Moor Clinical Commissioning Group",
    kind="ccg",
    staff=302,
    years=(2019, 2020, 2021),
    monthly_from=date(2020, 10, 1),
    bme_share=0.0166,
    bme_share_hired=0.02,
    bme_share_applicants=0.09,
    undeclared=0.075,
    turnover=0.15,
    applications_per_year=1500,
    break_month=date(2020, 11, 1),
    bank=4,
    honorary=2,
    non_executives=7,
    hosted=12,
    second_assignments=0.03,
    two_primaries=0.007,
    no_primary=0.007,
    five_assignments=1,
    cases_per_year=2.0,
    bme_case_factor=2.0,
    mandatory_courses=2,
    training_bme=0.4,
    response=0.71,
    provider_returns=True,
    action_plan=True,
    formats={"trac_applications": "xlsx", "employee_relations": "xlsx", "staff_survey": "xlsx"},
)
CARRICK = OrganisationSpec(
    code="XTR",
    name="Carrick Bay Hospitals NHS Trust",
    kind="trust",
    staff=2930,
    years=(2020, 2021),
    undeclared=0.045,
    unmapped=5,
    turnover=0.09,
    applications_per_year=4600,
    break_month=date(2020, 11, 1),
    bank=130,
    honorary=24,
    hosted=18,
    second_assignments=0.03,
    five_assignments=1,
    cases_per_year=34.0,
    survey="respondents",
    board=15,
    board_bme=2,
    shortlisted_as_date=True,
    formats={
        "esr_staff_list": "xlsx",
        "trac_applications": "xlsx",
        "employee_relations": "xlsx",
        "staff_survey": "xlsx",
    },
)
ACUTE = OrganisationSpec(
    code="XAC",
    name="Great Western Moor University Hospitals NHS Trust",
    staff=12_000,
    unmapped=8,
    turnover=0.10,
    applications_per_year=50_000,
    trac_deletes=False,
    break_month=date(2020, 11, 1),
    bank=900,
    honorary=120,
    hosted=60,
    five_assignments=2,
    cases_per_year=120.0,
    survey="respondents",
    board=16,
    board_bme=3,
    shortlisted_as_date=True,
)
FIVE_YEARS = (2022, 2023, 2024, 2025, 2026)
TEACHING = (
    replace(
        CARRICK, years=FIVE_YEARS, staff=900, applications_per_year=1500, bank=40, honorary=8, hosted=6, cases_per_year=12.0,
        break_month=date(2025, 11, 1), monthly_from=date(2025, 10, 1),
    ),
    replace(
        TAMAR, code="XIC", name="NHS Tamar and Moor Integrated Care Board", kind="icb", years=FIVE_YEARS, bme_share=0.12,
        bme_share_hired=0.15, bme_share_applicants=0.24, break_month=date(2025, 11, 1), monthly_from=date(2025, 10, 1),
    ),
)  # fmt: skip
"""A trust and the care board that commissions from it, over five years to the present one."""

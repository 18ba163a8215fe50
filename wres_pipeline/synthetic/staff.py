"""The careers of an invented organisation's people: who is in post when, in what post, and what ESR holds
on ethnicity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wres_pipeline.synthetic import catalogue, people
from wres_pipeline.synthetic.catalogue import Indexes, Texts
from wres_pipeline.synthetic.people import Dates, People, Random
from wres_pipeline.synthetic.spec import OrganisationSpec

Mask = npt.NDArray[np.bool_]

SUBSTANTIVE, FIXED_TERM, BANK, HONORARY, NON_EXECUTIVE, HOSTED = range(6)
CATEGORY_LABELS = catalogue.texts(
    ["Permanent", "Fixed Term Temp", "Bank", "Honorary", "Non-Exec Director/Chair", "Permanent"]
)
EXCLUSIONS = catalogue.texts(["", "", "bank", "honorary", "non-executive", "hosted on another payroll"])
FIRST_PRIMARY, SECOND_PRIMARY, BOTH_PRIMARY, NONE_PRIMARY = range(4)
STATUSES = (
    ("Active Assignment", 0.945),
    ("Maternity & Adoption", 0.024),
    ("Career Break", 0.007),
    ("Out on External Secondment - Paid", 0.007),
    ("Acting Up", 0.008),
    ("Internal Secondment", 0.009),
)
UNKNOWN_KINDS = (("Z", 0.58), ("BL", 0.24), ("UN", 0.12), ("99", 0.06))
LOST_KINDS = (("BL", 0.78), ("UN", 0.07), ("Z", 0.15))
UNDISCLOSED_KINDS = (("Z", 0.7), ("BL", 0.3))
NEVER = np.datetime64("NaT", "D")
DAYS_A_YEAR = 365.25
LISTED_AFTER_LEAVING = np.timedelta64(30, "D")
LATEST_START = np.timedelta64(75, "D")


@dataclass(slots=True)
class Staff:
    """One element a person. Positions in `recorded`, `trac_said` are of `catalogue.ethnicities()`, in
    `post` of `posts()`.

    Until `changed_on` ESR holds `recorded`, from then on `recorded_later`; until `promoted_on` the person
    has `post`, then `later_post`. `trac_said` is what a starter declared when applying (-1: not recruited
    through TRAC).
    """

    people: People
    employee_number: Texts
    category: Indexes
    post: Indexes
    later_post: Indexes
    promoted_on: Dates
    hired: Dates
    left: Dates
    recorded: Indexes
    recorded_later: Indexes
    changed_on: Dates
    trac_said: Indexes
    status: Indexes
    fte: npt.NDArray[np.float64]
    assignments: Indexes
    primary: Indexes
    second_post: Indexes
    second_bank: Mask

    def __len__(self) -> int:
        return len(self.employee_number)

    def listed_at(self, day: np.datetime64) -> Indexes:
        """The people on the staff list of a day: in post, or left within the last month."""
        return np.flatnonzero((self.hired <= day) & ~(self.left < day - LISTED_AFTER_LEAVING))

    def recorded_at(self, who: Indexes, day: np.datetime64) -> Indexes:
        """What ESR holds on a day."""
        return np.where(self.changed_on[who] <= day, self.recorded_later[who], self.recorded[who])

    def post_at(self, who: Indexes, day: np.datetime64) -> Indexes:
        """The post of the first assignment on a day."""
        return np.where(self.promoted_on[who] <= day, self.later_post[who], self.post[who])

    def counted_post_at(self, who: Indexes, day: np.datetime64) -> Indexes:
        """The post by which the person is counted: the primary assignment's."""
        return np.where(self.primary[who] == SECOND_PRIMARY, self.second_post[who], self.post_at(who, day))

    def exclusion_at(self, who: Indexes, day: np.datetime64) -> Texts:
        """Why a listed person is outside the substantive workforce; empty when inside."""
        reason = EXCLUSIONS[self.category[who]].copy()
        reason[(reason == "") & (self.left[who] < day)] = "leaver"
        return reason


def pick(rng: Random, kinds: tuple[tuple[str, float], ...], n: int) -> Indexes:
    """Positions of ethnicity labels drawn with these shares."""
    labels = catalogue.ethnicities()
    return rng.choice([labels.index(code) for code, _ in kinds], n, p=[share for _, share in kinds])


def draw_ethnicity(rng: Random, kind: str, bme: Mask, *, plain: bool = False) -> Indexes:
    """A declared ethnicity for each person, given whether they are BME; `plain` leaves out codes of two
    characters.
    """
    labels = catalogue.ethnicities()
    made = np.empty(len(bme), dtype=np.int64)
    for group, here in (("White", ~bme), ("BME", bme)):
        places = labels.of_group(group)
        if plain:
            places = places[[len(code) == 1 for code in labels.code[places]]]
        weights = labels.weights[kind][places]
        made[here] = rng.choice(places, int(here.sum()), p=weights / weights.sum())
    return made


def simulate(rng: Random, spec: OrganisationSpec) -> Staff:
    """Everybody who is in post, or starts, between the first and the last day of the spec's years."""
    first, last = np.datetime64(spec.first_day, "D"), np.datetime64(spec.last_day, "D")
    years = float((last + LATEST_START - first).astype(np.int64)) / DAYS_A_YEAR
    starters = round(spec.staff * spec.turnover * years)
    others = {
        BANK: spec.bank,
        HONORARY: spec.honorary,
        NON_EXECUTIVE: spec.non_executives,
        HOSTED: spec.hosted,
    }
    category = np.concatenate(
        [
            np.where(rng.random(spec.staff + starters) < 0.06, FIXED_TERM, SUBSTANTIVE),
            np.repeat(list(others), list(others.values())),
        ]
    )
    n = len(category)
    starter = np.zeros(n, dtype=bool)
    starter[spec.staff : spec.staff + starters] = True
    post = _posts(rng, spec, n)
    ethnicity = _ethnicity(rng, spec, post, starter)
    hired = first - (30 + rng.exponential(6.5 * DAYS_A_YEAR, n).clip(0, 32 * DAYS_A_YEAR)).astype(
        "timedelta64[D]"
    )
    span = int((last + LATEST_START - first).astype(np.int64))
    hired[starter] = first + np.sort(rng.integers(0, span, starters)).astype("timedelta64[D]")
    left = _leaving(rng, spec, hired, category, first, last)
    recorded, later, changed_on = _recorded(rng, spec, ethnicity, first, last)
    trac_said = np.full(n, -1, dtype=np.int64)
    through_trac = np.flatnonzero(starter & (rng.random(n) < 0.96))
    _arrivals(rng, spec, through_trac, ethnicity, hired, recorded, changed_on, trac_said)
    assignments, primary = _assignments(rng, spec, n)
    catalogue_posts = catalogue.posts()
    return Staff(
        people=people.make(rng, ethnicity, today=first, districts=_districts(spec)),
        employee_number=_employee_numbers(rng, n),
        category=category,
        post=post,
        later_post=catalogue_posts.promoted_to[post],
        promoted_on=np.full(n, NEVER),
        hired=hired,
        left=left,
        recorded=recorded,
        recorded_later=later,
        changed_on=changed_on,
        trac_said=trac_said,
        status=rng.choice(len(STATUSES), n, p=[share for _, share in STATUSES]),
        fte=np.where(rng.random(n) < 0.62, 1.0, rng.choice([0.5, 0.53, 0.6, 0.8, 0.9], n)),
        assignments=assignments,
        primary=primary,
        second_post=np.where(rng.random(n) < 0.5, post, _posts(rng, spec, n)),
        second_bank=(rng.random(n) < 0.3) & (primary == FIRST_PRIMARY),
    )


def _districts(spec: OrganisationSpec) -> tuple[int, int]:
    start = spec.seed * 17 % 80 + 1
    return start, start + 18


def _posts(rng: Random, spec: OrganisationSpec, n: int) -> Indexes:
    posts = catalogue.posts()
    weights = np.where(np.isin(posts.cluster.astype(str), spec.clusters), posts.weights[spec.kind], 0.0)
    if not weights.any():
        weights = np.isin(posts.cluster.astype(str), spec.clusters).astype(float)
    return rng.choice(len(weights), n, p=weights / weights.sum())


def _ethnicity(rng: Random, spec: OrganisationSpec, post: Indexes, starter: Mask) -> Indexes:
    tilt = catalogue.posts().bme_tilt[post]
    bme = np.zeros(len(post), dtype=bool)
    for members, share in ((~starter, spec.bme_share), (starter, spec.bme_share_hired)):
        places = np.flatnonzero(members)
        count = min(round(share * len(places)), len(places))
        if count:
            bme[rng.choice(places, count, replace=False, p=tilt[places] / tilt[places].sum())] = True
    made = draw_ethnicity(rng, spec.kind, bme)
    made[starter] = draw_ethnicity(rng, spec.kind, bme[starter], plain=True)
    return made


def _leaving(
    rng: Random,
    spec: OrganisationSpec,
    hired: Dates,
    category: Indexes,
    first: np.datetime64,
    last: np.datetime64,
) -> Dates:
    n = len(hired)
    if spec.turnover == 0:
        return np.full(n, NEVER)
    stay = (45 + rng.exponential(DAYS_A_YEAR / spec.turnover, n)).clip(0, 20_000).astype("timedelta64[D]")
    left = np.maximum(hired, first) + stay
    return np.where((left > last + np.timedelta64(120, "D")) | (category > BANK), NEVER, left)


def _recorded(
    rng: Random, spec: OrganisationSpec, ethnicity: Indexes, first: np.datetime64, last: np.datetime64
) -> tuple[Indexes, Indexes, Dates]:
    n = len(ethnicity)
    unknown = rng.random(n) < spec.undeclared
    recorded = np.where(unknown, pick(rng, UNKNOWN_KINDS, n), ethnicity)
    if spec.unmapped:
        recorded[rng.choice(n, min(spec.unmapped, n), replace=False)] = catalogue.ethnicities().index("XX")
    span = max(int((last - first).astype(np.int64)), 1)
    changes = rng.random(n) < np.where(unknown, 0.10, 0.003) * span / DAYS_A_YEAR
    later = np.where(unknown, ethnicity, catalogue.ethnicities().index("BL"))
    changed_on = np.where(changes, first + rng.integers(20, span + 20, n).astype("timedelta64[D]"), NEVER)
    return recorded, later, changed_on


def _arrivals(
    rng: Random, spec: OrganisationSpec, who: Indexes, ethnicity: Indexes, hired: Dates, recorded: Indexes,
    changed_on: Dates, trac_said: Indexes,
) -> None:  # fmt: skip
    """What starters declared in TRAC, and what of it arrived in ESR."""
    n = len(who)
    undisclosed = rng.random(n) < 0.05
    trac_said[who] = np.where(undisclosed, catalogue.ethnicities().index("Z"), ethnicity[who])
    after = (
        np.zeros(n, dtype=bool)
        if spec.break_month is None
        else hired[who] >= np.datetime64(spec.break_month, "D")
    )
    arrives = rng.random(n) < np.where(after, spec.arrival_after, spec.arrival_before)
    kept = np.where(arrives, _nearly(rng, spec, ethnicity[who]), pick(rng, LOST_KINDS, n))
    recorded[who] = np.where(undisclosed, pick(rng, UNDISCLOSED_KINDS, n), kept)
    changed_on[who] = NEVER


def _nearly(rng: Random, spec: OrganisationSpec, declared: Indexes) -> Indexes:
    """The declared ethnicity, except for few: another category of the same WRES group, or of the other
    group.
    """
    bme = catalogue.ethnicities().wres_group[declared] == "BME"
    draw = rng.random(len(declared))
    same_group = draw_ethnicity(rng, spec.kind, bme, plain=True)
    other_group = draw_ethnicity(rng, spec.kind, ~bme, plain=True)
    return np.where(draw < 0.03, same_group, np.where(draw > 0.98, other_group, declared))


def _assignments(rng: Random, spec: OrganisationSpec, n: int) -> tuple[Indexes, Indexes]:
    count = np.where(rng.random(n) < spec.second_assignments, 2, 1)
    primary = np.where((count == 2) & (rng.random(n) < 0.2), SECOND_PRIMARY, FIRST_PRIMARY)
    draw = rng.random(n)
    primary[draw < spec.two_primaries] = BOTH_PRIMARY
    primary[draw > 1 - spec.no_primary] = NONE_PRIMARY
    count[primary != FIRST_PRIMARY] = 2
    five = rng.permutation(spec.staff)[: spec.five_assignments]
    count[five], primary[five] = 5, FIRST_PRIMARY
    return count, primary


def _employee_numbers(rng: Random, n: int) -> Texts:
    numbers = rng.permutation(n) * 7 + np.where(rng.random(n) < 0.03, 1_200_000, 20_000_000)
    return catalogue.texts([f"{number:08d}" for number in numbers.tolist()])

"""The nine indicators and the race disparity ratios a second time, in plain Python, from the standard's
rules alone.

Written from `standard.md` over the truth files of invented organisations; it shares no code with the
pipeline, so that both making one mistake is unlikely. Slow and obvious on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tests.oracle.truth_files import Row, Truth, day

AFC = [
    "Under Band 1",
    "Band 1",
    "Band 2",
    "Band 3",
    "Band 4",
    "Band 5",
    "Band 6",
    "Band 7",
    "Band 8a",
    "Band 8b",
    "Band 8c",
    "Band 8d",
    "Band 9",
    "VSM",
]
MEDICAL = ["Consultants", "Non-consultant career grade", "Trainee grades", "Other"]
SENIOR = "of which Senior medical manager"
LOWER, MIDDLE, UPPER = AFC[:6], AFC[6:8], AFC[8:]
LISTS = {"non_clinical": AFC, "clinical": AFC, "medical_and_dental": [*MEDICAL, SENIOR]}
KNOWN = ("White", "BME", "Unknown")
OUTSIDE_THE_WORKFORCE = ("bank", "honorary", "non-executive", "hosted on another payroll")
QUESTIONS = {
    "5": {"old": ["Q13a"], "new": ["Q14a"]},
    "6": {"old": ["Q13b", "Q13c"], "new": ["Q14b", "Q14c"]},
    "7": {"old": ["Q14"], "new": ["Q15"]},
    "8": {"old": ["Q15b"], "new": ["Q16b"]},
}

Key = tuple[str, str, str, str, str]
"""Indicator, measure, cluster, band, ethnic group."""


@dataclass(frozen=True)
class Answer:
    """What a figure must be. Numerator and denominator are None where the figure has none."""

    state: str
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None


def figures(truth: Truth, year: int) -> dict[Key, Answer]:
    """Every figure of the organisation's reporting year."""
    made: dict[Key, Answer] = {}
    listed = date(year, 3, 31) in truth.delivered.get("esr_staff_list", ())
    staff = _counted(truth, year) if listed else None
    _indicator_1(made, staff)
    _likelihood(made, "2", ("shortlisted", "appointed"), *_recruitment(truth, year), white_over_bme=True)
    headcount = (
        None
        if staff is None
        else {group: _n(p for p in staff if p["wres_group"] == group) for group in KNOWN}
    )
    _likelihood(
        made,
        "3",
        ("workforce", "entered_disciplinary"),
        headcount,
        _discipline(truth, year),
        white_over_bme=False,
    )
    _likelihood(
        made,
        "4",
        ("workforce", "accessed_training"),
        headcount,
        _trained(truth, year, staff),
        white_over_bme=True,
    )
    for indicator in QUESTIONS:
        _survey(made, truth, year, indicator)
    _board(made, truth, year, headcount)
    _disparity(made, staff)
    return made


def _n(rows) -> Fraction:  # type: ignore[no-untyped-def]
    return Fraction(sum(1 for _ in rows))


def _state(value: Fraction | None) -> str:
    return "not_calculable" if value is None else "value" if value != 0 else "zero"


def _ratio(above: Fraction | None, below: Fraction | None) -> Fraction | None:
    return None if above is None or below is None or below == 0 else above / below


def _count(value: Fraction) -> Answer:
    return Answer(_state(value), value)


def _percent(part: Fraction, whole: Fraction) -> Answer:
    value = _ratio(100 * part, whole)
    return Answer(_state(value), value, part, whole)


def _counted(truth: Truth, year: int) -> list[Row]:
    return [p for p in truth.persons[date(year, 3, 31)] if p["counted"] == "Y"]


def _indicator_1(made: dict[Key, Answer], staff: list[Row] | None) -> None:
    places = [(cluster, band) for cluster, bands in LISTS.items() for band in [*bands, ""]] + [("", "")]
    for cluster, band in places:
        here = []
        for person in staff or []:
            if cluster and person["cluster"] != cluster:
                continue
            if band == SENIOR and person["senior_medical_manager"] != "Y":
                continue
            if band and band != SENIOR and person["band"] != band:
                continue
            here.append(person)
        for group in (*KNOWN, ""):
            size = _n(p for p in here if group in ("", p["wres_group"]))
            key = ("1", "headcount", cluster, band, group)
            made[key] = Answer("not_collected") if staff is None else _count(size)
            if group:
                key = ("1", "percentage", cluster, band, group)
                made[key] = Answer("not_collected") if staff is None else _percent(size, Fraction(len(here)))


def _likelihood(
    made: dict[Key, Answer],
    indicator: str,
    measures: tuple[str, str],
    among: dict[str, Fraction] | None,
    who: dict[str, Fraction] | None,
    *,
    white_over_bme: bool,
) -> None:
    name = "relative_likelihood_white_over_bme" if white_over_bme else "relative_likelihood_bme_over_white"
    if among is None or who is None:
        for group in KNOWN:
            for measure in (*measures, "likelihood"):
                made[(indicator, measure, "", "", group)] = Answer("not_collected")
        made[(indicator, name, "", "", "")] = Answer("not_collected")
        return
    rate: dict[str, Fraction | None] = {}
    for group in KNOWN:
        made[(indicator, measures[0], "", "", group)] = _count(among[group])
        made[(indicator, measures[1], "", "", group)] = _count(who[group])
        made[(indicator, "likelihood", "", "", group)] = _percent(who[group], among[group])
        rate[group] = _ratio(who[group], among[group])
    value = _ratio(rate["White"], rate["BME"]) if white_over_bme else _ratio(rate["BME"], rate["White"])
    made[(indicator, name, "", "", "")] = Answer(_state(value), value)


def deadline(year: int) -> date:
    """Last day of the submission window: 31 August to 2022, 31 May from 2023."""
    return date(year, 8, 31) if year <= 2022 else date(year, 5, 31)


def in_time(truth: Truth, kind: str, year: int) -> list[date]:
    """The dates of a kind's extracts that were made after the period began and before its return was due."""
    return [on for on in truth.delivered.get(kind, ()) if date(year - 1, 4, 1) < on <= deadline(year)]


def _held(truth: Truth, row: Row, on: date) -> bool:
    applied, starts, appointed = day(row["applied"]), day(row["starts"]), day(row["appointed"])
    assert applied is not None
    if applied > on:
        return False
    if not truth.trac_deletes:
        return True
    if applied <= on - timedelta(days=400):
        return False
    started = starts if appointed is not None and appointed <= on else None
    return not (started is not None and started <= on - timedelta(days=200))


def _recruitment(truth: Truth, year: int) -> tuple[dict[str, Fraction] | None, dict[str, Fraction] | None]:
    usable = in_time(truth, "trac_applications", year)
    if not usable:
        return None, None
    shortlisted = dict.fromkeys(KNOWN, Fraction(0))
    appointed = dict.fromkeys(KNOWN, Fraction(0))
    for row in truth.applications:
        holding = [on for on in usable if _held(truth, row, on)]
        if not holding:
            continue
        known_at = max(holding)
        event = day(row["shortlisted"])
        belongs = day(row["applied"])
        if truth.shortlisted_as_date and event is not None and event <= known_at:
            belongs = event
        assert belongs is not None
        if not date(year - 1, 4, 1) <= belongs <= date(year, 3, 31):
            continue
        if event is None or event > known_at:
            continue
        shortlisted[row["wres_group"]] += 1
        won = day(row["appointed"])
        if won is not None and won <= known_at:
            appointed[row["wres_group"]] += 1
    return shortlisted, appointed


def _discipline(truth: Truth, year: int) -> dict[str, Fraction] | None:
    logs = in_time(truth, "employee_relations", year)
    if not logs:
        return None
    now = _entered(truth, year, date(year - 1, 4, 1), date(year, 3, 31))
    if year > 2019:
        return now
    if not _covers_the_year_before(truth, year, logs):
        return None
    before = _entered(truth, year, date(year - 2, 4, 1), date(year - 1, 3, 31))
    return {group: (now[group] + before[group]) / 2 for group in KNOWN}


def _covers_the_year_before(truth: Truth, year: int, logs: list[date]) -> bool:
    """Whether the case logs say anything of the year before: one made at its end, or an older case."""
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    if any(first - timedelta(days=1) <= on < last for on in truth.delivered["employee_relations"]):
        return True
    seen = [row for row in truth.cases if date.fromisoformat(row["opened"]) <= max(logs)]
    return any(date.fromisoformat(row["formal"] or row["opened"]) < first for row in seen)


def _entered(truth: Truth, year: int, first: date, last: date) -> dict[str, Fraction]:
    people: dict[str, str | None] = {}
    # Where two cases of one person hold different re-typed ethnicities, the later investigation's stands.
    for row in sorted(truth.cases, key=lambda row: row["formal"]):
        formal = day(row["formal"])
        if row["case_type"] != "Disciplinary" or formal is None or not first <= formal <= last:
            continue
        number = row["employee_number"] if row["numbered"] == "Y" else ""
        people[number or row["case_reference"]] = _group_of(truth, year, number, row["retyped_group"])
    entered = dict.fromkeys(KNOWN, Fraction(0))
    for group in people.values():
        if group is not None:
            entered[group] += 1
    return entered


def _group_of(truth: Truth, year: int, number: str, retyped: str) -> str | None:
    """The WRES group of a person in a case; None for somebody known only outside the substantive
    workforce.
    """
    if number:
        for snapshot in sorted(truth.persons, reverse=True):
            if snapshot > date(year, 3, 31):
                continue
            for person in truth.persons[snapshot]:
                if person["employee_number"] == number:
                    return (
                        None if person["exclusion_reason"] in OUTSIDE_THE_WORKFORCE else person["wres_group"]
                    )
    return retyped


def _trained(truth: Truth, year: int, staff: list[Row] | None) -> dict[str, Fraction] | None:
    if not in_time(truth, "training", year) or staff is None:
        return None
    took = set()
    for row in truth.training[year]:
        completed = day(row["completed"])
        if row["mandatory"] == "Y" or completed is None:
            continue
        if date(year - 1, 4, 1) <= completed <= date(year, 3, 31):
            took.add(row["employee_number"])
    return {
        group: _n(p for p in staff if p["wres_group"] == group and p["employee_number"] in took)
        for group in KNOWN
    }


def _survey(made: dict[Key, Answer], truth: Truth, year: int, indicator: str) -> None:
    asked = QUESTIONS[indicator]["new" if year - 1 >= 2021 else "old"]
    rows = truth.surveys.get(year - 1)
    for group in ("White", "BME", ""):
        key = (indicator, "percentage", "", "", group)
        if rows is None or date(year - 1, 12, 31) not in truth.delivered.get("staff_survey", ()):
            made[key] = Answer("not_collected")
            continue
        here = [row for row in rows if group in ("", row["wres_group"])]
        # "Don't know" joined the base of indicator 7 with the survey of 2021.
        counted = ("yes", "no", "dont_know") if year - 1 >= 2021 else ("yes", "no")
        if truth.survey_kind == "respondents" and not any(row[q] for row in rows for q in asked):
            # A file in which nobody answered a question does not tell that it was asked.
            made[key] = Answer("not_collected")
            continue
        if truth.survey_kind == "respondents":
            base = [row for row in here if any(row[q] in counted for q in asked)]
            yes = [row for row in base if any(row[q] == "yes" for q in asked)]
            made[key] = _percent(Fraction(len(yes)), Fraction(len(base)))
            continue
        printed = [_printed(here, question, counted) for question in asked]
        if any(p is None for p, _ in printed):
            made[key] = Answer("suppressed_at_source")
        elif len(printed) == 1 or max(p for p, _ in printed) == min(
            Fraction(100), sum(p for p, _ in printed)
        ):
            value, base_size = max(printed, key=lambda pair: pair[0])
            base_size = printed[0][1]
            made[key] = Answer(_state(value), value, None, base_size)
        else:
            made[key] = Answer("not_calculable")


def _printed(rows: list[Row], question: str, counted: tuple[str, ...]) -> tuple[Fraction | None, Fraction]:
    """The percentage a contractor's table prints (one decimal) and its base; None under 11 responses."""
    base = [row for row in rows if row[question] in counted]
    yes = [row for row in base if row[question] == "yes"]
    if len(base) < 11:
        return None, Fraction(len(base))
    return Fraction(f"{100 * len(yes) / len(base):.1f}"), Fraction(len(base))


def _board(made: dict[Key, Answer], truth: Truth, year: int, headcount: dict[str, Fraction] | None) -> None:
    on = date(year, 3, 31)
    sitting = None
    if on in truth.delivered.get("board", ()):
        sitting = [
            row
            for row in truth.board
            if row["start"] <= on.isoformat() and (not row["end"] or row["end"] >= on.isoformat())
        ]
    chosen = {
        "board": lambda row: True,
        "voting": lambda row: row["voting"] == "Y",
        "non_voting": lambda row: row["voting"] == "N",
        "executive": lambda row: row["executive"] == "Y",
        "non_executive": lambda row: row["executive"] == "N",
    }
    share: dict[tuple[str, str], Fraction | None] = {}
    for part in (*chosen, "workforce"):
        counts = headcount if part == "workforce" else None
        if part != "workforce" and sitting is not None:
            counts = {g: _n(r for r in sitting if chosen[part](r) and r["wres_group"] == g) for g in KNOWN}
        for group in (*KNOWN, ""):
            key = ("9", "headcount", "", part, group)
            if counts is None:
                made[key] = Answer("not_collected")
            else:
                made[key] = _count(counts[group] if group else sum(counts.values(), Fraction(0)))
            if not group:
                continue
            key = ("9", "percentage", "", part, group)
            if counts is None:
                made[key] = Answer("not_collected")
            else:
                made[key] = _percent(counts[group], sum(counts.values(), Fraction(0)))
                share[(part, group)] = made[key].value
    for part in ("board", "voting", "executive"):
        for group in KNOWN:
            key = ("9", "difference_from_workforce", "", part, group)
            if sitting is None or headcount is None:
                made[key] = Answer("not_collected")
                continue
            theirs, staffs = share[(part, group)], share[("workforce", group)]
            value = None if theirs is None or staffs is None else theirs - staffs
            made[key] = Answer(_state(value), value)


def _disparity(made: dict[Key, Answer], staff: list[Row] | None) -> None:
    for cluster in ("clinical", "non_clinical", ""):
        clusters = [cluster] if cluster else ["clinical", "non_clinical"]
        for measure, low, high in (
            ("lower_to_middle", LOWER, MIDDLE),
            ("middle_to_upper", MIDDLE, UPPER),
            ("lower_to_upper", LOWER, UPPER),
        ):
            key = ("race_disparity", measure, cluster, "", "")
            if staff is None:
                made[key] = Answer("not_collected")
                continue

            def people(group: str, bands: list[str], among: list[str] = clusters) -> Fraction:
                return _n(
                    p
                    for p in staff
                    if p["cluster"] in among and p["band"] in bands and p["wres_group"] == group
                )

            white = _ratio(people("White", high), people("White", low))
            bme = _ratio(people("BME", high), people("BME", low))
            value = _ratio(white, bme)
            made[key] = Answer(_state(value), value)

"""Invented figures and contexts for the tests of reports: every state of a figure, no person behind any of
them.

The figures are written here from counts drawn by a seed, apart from the indicators' own code, so that a test
of a report says nothing about an indicator.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from wres_pipeline.indicators.computation import compute
from wres_pipeline.indicators.counts import (
    Answers,
    Board,
    Discipline,
    Groups,
    Happened,
    OrganisationCounts,
    Recruitment,
    Survey,
    Workforce,
)
from wres_pipeline.indicators.figure import Figure, Printed, shown_text
from wres_pipeline.reference import years
from wres_pipeline.reference.codes.pay_bands import BANDS_BY_CLUSTER, tier
from wres_pipeline.reports.context import (
    ChangeSinceLastYear,
    Check,
    DeclarationRate,
    DeliveryUsed,
    Exclusion,
    PlannedAction,
    ReturnContext,
    UnverifiedRule,
)

CODE = "XTR"
NAME = "Carrick Bay Hospitals NHS Trust"


def shown(text: str) -> Printed:
    """A text with the number it prints, if it prints one."""
    made = Printed(text)
    if text[:1].isdigit():
        made.number = float(text.rstrip("%")) if text.endswith("%") else int(text.replace(",", ""))
    return made


def invented_counts(
    seed: int,
    year: int,
    *,
    staff: int,
    bme: float,
    unknown: float,
    missing: frozenset[str] = frozenset(),
    unfair: float = 1.0,
) -> OrganisationCounts:
    """Counts of one organisation and year, drawn by the seed; kinds named in `missing` have no extract.

    `unfair` multiplies the BME group's chances, and its share of the higher bands.
    """
    draw = random.Random(seed * 10_000 + year)
    shares = (max(0.0, 1 - bme - unknown), bme, unknown)

    def split(people: int, share: float = 1.0) -> Groups:
        weights = (shares[0] + shares[1] * (1 - share), shares[1] * share, shares[2])
        drawn = draw.choices(range(3), [max(0.0, w) for w in weights], k=people)
        return Groups(*(drawn.count(group) for group in range(3)))

    def some(of: Groups, rate: float) -> Groups:
        rates = (rate, rate * unfair, rate)
        return Groups(*(sum(draw.random() < r for _ in range(n)) for n, r in zip(of, rates, strict=True)))

    cells = {}
    for cluster, share in (("non_clinical", 0.3), ("clinical", 0.58), ("medical_and_dental", 0.12)):
        bands = BANDS_BY_CLUSTER[cluster]
        for band in bands:
            people = int(staff * share * draw.random() * 2 / len(bands))
            cells[cluster, band] = split(people, min(1.0, unfair) if tier(band) == "upper" else 1.0)
    workforce = Workforce(cells, some(cells["medical_and_dental", "Consultants"], 0.1), ("a1",))
    shortlisted = split(staff // 3)
    answers = {}
    for number, rate in (("5", 0.24), ("6", 0.2), ("7", 0.82), ("8", 0.07)):
        for group, people in zip(("White", "BME", "Unknown"), workforce.total, strict=True):
            base = int(people * 0.45)
            chance = rate * min(1.1, unfair) if group == "BME" else rate
            yes = sum(draw.random() < chance for _ in range(base))
            answers[number, group] = Answers(yes, base - yes, 0)
    voting, non_voting = split(draw.randint(9, 13)), split(draw.randint(0, 4))
    whole = voting.plus(non_voting)
    executive = Groups(*(draw.randint(0, n) for n in whole))
    rest = Groups(*(n - m for n, m in zip(whole, executive, strict=True)))
    members = {
        "board": whole,
        "voting": voting,
        "non_voting": non_voting,
        "executive": executive,
        "non_executive": rest,
    }
    cases = some(workforce.total, 0.012)
    return OrganisationCounts(
        CODE,
        year,
        workforce=None if "staff" in missing else workforce,
        recruitment=None
        if "recruitment" in missing
        else Recruitment(shortlisted, some(shortlisted, 0.2), deliveries=("b2",)),
        discipline=None
        if "discipline" in missing
        else Discipline(cases, some(workforce.total, 0.012), deliveries=("c3",)),
        training=None if "training" in missing else Happened(some(workforce.total, 0.3), deliveries=("d4",)),
        survey=None if "survey" in missing else Survey(year - 1, answers, deliveries=("e5",)),
        board=None if "board" in missing else Board(members, ("f6",)),
    )


def invented_figures(
    seed: int = 1,
    *,
    staff: int = 3000,
    bme: float = 0.25,
    unknown: float = 0.05,
    year: int = 2021,
    missing: frozenset[str] = frozenset(),
) -> list[Figure]:
    """This year's figures and the year before's, of one invented organisation."""
    return [
        figure
        for at in (year, year - 1)
        for figure in compute(
            invented_counts(seed, at, staff=staff, bme=bme, unknown=unknown, missing=missing),
            years.load(at),
        )
    ]


def without(figures: list[Figure], indicators: set[str], state: str = "not_collected") -> list[Figure]:
    """The same figures with every figure of some indicators in another state (an extract was missing)."""
    return [
        replace(
            f,
            state=state,
            value=None,
            numerator=None,
            denominator=None,
            shown=shown_text(None, f.unit, state),
            interval_low=None,
            interval_high=None,
            verdict="",
        )
        if f.indicator in indicators
        else f
        for f in figures
    ]


def invented_context(edition: str = "internal", **changes: object) -> ReturnContext:
    """A context with something in every field; `changes` replaces fields."""
    year = years.load(2021)
    context = ReturnContext(
        organisation_code=CODE,
        organisation_name=NAME,
        year=year,
        edition=edition,  # type: ignore[arg-type]
        dated=date(2021, 10, 1),
        fictional=True,
        declaration=(
            DeclarationRate(2021, *map(shown, ("2,981", "97.4%", "95.1%", "2.3%", "2.5%", "0.1%"))),
            DeclarationRate(2020, *map(shown, ("3,022", "96.0%", "93.9%", "2.1%", "3.9%", "0.1%"))),
        ),
        exclusions=(
            Exclusion("Bank staff", shown("412")),
            Exclusion("Left before the snapshot date", shown("118")),
        ),
        checks=(
            Check("Every code of ethnicity is known", True, "blocking", "41 codes, all known"),
            Check("At least 95% of staff declare their ethnicity", False, "warning", "94.1% declare it"),
        ),
        unverified=tuple(UnverifiedRule(r.text, r.tag, r.indicators) for r in year.unverified),
        deliveries=(DeliveryUsed("a1b2c3", "staff list", "31 March 2021", "staff.csv", 3600, 3590, 10),),
        board_lead="Chief People Officer",
        author="Workforce Information Team",
        contact="workforce@example.nhs.uk",
        commissioners=("NHS Tamar and Moor Clinical Commissioning Group",),
        published_at="https://www.example.nhs.uk/wres",
        action_plan="https://www.example.nhs.uk/wres/action-plan",
        actions=(
            PlannedAction(
                "A1", "Mixed interview panels", "Head of Recruitment", "31 March 2022", "On time", ("2",)
            ),
            PlannedAction("A2", "Look at every case early", "Head of HR", "30 June 2022", "Late", ("3",)),
        ),
        changes=(
            ChangeSinceLastYear(
                "2",
                "relative_likelihood_white_over_bme",
                "chance",
                "The change since last year is no larger than chance would make it.",
            ),
        ),
        method_notes=("A verdict in words is given only where at least ten events were counted.",),
    )
    return replace(context, **changes)  # type: ignore[arg-type]

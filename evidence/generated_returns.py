"""Generated organisations as counts, for the attack on public files: the samples' kinds, small ones, a large trust."""

from __future__ import annotations

import random

from wres_pipeline.indicators import computation
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
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years
from wres_pipeline.reference.codes import pay_bands

SEED = 20261124
#: (staff, share BME, share Unknown): the two samples' kinds, small commissioners, middling bodies, a large
#: trust
KINDS = (
    (300, 0.015, 0.10),
    (3000, 0.25, 0.05),
    (300, 0.08, 0.05),
    (900, 0.12, 0.08),
    (120, 0.05, 0.03),
    (9000, 0.2, 0.04),
)


def organisation_year(
    code: str, year: int, staff: int, bme: float, unknown: float, draw: random.Random
) -> OrganisationCounts:
    """Counts of one year, drawn from `draw`."""
    shares = (1 - bme - unknown, bme, unknown)

    def split(people: int, tilt: float = 1.0) -> Groups:
        drawn = draw.choices(range(3), (shares[0], shares[1] * tilt, shares[2]), k=people) if people else []
        return Groups(*(drawn.count(group) for group in range(3)))

    def some(of: Groups, rate: float) -> Groups:
        return Groups(*(sum(draw.random() < rate for _ in range(n)) for n in of))

    cells = {}
    for cluster, share in (("non_clinical", 0.35), ("clinical", 0.53), ("medical_and_dental", 0.12)):
        weights = [draw.random() ** 2 for _ in pay_bands.BANDS_BY_CLUSTER[cluster]]
        for band, weight in zip(pay_bands.BANDS_BY_CLUSTER[cluster], weights, strict=True):
            cells[cluster, band] = split(int(staff * share * weight / sum(weights)), draw.uniform(0.3, 1.7))
    consultants = cells["medical_and_dental", "Consultants"]
    workforce = Workforce(cells, some(consultants, 0.15))
    shortlisted = split(int(staff * draw.uniform(0.2, 0.6)), 1.4)
    voting, non_voting = split(draw.randint(7, 13)), split(draw.randint(0, 5))
    board = voting.plus(non_voting)
    executive = Groups(*(draw.randint(0, n) for n in board))
    members = {
        "board": board,
        "voting": voting,
        "non_voting": non_voting,
        "executive": executive,
        "non_executive": Groups(*(a - b for a, b in zip(board, executive, strict=True))),
    }
    answers = {}
    for number in "5678":
        for group, people in zip(("White", "BME", "Unknown"), workforce.total, strict=True):
            base = int(people * 0.5)
            yes = sum(draw.random() < 0.2 for _ in range(base))
            answers[number, group] = Answers(yes, base - yes)
    rate = draw.choice((0.003, 0.01, 0.02))
    return OrganisationCounts(
        code,
        year,
        workforce,
        Recruitment(shortlisted, some(shortlisted, 0.25)),
        Discipline(some(workforce.total, rate), some(workforce.total, rate)),
        Happened(some(workforce.total, draw.uniform(0.2, 0.9))),
        Survey(year - 1, answers),
        Board(members),
    )


def figures_of(code: str, number: int) -> dict[int, list[Figure]]:
    """Three years' figures of one generated organisation."""
    return {
        year: computation.compute(counts, years.load(year))
        for year, counts in counts_of(code, number).items()
    }


def counts_of(code: str, number: int) -> dict[int, OrganisationCounts]:
    """Three years' counts of one generated organisation."""
    draw = random.Random(SEED + number)
    staff, bme, unknown = KINDS[number % len(KINDS)]
    return {year: organisation_year(code, year, staff, bme, unknown, draw) for year in (2019, 2020, 2021)}

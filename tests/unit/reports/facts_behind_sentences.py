"""What an organisation's counts say, worked out with whole numbers and fractions and nothing of the
project's.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from wres_pipeline.indicators.counts import Groups, OrganisationCounts


def rounded(value: Fraction, places: int) -> str:
    """Half up, written with long division and nothing of the project's."""
    scaled = abs(value) * 10**places
    whole, left = divmod(scaled.numerator, scaled.denominator)
    if 2 * left >= scaled.denominator:
        whole += 1
    digits = str(whole).rjust(places + 1, "0")
    text = digits if not places else f"{digits[:-places]}.{digits[-places:]}"
    return f"-{text}" if value < 0 and whole else text


#: a count that is withheld: year, measure, cluster, band, ethnic group
Hidden = tuple[int, str, str, str, str]
EVENTS = {"2": "appointed", "3": "entered_disciplinary", "4": "accessed_training"}


class Facts:
    """What the counts of one organisation's two years say, for sentences about one indicator at a time."""

    def __init__(
        self,
        now: OrganisationCounts,
        before: OrganisationCounts,
        *older: OrganisationCounts,
        public: bool = False,
        hidden: Iterable[Hidden] = (),
    ) -> None:
        self.public, self.hidden = public, frozenset(hidden)
        self.years = {one.reporting_year: one for one in (now, before, *older)}
        self.now, self.before = now, before
        self.number = ""

    # what the counts say
    def staff(self, year: int) -> Groups:
        workforce = self.years[year].workforce
        assert workforce is not None
        return workforce.total

    def bands(self, names: Iterable[str]) -> Groups:
        """Clinical and non-clinical staff of these bands."""
        assert self.now.workforce is not None
        within = [
            g
            for (c, band), g in self.now.workforce.cells.items()
            if c in ("clinical", "non_clinical") and band in names
        ]
        return Groups(*(sum(g[i] for g in within) for i in range(3)))

    def gives_away(self, *parts: Hidden) -> bool:
        """Whether a sum of these counts, or one of them alone, is one less those that are printed."""
        return sum(part in self.hidden for part in parts) == 1

    def cluster(self, name: str) -> Groups:
        assert self.now.workforce is not None
        cells = [g for (c, _), g in self.now.workforce.cells.items() if c == name]
        return Groups(*(sum(g[i] for g in cells) for i in range(3)))

    def event(self, year: int) -> tuple[Groups, Groups] | None:
        counts = self.years[year]
        assert counts.workforce is not None
        if self.number == "2":
            return counts.recruitment and (counts.recruitment.appointed, counts.recruitment.shortlisted)
        if self.number == "3":
            return counts.discipline and (counts.discipline.this_year, counts.workforce.total)
        return counts.training and (counts.training.people, counts.workforce.total)

    def pair(self) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """(happened, people) of White and of BME people for this year's figure of the indicator; board: BME people
        in the workforce and on the board.
        """
        year = self.now.reporting_year
        if self.number == "9":
            board, staff = self.years[year].board, self.staff(year)
            people = board.members["board"] if board else Groups()
            return (staff.bme, staff.total), (people.bme, people.total)
        if self.number in "5678":
            survey = self.years[year].survey
            if survey is None:
                return None
            white, bme = (survey.answers[self.number, group] for group in ("White", "BME"))
            return (white.yes, white.yes + white.no), (bme.yes, bme.yes + bme.no)
        found = self.event(year)
        return None if found is None else tuple((found[0][g], found[1][g]) for g in (0, 1))  # type: ignore[return-value]

    def ratio(self, year: int) -> Fraction | None:
        found = self.event(year)
        if found is None:
            return None
        did, of = found
        top, bottom = (1, 0) if self.number == "3" else (0, 1)
        if not of[top] or not of[bottom] or not did[bottom]:
            return None
        return Fraction(did[top], of[top]) / Fraction(did[bottom], of[bottom])

    def answered(self, group: str, year: int) -> Fraction | None:
        survey = self.years[year].survey
        if survey is None:
            return None
        one = survey.answers[self.number, group]
        return Fraction(100 * one.yes, one.yes + one.no) if one.yes + one.no else None

    def board_gap(self, part: str, year: int) -> Fraction | None:
        board = self.years[year].board
        staff = self.staff(year)
        people = board.members[part] if board else Groups()
        if not people.total or not staff.total:
            return None
        return Fraction(100 * people.bme, people.total) - Fraction(100 * staff.bme, staff.total)

    def tiers(self, cluster: str) -> dict[str, Groups]:
        assert self.now.workforce is not None
        tiers = {"lower": [0, 0, 0], "middle": [0, 0, 0], "upper": [0, 0, 0]}
        for (name, band), people in self.now.workforce.cells.items():
            if name == "medical_and_dental" or cluster not in ("", name):
                continue
            tier = (
                "middle"
                if band in ("Band 6", "Band 7")
                else "upper"
                if band.startswith(("Band 8", "Band 9")) or band == "VSM"
                else "lower"
            )
            for place in range(3):
                tiers[tier][place] += people[place]
        return {name: Groups(*counts) for name, counts in tiers.items()}

"""The card of a linkage: how right and how whole it is estimated to be, by group, without knowing the truth.

Precision: the mean of what each automatic link's evidence gives it to be right. Recall: of the people expected to be in the
staff lists (those rightly linked, and of every applicant without a link the probability that one of the staff is the
person), those linked. Whom no comparison brings near anybody is taken for not in the lists: recall is of people who could
be found. Headings: the Quality Assurance Framework for Data Linkage (preparation, implementation, evaluation, overall
considerations) [seen: ijpds.org 3277]; what stands under them is ours. Estimates against truth: docs/evidence/linkage_card.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

import duckdb

from wres_pipeline.reference import gap as reference
from wres_pipeline.statistics.intervals import Z
from wres_pipeline.warehouse import sql

BREAKDOWNS = {
    "all": "All applications",
    "ethnic_group": "Ethnic group as TRAC has it",
    "kind_of_names": "Kind of name, as found in the staff’s own names",
    "lacking": "What the application lacks",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One group: applications, automatic links, those expected to be right, and people expected in ESR but not linked."""

    organisation_code: str
    breakdown: str
    value: str
    applications: int
    linked: int
    right_ones: float
    missed: float
    right_variance: float
    missed_variance: float

    @property
    def precision(self) -> float | None:
        """Share of the links expected to be right; None without a link."""
        return self.right_ones / self.linked if self.linked else None

    @property
    def recall(self) -> float | None:
        """Share of those expected in the staff lists who are linked; None where nobody is expected."""
        people = self.right_ones + self.missed
        return self.right_ones / people if people > 0.5 else None

    @property
    def recall_interval(self) -> tuple[float, float] | None:
        """95% interval of the recall: from the variance of those missed, and at the lower end the rule's share of people whom
        no comparison brought near themselves.
        """
        if self.recall is None:
            return None
        half = Z * sqrt(self.missed_variance + 0.25)
        unseen = reference.rules()["card"]["never_compared"] * self.right_ones
        low = self.right_ones / (self.right_ones + self.missed + half + unseen)
        return low, self.right_ones / (self.right_ones + max(0.0, self.missed - half))

    @property
    def precision_interval(self) -> tuple[float, float] | None:
        """95% interval of the precision."""
        if self.precision is None:
            return None
        half = Z * sqrt(self.right_variance + 0.25) / self.linked
        return max(0.0, self.precision - half), min(1.0, self.precision + half)


def read(con: duckdb.DuckDBPyConnection, organisations: Sequence[str], as_at: date) -> dict[str, list[Card]]:
    """The card of each organisation's linkage at `as_at`, in the order of BREAKDOWNS."""
    made: dict[str, list[Card]] = {code: [] for code in organisations}
    found = con.execute(
        sql(__package__, "linkage_card.sql"),
        {
            "as_at": as_at,
            "organisations": list(organisations),
            "strict_wrong": reference.rules()["card"]["strict_wrong"],
        },
    ).fetchall()
    for row in found:
        made[row[0]].append(Card(*row))
    order = list(BREAKDOWNS)
    return {
        code: sorted(cards, key=lambda c: (order.index(c.breakdown), c.value)) for code, cards in made.items()
    }


def behind(cards: Sequence[Card]) -> list[str]:
    """Findings: groups whose recall stands the rule's distance or more below that of the others together.

    Of kinds of names, which are many, only those whose whole interval lies below.
    """
    rules = reference.rules()["card"]
    made = []
    for breakdown in ("ethnic_group", "kind_of_names"):
        held = [c for c in cards if c.breakdown == breakdown and c.recall is not None]
        for card in held:
            right = sum(c.right_ones for c in held if c is not card)
            missed = sum(c.missed for c in held if c is not card)
            if (
                card.recall is None
                or card.applications < rules["least_applications"]
                or right + missed <= 0.5
            ):
                continue
            if breakdown == "ethnic_group" and card.value == "Unknown":
                continue
            others = right / (right + missed)
            apart = others - card.recall
            upper = card.recall_interval[1] if card.recall_interval else 1.0
            if apart >= rules["behind"] and (breakdown == "ethnic_group" or upper < others):
                who = card.value if breakdown == "ethnic_group" else f"names of {card.value}"
                made.append(
                    f"{who}: {100 * card.recall:.1f}% of those who could be found are linked, {100 * apart:.1f} percentage points "
                    "fewer than of the others. What is said of linked people says less of them."
                )
    return made

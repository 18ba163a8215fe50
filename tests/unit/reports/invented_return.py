"""Invented figures and contexts for the tests of reports: every state of a figure, no person behind any of
them.

The figures are written here from counts drawn by a seed, apart from the indicators' own code, so that a test
of a report says nothing about an indicator.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from fractions import Fraction

from wres_pipeline.indicators.figure import Figure, shown_text, state_of
from wres_pipeline.indicators.intervals import koopman, wilson
from wres_pipeline.reference import years
from wres_pipeline.reference.pay_bands import BANDS_BY_CLUSTER, SENIOR_MEDICAL_MANAGER, tier
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
GROUPS = ("White", "BME", "Unknown")
TIERS = ("lower", "middle", "upper")


class Inventor:
    """Draws the figures of one organisation and year."""

    def __init__(self, seed: int, year: int, staff: int, bme: float, unknown: float = 0.05) -> None:
        self.random = random.Random(seed * 10_000 + year)
        self.year = year
        self.staff = staff
        self.shares = (1 - bme - unknown, bme, unknown)
        self.made: list[Figure] = []

    def add(
        self,
        indicator: str,
        measure: str,
        value: Fraction | int | float | None,
        unit: str,
        *,
        state: str = "",
        top: Fraction | int | None = None,
        bottom: Fraction | int | None = None,
        interval: tuple[float | None, float | None] = (None, None),
        verdict: str = "",
        note: str = "",
        basis: str = "",
        cluster: str = "",
        band: str = "",
        group: str = "",
    ) -> None:
        state = state or state_of(value)
        self.made.append(
            Figure(
                CODE,
                self.year,
                indicator,
                measure,
                cluster,
                band,
                group,
                numerator=top,
                denominator=bottom,
                value=value if state in ("value", "zero") else None,
                unit=unit,
                state=state,
                interval_low=interval[0],
                interval_high=interval[1],
                verdict=verdict,
                shown=shown_text(value, unit, state),
                note=note,
                basis=basis,
                rule_version=f"{self.year}.1",
                deliveries="a1b2c3",
            )
        )

    def split(self, people: int) -> dict[str, int]:
        drawn = self.random.choices(GROUPS, self.shares, k=people)
        return {group: drawn.count(group) for group in GROUPS}

    def share(self, top: int, bottom: int) -> Fraction | None:
        return Fraction(100 * top, bottom) if bottom else None

    def interval(self, top: int, bottom: int) -> tuple[float | None, float | None]:
        low, high = wilson(top, bottom)
        return (None if low is None else 100 * low, None if high is None else 100 * high)

    def whole(self) -> list[Figure]:
        self.counts: dict[str, int] = dict.fromkeys(GROUPS, 0)
        self.tiers = {(c, t): dict.fromkeys(GROUPS, 0) for c in ("clinical", "non_clinical") for t in TIERS}
        self.indicator_1()
        self.ratio_indicator(
            "2", "shortlisted", "appointed", "relative_likelihood_white_over_bme", 0.2, self.staff // 3
        )
        self.ratio_indicator(
            "3", "workforce", "entered_disciplinary", "relative_likelihood_bme_over_white", 0.01
        )
        self.ratio_indicator("4", "workforce", "accessed_training", "relative_likelihood_white_over_bme", 0.3)
        self.survey()
        self.board()
        self.disparity()
        return self.made

    def indicator_1(self) -> None:
        weights = {"non_clinical": 0.3, "clinical": 0.58, "medical_and_dental": 0.12}
        for cluster, bands in BANDS_BY_CLUSTER.items():
            totals = dict.fromkeys(GROUPS, 0)
            for band in bands:
                people = int(self.staff * weights[cluster] * self.random.random() * 2 / len(bands))
                counted = self.split(people)
                self.band_rows(cluster, band, counted)
                if band == bands[0] and cluster == "medical_and_dental":
                    few = {g: self.random.randint(0, min(2, n)) for g, n in counted.items()}
                    self.band_rows(cluster, SENIOR_MEDICAL_MANAGER, few)
                for group, number in counted.items():
                    totals[group] += number
                    self.counts[group] += number
                    if (where := tier(band)) is not None:
                        self.tiers[cluster, where][group] += number
            self.band_rows(cluster, "", totals)
        self.band_rows("", "", self.counts)

    def band_rows(self, cluster: str, band: str, counted: dict[str, int]) -> None:
        everybody = sum(counted.values())
        for group, number in (*counted.items(), ("", everybody)):
            where = {"cluster": cluster, "band": band, "group": group}
            self.add("1", "headcount", number, "people", top=number, bottom=everybody, **where)
            if group:
                self.add(
                    "1",
                    "percentage",
                    self.share(number, everybody),
                    "percent",
                    top=number,
                    bottom=everybody,
                    interval=self.interval(number, everybody),
                    **where,
                )

    def ratio_indicator(
        self, number: str, base: str, event: str, ratio: str, rate: float, applications: int | None = None
    ) -> None:
        bases = self.counts if applications is None else self.split(applications)
        events = {g: sum(self.random.random() < rate for _ in range(n)) for g, n in bases.items()}
        for group in GROUPS:
            self.add(number, base, bases[group], "people", top=bases[group], group=group)
            self.add(number, event, events[group], "people", top=events[group], group=group)
            self.add(
                number,
                "likelihood",
                self.share(events[group], bases[group]),
                "percent",
                top=events[group],
                bottom=bases[group],
                interval=self.interval(events[group], bases[group]),
                group=group,
            )
        top, bottom = ("White", "BME") if ratio.endswith("white_over_bme") else ("BME", "White")
        value = None
        if bases[top] and bases[bottom] and events[bottom]:
            value = Fraction(events[top], bases[top]) / Fraction(events[bottom], bases[bottom])
        interval = koopman((events[top], bases[top]), (events[bottom], bases[bottom]))
        self.add(number, ratio, value, "ratio", interval=interval, verdict=self.verdict(value, interval))

    def verdict(self, value: Fraction | None, interval: tuple[float | None, float | None]) -> str:
        if value is None:
            return "cannot be worked out"
        low, high = interval
        if (low is not None and low > 1) or (high is not None and high < 1):
            return "evidence of a difference"
        return "no evidence of a difference"

    def survey(self) -> None:
        for number, rate in (("5", 0.24), ("6", 0.2), ("7", 0.82), ("8", 0.07)):
            answered = self.split(int(self.staff * 0.45))
            for group in ("White", "BME"):
                base = answered[group]
                yes = sum(self.random.random() < rate for _ in range(base))
                few = base < 11
                self.add(
                    number,
                    "percentage",
                    None if few else self.share(yes, base),
                    "percent",
                    state="suppressed_at_source" if few else "",
                    top=None if few else yes,
                    bottom=None if few else base,
                    interval=(None, None) if few else self.interval(yes, base),
                    group=group,
                    basis=f"NHS Staff Survey {self.year - 1}",
                )

    def board(self) -> None:
        rows = {
            "voting": self.random.randint(9, 13),
            "non_voting": self.random.randint(0, 4),
        }
        counted = {name: self.split(people) for name, people in rows.items()}
        whole = {g: counted["voting"][g] + counted["non_voting"][g] for g in GROUPS}
        executive = {g: self.random.randint(0, n) for g, n in whole.items()}
        parts = {
            "board": whole,
            **counted,
            "executive": executive,
            "non_executive": {g: whole[g] - executive[g] for g in GROUPS},
            "workforce": self.counts,
        }
        workforce = sum(self.counts.values())
        for band, counts in parts.items():
            everybody = sum(counts.values())
            for group, number in (*counts.items(), ("", everybody)):
                self.add("9", "headcount", number, "people", top=number, band=band, group=group)
            for group, number in counts.items():
                share = self.share(number, everybody)
                self.add(
                    "9",
                    "percentage",
                    share,
                    "percent",
                    top=number,
                    bottom=everybody,
                    interval=self.interval(number, everybody),
                    band=band,
                    group=group,
                )
                if band != "workforce":
                    other = self.share(self.counts[group], workforce)
                    gap = None if share is None or other is None else share - other
                    self.add(
                        "9", "difference_from_workforce", gap, "percentage_points", band=band, group=group
                    )

    def disparity(self) -> None:
        for cluster in ("", "clinical", "non_clinical"):
            counts = {
                t: {
                    g: sum(n[g] for (c, at), n in self.tiers.items() if at == t and cluster in ("", c))
                    for g in GROUPS
                }
                for t in TIERS
            }
            for low, high in (("lower", "middle"), ("middle", "upper"), ("lower", "upper")):
                white, bme = (
                    Fraction(counts[high][g], counts[low][g]) if counts[low][g] else None
                    for g in ("White", "BME")
                )
                value = white / bme if white is not None and bme else None
                self.add(
                    "race_disparity",
                    f"{low}_to_{high}",
                    value,
                    "ratio",
                    cluster=cluster,
                    verdict="no evidence of a difference" if value else "cannot be worked out",
                )


def invented_figures(
    seed: int = 1, *, staff: int = 3000, bme: float = 0.25, unknown: float = 0.05, year: int = 2021
) -> list[Figure]:
    """This year's figures and the year before's, of one invented organisation."""
    return [
        figure
        for at in (year, year - 1)
        for figure in Inventor(seed, at, staff + 40 * (year - at), bme, unknown).whole()
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
        organisation_kind="Acute trust",
        year=year,
        edition=edition,  # type: ignore[arg-type]
        dated=date(2021, 10, 1),
        fictional=True,
        declaration=(
            DeclarationRate(2021, "2,981", "97.4%", "95.1%", "2.3%", "2.5%", "0.1%"),
            DeclarationRate(2020, "3,022", "96.0%", "93.9%", "2.1%", "3.9%", "0.1%"),
        ),
        exclusions=(Exclusion("Bank staff", "412"), Exclusion("Left before the snapshot date", "118")),
        checks=(
            Check("Every code of ethnicity is known", True, "blocking", "41 codes, all known"),
            Check("At least 95% of staff declare their ethnicity", False, "warning", "94.1% declare it"),
        ),
        unverified=tuple(UnverifiedRule(r.text, r.tag, r.indicators) for r in year.unverified),
        deliveries=(DeliveryUsed("a1b2c3", "staff list", "31 March 2021", "staff.csv", 3600, 3590, 10),),
        board_lead="Chief People Officer",
        author="Workforce Information Team",
        contact="workforce@example.nhs.uk",
        commissioners="NHS Tamar and Moor Clinical Commissioning Group",
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

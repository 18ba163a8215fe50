"""What has changed since the year before, and whether it is more than chance, another population or another
rule.

A past year is worked out again under this year's rules, and the change is a bridge of parts that add up: what
the change of definition makes, what another make-up of the workforce makes, and the rest, which is tested.
Where the past year cannot be worked out again, the series stops there and the words say why. Rules [ours].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from wres_pipeline.indicators import change_words, shapes
from wres_pipeline.indicators.computation import without_verdicts
from wres_pipeline.indicators.counts import OrganisationCounts, Workforce
from wres_pipeline.indicators.figure import Figure, FigureKey
from wres_pipeline.indicators.figure_builder import Comparison
from wres_pipeline.indicators.verdicts import FAMILY_SHARES
from wres_pipeline.reference import indicators
from wres_pipeline.statistics.exact_tests import (
    Group,
    fisher,
    same_odds_ratio,
    smallest_p,
    smallest_p_of_same_odds_ratio,
)
from wres_pipeline.statistics.verdict_rule import MINIMUM_EVENTS, MINIMUM_GROUP, tarone_holm

if TYPE_CHECKING:
    from wres_pipeline.reference.years import ReportingYear

REAL, CHANCE, POPULATION, DEFINITION = "real", "chance", "population", "definition"
NOT_COMPARABLE, CANNOT_TELL = "not comparable", "cannot tell"
KINDS = (REAL, CHANCE, POPULATION, DEFINITION, NOT_COMPARABLE, CANNOT_TELL)

FISHER = "Fisher's exact test of the two years"
ZELEN = "Zelen's exact test that the ratio of the two years is the same"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure in two years: a row of `figure_changes`.

    `change` = `definition_part` + `population_part` + `remaining_part`, exactly, in the figure's unit; all
    None where either year has no value. `kind` is one of KINDS; `p` and `test` are blank where no test could
    be made. `words` is a whole sentence, `public_words` the same without the p-value and without the year
    before worked out again, neither of which the disclosure control has seen. `headline` says whether it is
    one of the figures every page speaks about. `earlier_restated_shown` is the year before under this year's
    rules, blank where they are the same.
    """

    organisation_code: str
    reporting_year: int
    earlier_year: int
    indicator: str
    measure: str
    cluster: str
    band: str
    ethnic_group: str
    unit: str
    earlier_value: Fraction | None
    value: Fraction | None
    change: Fraction | None
    definition_part: Fraction | None
    population_part: Fraction | None
    remaining_part: Fraction | None
    kind: str
    p: float | None
    test: str
    earlier_shown: str
    earlier_restated_shown: str
    shown: str
    words: str
    public_words: str
    headline: bool
    earlier_basis: str
    basis: str
    rule_version: str

    @property
    def key(self) -> FigureKey:
        """The key of this year's figure."""
        return (
            self.organisation_code,
            self.reporting_year,
            self.indicator,
            self.measure,
            self.cluster,
            self.band,
            self.ethnic_group,
        )


def under(rules: ReportingYear, other: ReportingYear) -> ReportingYear:
    """The dates of `rules` with the definitions of `other`: what a past year is worked out again under."""
    return replace(
        rules,
        rule_version=f"{rules.rule_version} under {other.rule_version}",
        **{one: getattr(other, one) for one in {rule.basis_setting for rule in indicators.REGISTRY} if one},
    )


def recompute(
    counts: OrganisationCounts, rules: ReportingYear, other: ReportingYear
) -> tuple[list[Figure], list[Comparison]]:
    """The figures of a past year under the definitions of another; its dates and its people stay."""
    return without_verdicts(counts, under(rules, other))


def between(
    earlier: OrganisationCounts,
    later: OrganisationCounts,
    earlier_rules: ReportingYear,
    rules: ReportingYear,
) -> list[FigureChange]:
    """Every figure that can be compared between two years of one organisation, with what its change is.

    Ratios, survey percentages, the BME percentage of every row of indicator 1 and the board's differences;
    figures that neither year has are left out. Nothing where one of the years has no extract at all.
    """
    if earlier.empty or later.empty:
        return []
    before = {_place(f): f for f in without_verdicts(earlier, earlier_rules)[0] if _followed(f)}
    restated, restated_tables = recompute(earlier, earlier_rules, rules)
    again = {_place(f): f for f in restated if _followed(f)}
    figures, tables = without_verdicts(later, rules)
    was = {c.key[2:]: c for c in restated_tables}
    now = {c.key[2:]: c for c in tables}
    pairs = [
        _Pair(
            before[_place(f)],
            again[_place(f)],
            f,
            was.get(f.key[2:]),
            now.get(f.key[2:]),
            *make_up(f, earlier.workforce, later.workforce),
        )
        for f in figures
        if _followed(f) and _place(f) in before
    ]
    pairs = [pair for pair in pairs if pair.before.value is not None or pair.now.value is not None]
    return _judged(pairs)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A figure in the year before as it was, again under this year's rules, and now; the tables behind it."""

    before: Figure
    again: Figure
    now: Figure
    was_table: Comparison | None
    now_table: Comparison | None
    make_up: Fraction | None
    people: tuple[int, int] | None

    @property
    def broken(self) -> bool:
        """Whether the definition changed in a way that the year before cannot be worked out again for."""
        if self.before.basis == self.now.basis:
            return False
        published = self.now.indicator in indicators.SURVEY and self.before.numerator is None
        return published or self.again.value is None or self.again.basis != self.now.basis


def _place(figure: Figure) -> tuple[str, str, str, str, str]:
    return figure.key[2:]


def _followed(figure: Figure) -> bool:
    rule = indicators.rule(figure.indicator)
    if figure.unit == "ratio" or rule.shape == indicators.SURVEY_PERCENTAGE:
        return True
    if figure.ethnic_group != rule.grouping.focus:
        return False
    return figure.unit == "percentage_points" or (
        rule.shape == indicators.HEADCOUNT_BY_BAND and figure.unit == "percent"
    )


def _judged(pairs: Sequence[_Pair]) -> list[FigureChange]:
    tests: dict[int, tuple[float, float, str]] = {}
    for number, pair in enumerate(pairs):
        tested = _test(pair)
        if tested is not None:
            tests[number] = tested
    real = set()
    for family, share in FAMILY_SHARES.items():
        members = [number for number in tests if _family(pairs[number].now) == family]
        stated, _ = tarone_holm([tests[n][0] for n in members], [tests[n][1] for n in members], share)
        real |= {members[place] for place in stated}
    return [_change(pair, tests.get(n), n in real) for n, pair in enumerate(pairs)]


def _family(figure: Figure) -> str:
    """The changes share 4 in 100 as the verdicts do: headline figures, disparity ratios, everything else."""
    rule = indicators.rule(figure.indicator)
    return shapes.shape_of(rule).family(rule, figure)


def _test(pair: _Pair) -> tuple[float, float, str] | None:
    """p, the smallest p these totals could give, and the test's name; None where there is nothing to test."""
    if pair.broken or pair.again.value is None or pair.now.value is None:
        return None
    if pair.now.unit == "percent":
        first, second = _counts(pair.again), _counts(pair.now)
        if first is None or second is None or not _enough(first, second):
            return None
        return fisher(first, second), smallest_p(first, second), FISHER
    if pair.was_table is None or pair.now_table is None:
        return None
    was, now = ((one.focus, one.reference) for one in (pair.was_table, pair.now_table))
    if not _enough(*was) or not _enough(*now):
        return None
    return same_odds_ratio(was, now), smallest_p_of_same_odds_ratio(was, now), ZELEN


def _enough(first: Group, second: Group) -> bool:
    successes, trials = first[0] + second[0], first[1] + second[1]
    if first[0] > first[1] or second[0] > second[1]:
        return False
    return min(first[1], second[1]) >= MINIMUM_GROUP and min(successes, trials - successes) >= MINIMUM_EVENTS


def _counts(figure: Figure) -> Group | None:
    """(successes, trials) behind a percentage; for a published one the nearest whole number of people."""
    if not figure.denominator or figure.value is None:
        return None
    trials = int(figure.denominator)
    if figure.numerator is not None:
        return int(figure.numerator), trials
    return int((2 * Fraction(figure.value) * trials + 100) // 200), trials


def _change(pair: _Pair, tested: tuple[float, float, str] | None, real: bool) -> FigureChange:
    before, again, now = pair.before, pair.again, pair.now
    change = definition = population = rest = None
    if not pair.broken and before.value is not None and now.value is not None and again.value is not None:
        change = Fraction(now.value) - Fraction(before.value)
        definition = Fraction(again.value) - Fraction(before.value)
        population = Fraction(0) if pair.make_up is None else pair.make_up
        rest = change - definition - population
    kind = _kind(pair, change, definition, population, tested, real)
    told = change_words.ChangeFacts(
        before,
        again,
        now,
        kind,
        tested[0] if tested else None,
        pair.people if pair.people is not None and not same_population(*pair.people) else None,
    )
    return FigureChange(
        now.organisation_code,
        now.reporting_year,
        before.reporting_year,
        now.indicator,
        now.measure,
        now.cluster,
        now.band,
        now.ethnic_group,
        now.unit,
        None if before.value is None else Fraction(before.value),
        None if now.value is None else Fraction(now.value),
        change,
        definition,
        population,
        rest,
        kind,
        tested[0] if tested else None,
        tested[2] if tested else "",
        before.shown,
        again.shown if before.basis != now.basis and not pair.broken else "",
        now.shown,
        change_words.sentence(told),
        change_words.sentence(told, public=True),
        _family(now) == "headline",
        before.basis,
        now.basis,
        now.rule_version,
    )


def _kind(
    pair: _Pair,
    change: Fraction | None,
    definition: Fraction | None,
    population: Fraction | None,
    tested: tuple[float, float, str] | None,
    real: bool,
) -> str:
    if change is None or definition is None or population is None:
        return NOT_COMPARABLE
    if real:
        grown = pair.people is not None and not same_population(*pair.people)
        return POPULATION if grown or 2 * abs(population) > abs(change - definition) else REAL
    if definition:
        return DEFINITION
    return CHANCE if tested is not None or not change else CANNOT_TELL


def worth_saying(changes: Sequence[FigureChange]) -> list[FigureChange]:
    """The changes a page speaks about: headline figures, and others only where something is to be said."""
    return [c for c in changes if c.headline or c.kind in (REAL, POPULATION, DEFINITION)]


def public(changes: Sequence[FigureChange], protected: Sequence[Figure]) -> list[FigureChange]:
    """The changes the public edition may tell: those whose figures it shows as they are in both years.

    `protected` are the protected figures of both years. Parts of the change, p-value and the year before
    worked out again fall away: they are derived from counts the public edition may be holding back.
    """
    shown = {(f.reporting_year, *_place(f)): f.shown for f in protected if f.state in ("value", "zero")}
    return [
        replace(
            c,
            p=None,
            definition_part=None,
            population_part=None,
            remaining_part=None,
            earlier_restated_shown="",
            words=c.public_words,
        )
        for c in changes
        if shown.get((c.reporting_year, *c.key[2:])) == c.shown
        and shown.get((c.earlier_year, *c.key[2:])) == c.earlier_shown
    ]


#: by how much the people behind a figure may grow or shrink and still be called the same population [ours]
SAME_POPULATION = Fraction(1, 4)


def same_population(before: int, now: int) -> bool:
    """Whether the people behind a figure grew or shrank by a quarter at most."""
    return bool(before) and abs(now - before) <= SAME_POPULATION * before


def make_up(
    figure: Figure, before: Workforce | None, now: Workforce | None
) -> tuple[Fraction | None, tuple[int, int] | None]:
    """How much of the change of a total's BME percentage comes from people standing in other bands than
    before.

    Also the number of people behind the figure in both years, where the workforce is behind it.
    """
    rule = indicators.rule(figure.indicator)
    if "workforce" not in rule.counted_from or before is None or now is None:
        return None, None
    people = (before.total.total, now.total.total)
    if rule.shape != indicators.HEADCOUNT_BY_BAND or figure.band or not all(people):
        return None, people
    cluster = figure.cluster or None
    sizes = (before.where(cluster).total, now.where(cluster).total)
    return (make_up_part(before, now, cluster) if all(sizes) else None), sizes


def make_up_part(before: Workforce, now: Workforce, cluster: str | None) -> Fraction:
    """The part of a change of the BME percentage (in points) that the mix of clusters and bands makes.

    Kitagawa's two parts: the change of each band's share of the workforce at the mean of its two BME
    percentages; what remains is the change of the bands' own percentages at the mean of their shares.
    A band that one year has nobody in takes the other year's percentage.
    """
    then, after = before.where(cluster).total, now.where(cluster).total
    part = Fraction(0)
    for place in sorted(set(before.cells) | set(now.cells)):
        if cluster is not None and place[0] != cluster:
            continue
        first, second = before.cells.get(place), now.cells.get(place)
        n1, n2 = (first.total if first else 0), (second.total if second else 0)
        if not n1 and not n2:
            continue
        own = [Fraction(people.bme, n) if people and n else None for people, n in ((first, n1), (second, n2))]
        rates = [rate for rate in own if rate is not None]
        mean = sum(rates, Fraction(0)) / len(rates)
        part += (Fraction(n2, after) - Fraction(n1, then)) * mean
    return 100 * part

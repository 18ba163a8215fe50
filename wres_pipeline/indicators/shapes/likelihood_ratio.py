"""A likelihood for each group, and the ratio of the two that are compared, in its named direction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from wres_pipeline.indicators import published_range
from wres_pipeline.indicators.counts import Discipline, Groups, OrganisationCounts, Recruitment
from wres_pipeline.indicators.figure import Figure, half_up
from wres_pipeline.indicators.figure_builder import (
    Comparison,
    FigureBuilder,
    Result,
    in_percent,
    on_time,
    relative_likelihood,
)
from wres_pipeline.statistics import extremes, intervals

if TYPE_CHECKING:
    from wres_pipeline.indicators.shapes import Keys
    from wres_pipeline.reference.indicators import IndicatorRule
    from wres_pipeline.reference.years import ReportingYear

#: what a year's basis is called where two years of cases are averaged
ROLLING = "two_year_rolling"
MEASURE = "likelihood"


@dataclass(frozen=True, slots=True)
class Tally:
    """Those it could happen to and those it happened to, over `years` together; `note` is what is said of both."""

    trials: Groups
    successes: Groups
    years: int = 1
    note: str = ""


def figures(
    maker: FigureBuilder, rule: IndicatorRule, counts: OrganisationCounts, year: ReportingYear, absent: str
) -> Result:
    """Those it could happen to, those it happened to, the likelihood of each group, and the ratio.

    `absent` is the state of every figure where an extract is not there, or does not reach back as far as a two-year basis
    needs: an average of one year would be another figure under the same name.
    """
    part = counts.part(rule.counted_from[0], rule.number)
    if part is None or (rule.counted_from[1:] and counts.workforce is None):
        return _absent(maker, rule, absent)
    told = " ".join(filter(None, (_up_to(part.up_to, year.period_end, rule.counts), on_time(part.timing))))
    if isinstance(part, Recruitment):
        if part.aggregate:
            told = f"{told} Counted from a summary report of recruitment, not from applications.".strip()
        return _likelihoods(maker, rule, Tally(part.shortlisted, part.appointed, note=told))
    people = counts.workforce.total if counts.workforce else Groups()
    if isinstance(part, Discipline):
        tally = _over_years(part, people, told, rolling=maker.basis == ROLLING)
        if tally is None:
            missing = "No file covers the cases of the year before, which the two-year average needs."
            return _absent(maker, rule, absent, note=missing)
    else:
        tally = Tally(people, part.people, note=told)
    return _likelihoods(maker, rule, tally)


def _over_years(counts: Discipline, people: Groups, told: str, *, rolling: bool) -> Tally | None:
    """The cases of the year, or of two years together: their average has both years' cases over twice the workforce."""
    if not rolling:
        return Tally(people, counts.this_year, note=told)
    if counts.year_before is None:
        return None
    cases = counts.this_year.plus(counts.year_before)
    if not counts.reaches_back and cases.total:
        short = "No case before this year is in the files: if they start with it, the average is too low."
        told = f"{told} {short}".strip()
    return Tally(people, cases, 2, told)


def needs(rule: IndicatorRule, figure: Figure, place: tuple[str, str]) -> Keys:
    """The counts behind a likelihood, those it happened to first; behind the ratio those of both groups."""
    base, events = (rule.cells[measure] for measure in rule.base_and_events)
    groups = rule.grouping.compared if figure.unit == "ratio" else (figure.ethnic_group,)
    return tuple((*place, table, "", figure.band, group) for group in groups for table in (events, base))


def basis(rule: IndicatorRule, year: ReportingYear) -> str:
    """What the year's settings say of the definition, where they say anything."""
    return getattr(year, rule.basis_setting) if rule.basis_setting else ""


def scale(rule: IndicatorRule) -> str:
    """A ratio of two likelihoods."""
    return "ratio"


def family(rule: IndicatorRule, figure: Figure) -> str:
    """The ratio is a headline."""
    return "headline"


def range_in_words(
    value: Fraction | int | float | None, people: Groups, cases: Groups, years: int = 1
) -> str:
    """Where a ratio stands to the published range, and how often a fair organisation of this size is outside
    it.

    `cases` are those of all `years` together, `people` the workforce of one year.
    """
    low, high = published_range.published_range()
    ends = f"{half_up(low, 2)} to {half_up(high, 2)}"
    known_people, known_cases = people.white + people.bme, cases.white + cases.bme
    if not known_cases or not people.white or not people.bme or known_cases >= known_people * years:
        return ""
    rate = known_cases / (known_people * years)
    chance = published_range.chance_outside(people.white * years, people.bme * years, rate)
    where = ""
    if isinstance(value, (Fraction, int)):
        place = published_range.classify(Fraction(value))
        where = f"{'Inside' if place == 'inside' else 'Outside'} the range {ends} published for indicator 3. "
    return (
        f"{where}An organisation of this size and number of cases that treats everybody alike is outside "
        f"{ends} in {half_up(100 * chance)} years of 100, by chance alone."
    )


def _likelihoods(maker: FigureBuilder, rule: IndicatorRule, tally: Tally) -> Result:
    result = Result()
    base, entered = rule.base_and_events
    trials, successes, years, note = tally.trials, tally.successes, tally.years, tally.note
    for group in rule.grouping.groups:
        count = trials.of(group, rule.grouping)
        result.figures.append(maker.people(base, count, group=group, unknown=trials.unknown, note=note))
    for group in rule.grouping.groups:
        done, spare = (_a_year(n, years) for n in (successes.of(group, rule.grouping), successes.unknown))
        result.figures.append(maker.people(entered, done, group=group, unknown=spare, note=note))
    for group in rule.grouping.groups:
        cases, of = successes.of(group, rule.grouping), trials.of(group, rule.grouping)
        result.figures.append(
            maker.share(
                MEASURE,
                _a_year(cases, years),
                of,
                group=group,
                years=years,
                bounds=in_percent(_likelihood_open(rule, tally, group), years),
                note=f"More than 100%: people who left before the snapshot count as well. {note}".strip()
                if cases > of * years and of
                else note,
            )
        )
    result.figures.append(_ratio(maker, rule, tally))
    reference, focus = (
        (successes.of(group, rule.grouping), trials.of(group, rule.grouping) * years)
        for group in rule.grouping.compared
    )
    result.comparisons.append(Comparison(result.figures[-1].key, "headline", reference, focus))
    return result


def _a_year(count: int, years: int) -> Fraction | int:
    return count if years == 1 else Fraction(count, years)


def _tied(rule: IndicatorRule) -> bool:
    """Whether everybody it happened to is among those it could happen to; leavers are not, and their group is open apart."""
    return rule.cells[rule.base_and_events[1]] in rule.part_of


def _likelihood_open(rule: IndicatorRule, tally: Tally, group: str) -> extremes.Range:
    """What the likelihood of a group can be, as a share; nothing is open for those not known themselves."""
    if group == rule.grouping.unknown:
        return extremes.NOTHING
    done, of = tally.successes.of(group, rule.grouping), tally.trials.of(group, rule.grouping)
    unknown = (tally.successes.unknown, tally.trials.unknown)
    return extremes.likelihood(done, of, unknown, tied=_tied(rule))


def _ratio(maker: FigureBuilder, rule: IndicatorRule, tally: Tally) -> Figure:
    if rule.ratio is None:
        raise ValueError(f"the registry names no ratio for indicator {rule.number}")
    trials, successes, years = tally.trials, tally.successes, tally.years
    above, below = (
        (successes.of(group, rule.grouping), trials.of(group, rule.grouping))
        for group in rule.above_and_below
    )
    value = relative_likelihood(above, below)
    why = "" if value is not None else _why(rule, above, below)
    chance = range_in_words(value, trials, successes, years) if rule.fair_range else ""
    return maker.ratio(
        rule.ratio,
        value,
        intervals.koopman((above[0], above[1] * years), (below[0], below[1] * years)),
        bounds=extremes.ratio(above, below, (successes.unknown, trials.unknown), tied=_tied(rule)),
        reason=why,
        note=" ".join(filter(None, (tally.note, chance))),
    )


def _why(rule: IndicatorRule, above: tuple[int, int], below: tuple[int, int]) -> str:
    names = rule.above_and_below
    for group, (_, of) in zip(names, (above, below), strict=True):
        if not of:
            return f"Not calculable: there is nobody {group} to count."
    if not below[0] and not above[0]:
        return "Not calculable: nobody of either group, 0 ÷ 0."
    return f"Not calculable: the likelihood for {names[1]} is 0, and nothing can be divided by it."


def _absent(maker: FigureBuilder, rule: IndicatorRule, state: str, note: str = "") -> Result:
    result = Result()
    for measure in rule.base_and_events:
        for group in rule.grouping.groups:
            result.figures.append(maker.absent(measure, "people", state, group=group, note=note))
    for group in rule.grouping.groups:
        result.figures.append(maker.absent(MEASURE, "percent", state, group=group, note=note))
    result.figures.append(maker.absent(rule.ratio or "", "ratio", state, note=note))
    return result


def _up_to(covered: date | None, period_end: date, what: str) -> str:
    if covered is None or covered >= period_end:
        return ""
    return f"Covers {what} up to {covered.day} {covered:%B %Y} only."

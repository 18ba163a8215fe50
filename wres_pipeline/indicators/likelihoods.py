"""Indicators 2, 3 and 4: a likelihood for each ethnic group, and their ratio in its named direction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from wres_pipeline.indicators import published_range
from wres_pipeline.indicators.counts import (
    BME,
    GROUPS,
    UNKNOWN,
    WHITE,
    Discipline,
    Groups,
    Recruitment,
    Training,
    Workforce,
)
from wres_pipeline.indicators.figure import Figure, half_up
from wres_pipeline.indicators.figure_builder import (
    Comparison,
    FigureBuilder,
    Result,
    in_percent,
    on_time,
    relative_likelihood,
)
from wres_pipeline.reference import indicators
from wres_pipeline.statistics import extremes, intervals

#: what a year's basis is called where two years of cases are averaged
ROLLING = "two_year_rolling"
#: indicators whose cases can be of people no longer in the workforce: their ethnicity is open apart from it
FREE = frozenset({"3"})


def indicator_2(maker: FigureBuilder, counts: Recruitment | None, absent: str, period_end: date) -> Result:
    """Appointed from shortlisting; the ratio is White ÷ BME. The unit is the application."""
    if counts is None:
        return _absent(maker, "2", ("shortlisted", "appointed"), absent)
    notes = [_up_to(counts.up_to, period_end, "applications"), on_time(counts.timing)]
    if counts.aggregate:
        notes.append("Counted from a summary report of recruitment, not from applications.")
    return _likelihoods(
        maker,
        "2",
        ("shortlisted", "appointed"),
        counts.shortlisted,
        counts.appointed,
        note=" ".join(note for note in notes if note),
    )


def indicator_3(
    maker: FigureBuilder,
    counts: Discipline | None,
    workforce: Workforce | None,
    absent: str,
    period_end: date,
) -> Result:
    """Entering the formal disciplinary process; the ratio is BME ÷ White.

    With the two-year basis the numerator is (cases of the year + cases of the year before) ÷ 2 and the
    interval counts both years' cases over twice the workforce. Where the year before is not covered the
    figures are not collected, since a rolling average of one year would be another figure under the same
    name.
    """
    measures = ("workforce", "entered_disciplinary")
    if counts is None or workforce is None:
        return _absent(maker, "3", measures, absent)
    people = workforce.total
    note = " ".join(filter(None, (_up_to(counts.up_to, period_end, "cases"), on_time(counts.timing))))
    years, cases = 1, counts.this_year
    if maker.basis == ROLLING:
        if counts.year_before is None:
            missing = "No file covers the cases of the year before, which the two-year average needs."
            return _absent(maker, "3", measures, absent, note=missing)
        years, cases = 2, counts.this_year.plus(counts.year_before)
        if not counts.reaches_back and cases.total:
            short = "No case before this year is in the files: if they start with it, the average is too low."
            note = f"{note} {short}".strip()
    result = _likelihoods(maker, "3", measures, people, cases, years=years, note=note)
    ratio = result.figures[-1]
    result.figures[-1] = replace(
        ratio, note=f"{ratio.note} {range_in_words(ratio.value, people, cases, years)}".strip()
    )
    return result


def indicator_4(
    maker: FigureBuilder, counts: Training | None, workforce: Workforce | None, absent: str, period_end: date
) -> Result:
    """Accessing non-mandatory training and CPD; people, not courses; the ratio is White ÷ BME."""
    measures = ("workforce", "accessed_training")
    if counts is None or workforce is None:
        return _absent(maker, "4", measures, absent)
    note = " ".join(filter(None, (_up_to(counts.up_to, period_end, "courses"), on_time(counts.timing))))
    return _likelihoods(maker, "4", measures, workforce.total, counts.people, note=note)


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


def _likelihoods(
    maker: FigureBuilder,
    number: str,
    measures: tuple[str, str],
    trials: Groups,
    successes: Groups,
    *,
    years: int = 1,
    note: str = "",
) -> Result:
    result = Result()
    base, entered = measures
    average = Groups(*successes) if years == 1 else None
    for group in GROUPS:
        result.figures.append(
            maker.people(base, trials.of(group), group=group, unknown=trials.unknown, note=note)
        )
    for group in GROUPS:
        count = successes.of(group) if average else Fraction(successes.of(group), years)
        spare = successes.unknown if average else Fraction(successes.unknown, years)
        result.figures.append(maker.people(entered, count, group=group, unknown=spare, note=note))
    for group in GROUPS:
        ends = _likelihood_open(successes, trials, group, tied=number not in FREE)
        more = successes.of(group) > trials.of(group) * years
        result.figures.append(
            maker.share(
                "likelihood",
                Fraction(successes.of(group), years) if years > 1 else successes.of(group),
                trials.of(group),
                group=group,
                years=years,
                bounds=in_percent(ends, years),
                note=f"More than 100%: people who left before the snapshot count as well. {note}".strip()
                if more and trials.of(group)
                else note,
            )
        )
    result.figures.append(_ratio(maker, number, trials, successes, years, note))
    white = (successes.white, trials.white * years)
    bme = (successes.bme, trials.bme * years)
    result.comparisons.append(Comparison(result.figures[-1].key, "headline", white, bme))
    return result


def _likelihood_open(successes: Groups, trials: Groups, group: str, *, tied: bool) -> extremes.Range:
    """What the likelihood of a group can be, as a share; nothing is open for Unknown itself."""
    if group == UNKNOWN:
        return extremes.NOTHING
    unknown = (successes.unknown, trials.unknown)
    return extremes.likelihood(successes.of(group), trials.of(group), unknown, tied=tied)


def _ratio(
    maker: FigureBuilder, number: str, trials: Groups, successes: Groups, years: int, note: str
) -> Figure:
    rule = indicators.rule(number)
    if rule.ratio is None:
        raise ValueError(f"the registry names no ratio for indicator {number}")
    above, below = (WHITE, BME) if rule.direction == "white_over_bme" else (BME, WHITE)

    def of(people: Groups, done: Groups) -> Fraction | None:
        return relative_likelihood((done.of(above), people.of(above)), (done.of(below), people.of(below)))

    value = of(trials, successes)
    why = "" if value is not None else _why(above, below, trials, successes)
    return maker.ratio(
        rule.ratio,
        value,
        intervals.koopman(
            (successes.of(above), trials.of(above) * years), (successes.of(below), trials.of(below) * years)
        ),
        bounds=extremes.ratio(
            (successes.of(above), trials.of(above)),
            (successes.of(below), trials.of(below)),
            (successes.unknown, trials.unknown),
            tied=number not in FREE,
        ),
        note=f"{why} {note}".strip(),
    )


def _why(above: str, below: str, trials: Groups, successes: Groups) -> str:
    for group in (above, below):
        if not trials.of(group):
            return f"Not calculable: there is nobody {group} to count."
    if not successes.of(below) and not successes.of(above):
        return "Not calculable: nobody of either group, 0 ÷ 0."
    return f"Not calculable: the likelihood for {below} is 0, and nothing can be divided by it."


def _absent(
    maker: FigureBuilder, number: str, measures: tuple[str, str], state: str, note: str = ""
) -> Result:
    result = Result()
    for measure in measures:
        for group in GROUPS:
            result.figures.append(maker.absent(measure, "people", state, group=group, note=note))
    for group in GROUPS:
        result.figures.append(maker.absent("likelihood", "percent", state, group=group, note=note))
    name = indicators.rule(number).ratio or ""
    result.figures.append(maker.absent(name, "ratio", state, note=note))
    return result


def _up_to(covered: date | None, period_end: date, what: str) -> str:
    if covered is None or covered >= period_end:
        return ""
    return f"Covers {what} up to {covered.day} {covered:%B %Y} only."

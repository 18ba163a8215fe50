"""A percentage of the staff survey for each group, from respondents' answers or from published percentages."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from wres_pipeline.indicators.counts import ALL, Answers, OrganisationCounts, Survey, SurveyPercent
from wres_pipeline.indicators.figure import Figure, number_shown, shown_text, state_of
from wres_pipeline.indicators.figure_builder import Comparison, FigureBuilder, Result, in_percent
from wres_pipeline.reference import survey as reference
from wres_pipeline.statistics import extremes, intervals

if TYPE_CHECKING:
    from wres_pipeline.indicators.shapes import Keys
    from wres_pipeline.reference.indicators import IndicatorRule
    from wres_pipeline.reference.years import ReportingYear

MEASURE = "percentage"
PARTS_OF_6 = ("managers", "colleagues")
INCLUDES_DONT_KNOW = "includes_dont_know"
#: a base that may lack the third answer: such a percentage would be far too high
NOBODY_UNSURE = (
    "Nobody in the file answered Don't know, which belongs in the base: see whether it was left out."
)


def figures(
    maker: FigureBuilder, rule: IndicatorRule, counts: OrganisationCounts, year: ReportingYear, absent: str
) -> Result:
    """The percentage of each group that is compared and of all respondents, with the number of responses.

    Respondents' answers win over published percentages, because only they tell whether somebody met it from
    managers or from colleagues (indicator 6) and how many are behind a percentage. `absent` is the state of a
    group of which there is no figure at all.
    """
    result = Result()
    survey = counts.survey
    counted = survey is not None and any(key[0] == rule.number for key in survey.answers)
    for group in (*rule.grouping.compared, ALL):
        if survey is not None and counted:
            result.figures.append(_from_answers(maker, rule, survey, group))
        else:
            result.figures.append(_from_percents(maker, survey, group, absent))
    reference, focus = (_table(result.figures[place]) for place in (0, 1))
    if reference and focus:
        result.comparisons.append(Comparison(result.figures[1].key, "headline", reference, focus))
    return result


def needs(rule: IndicatorRule, figure: Figure, place: tuple[str, str]) -> Keys:
    """None: the survey has a rule of its own for few respondents."""
    return ()


def basis(rule: IndicatorRule, year: ReportingYear) -> str:
    """The base of the question as the year's settings or the questionnaire say, and the year since when it is worded anew."""
    if rule.basis_setting:
        worded = reference.worded_anew(rule.survey_topic, year.survey_year)
        base: str = getattr(year, rule.basis_setting)
        return f"{base}_{worded}" if worded else base
    return next((q.base for q in reference.questions(year.survey_year) if q.indicator == rule.number), "")


def scale(rule: IndicatorRule) -> str:
    """Percentage points."""
    return "points"


def family(rule: IndicatorRule, figure: Figure) -> str:
    """Each group's percentage is a headline."""
    return "headline"


def either_bounds(managers: Fraction, colleagues: Fraction) -> tuple[Fraction, Fraction]:
    """The least and the most that can have met it from either, given the two percentages (0–100)."""
    return max(managers, colleagues), min(Fraction(100), managers + colleagues)


def _from_answers(maker: FigureBuilder, rule: IndicatorRule, survey: Survey, group: str) -> Figure:
    with_dont_know = maker.basis.startswith(INCLUDES_DONT_KNOW)
    number = rule.number
    unknown = survey.answers.get((number, rule.grouping.unknown), Answers())
    everybody = unknown
    for name in rule.grouping.compared:
        everybody = everybody.plus(survey.answers.get((number, name), Answers()))
    note = (
        NOBODY_UNSURE if with_dont_know and everybody.yes and everybody.no and not everybody.dont_know else ""
    )
    if group == ALL:
        return maker.share(MEASURE, everybody.yes, everybody.base(with_dont_know), group=ALL, note=note)
    known = survey.answers.get((number, group), Answers())
    bounds = in_percent(
        extremes.likelihood(
            known.yes, known.base(with_dont_know), (unknown.yes, unknown.base(with_dont_know))
        )
    )
    return maker.share(MEASURE, known.yes, known.base(with_dont_know), group=group, bounds=bounds, note=note)


def _from_percents(maker: FigureBuilder, survey: Survey | None, group: str, absent: str) -> Figure:
    found = [] if survey is None else [p for p in survey.percents if p.group == group]
    whole = [p for p in found if p.indicator == maker.indicator and not p.part]
    parts = {p.part: p for p in reversed(found) if p.indicator == maker.indicator and p.part}
    places = 0 if survey is not None and _whole_numbers(survey) else 1
    if whole:
        return _published(maker, whole[0], places, _contradiction(whole[0], parts, places))
    if all(part in parts for part in PARTS_OF_6):
        return _between(maker, parts[PARTS_OF_6[0]], parts[PARTS_OF_6[1]], places)
    note = ""
    if parts:
        have = next(iter(parts))
        note = f"Only the percentage for {have} is published: the other half of the question is missing."
    elif survey is not None and (survey.percents or survey.answers):
        note = (
            "The survey's publication gives no figure for all staff."
            if group == ALL
            else "The survey's publication gives no figure by ethnic group."
        )
    return maker.absent(MEASURE, "percent", absent, group=group, note=note)


def _contradiction(whole: SurveyPercent, parts: Mapping[str, SurveyPercent], places: int) -> str:
    """Words where the combined percentage cannot be that of the two parts printed beside it."""
    printed = [parts[part].percent for part in PARTS_OF_6 if part in parts]
    if whole.percent is None or any(one is None for one in printed):
        return ""
    known = [one for one in printed if one is not None]
    slack = Fraction(1) if places == 0 else Fraction(1, 10)
    least = max(known, default=Fraction(0)) - slack
    most = sum(known) + slack if len(known) == len(PARTS_OF_6) else Fraction(100)
    if least <= whole.percent <= most:
        return ""
    return "The percentages for managers and for other colleagues, printed beside it, cannot give it."


def _published(maker: FigureBuilder, one: SurveyPercent, places: int, found: str = "") -> Figure:
    if one.percent is None:
        return maker.absent(MEASURE, "percent", "suppressed_at_source", group=one.group)
    if not 0 <= one.percent <= 100:
        note = f"The source prints {number_shown(one.percent, 'percent')}, which is no percentage of people."
        return maker.absent(MEASURE, "percent", "not_calculable", group=one.group, note=note)
    state = state_of(one.percent)
    low, high = intervals.NO_INTERVAL
    if one.base:
        low, high = _wilson_of_percent(one.percent, one.base)
    return Figure(
        maker.organisation_code,
        maker.reporting_year,
        maker.indicator,
        MEASURE,
        ethnic_group=one.group,
        denominator=one.base,
        value=one.percent,
        unit="percent",
        state=state,
        interval_low=low,
        interval_high=high,
        shown=shown_text(one.percent, "percent", state, places),
        note=f"{found} {_published_note(maker, one, places)}".strip(),
        basis=maker.basis,
        rule_version=maker.rule_version,
        deliveries=maker.deliveries,
    )


def _between(maker: FigureBuilder, managers: SurveyPercent, colleagues: SurveyPercent, places: int) -> Figure:
    group = managers.group
    if managers.percent is None or colleagues.percent is None:
        return maker.absent(MEASURE, "percent", "suppressed_at_source", group=group)
    low, high = either_bounds(managers.percent, colleagues.percent)
    ends = [number_shown(end, "percent", places) for end in (low, high)]
    if low == high:
        whole = SurveyPercent(maker.indicator, "", group, low, managers.base, managers.question)
        return _published(maker, whole, places)
    note = (
        f"Between {ends[0]} and {ends[1]}: the publication gives managers and other colleagues apart, "
        "and how many people met both is not known."
    )
    return Figure(
        maker.organisation_code,
        maker.reporting_year,
        maker.indicator,
        MEASURE,
        ethnic_group=group,
        unit="percent",
        state="not_calculable",
        bound_low=float(low),
        bound_high=float(high),
        shown=f"between {ends[0]} and {ends[1]}",
        note=" ".join(part for part in (note, _complement(managers, places, both=True), maker.note) if part),
        basis=maker.basis,
        rule_version=maker.rule_version,
        deliveries=maker.deliveries,
    )


def _published_note(maker: FigureBuilder, one: SurveyPercent, places: int) -> str:
    parts = [_complement(one, places)]
    if not one.base:
        parts.append("The number of responses is not published.")
    parts.append(maker.note)
    return " ".join(part for part in parts if part)


def _complement(one: SurveyPercent, places: int, *, both: bool = False) -> str:
    if one.printed is None:
        return ""
    if both:
        return "Printed as did not experience, and turned round here."
    return (
        f"Printed as {number_shown(one.printed, 'percent', places)} who did not; "
        f"turned round here, 100 − {number_shown(one.printed, 'percent', places)[:-1]}."
    )


def _wilson_of_percent(percent: Fraction, base: int) -> tuple[float | None, float | None]:
    count = (2 * percent * base + 100) // 200
    low, high = intervals.wilson(int(count), base)
    return (None if low is None else 100 * low, None if high is None else 100 * high)


def _table(figure: Figure) -> tuple[int, int] | None:
    """(yes, base) behind a percentage; for a published one the nearest whole number of people."""
    if figure.state not in ("value", "zero") or not figure.denominator or figure.value is None:
        return None
    base = int(figure.denominator)
    if figure.numerator is not None:
        return int(figure.numerator), base
    return int((2 * Fraction(figure.value) * base + 100) // 200), base


def _whole_numbers(survey: Survey) -> bool:
    printed = [p.percent for p in survey.percents if p.percent is not None]
    return bool(printed) and all(percent.denominator == 1 for percent in printed)

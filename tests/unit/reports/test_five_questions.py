"""The five lines at the head of a publication: what they say follows from the figures, worked out here again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from math import inf, log
from typing import NamedTuple

import pytest

from tests.unit.reports.invented_return import invented_context
from tests.unit.reports.test_narrative import edition
from tests.unit.reports.test_overview_of_a_return import CODE, figure, ratio, survey
from wres_pipeline.indicators import changes
from wres_pipeline.indicators.figure import STATES, Figure
from wres_pipeline.reference import national, years
from wres_pipeline.reports.context import ChangeSinceLastYear, PlannedAction, ReturnContext, SignOff
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.report_context import change_words
from wres_pipeline.reports.site.five_questions import answers

ABOUT = {
    "appointment from shortlisting": "2",
    "the disciplinary process": "3",
    "training": "4",
    "harassment by the public": "5",
    "harassment by staff": "6",
    "belief in equal opportunities": "7",
    "discrimination at work": "8",
    "the board": "9",
    "rising through the pay bands": "race_disparity",
}
LAST_YEAR, ENGLAND, WORST, DOING, TRUST = range(5)


def said(figures: list[Figure], place: int, context: ReturnContext | None = None, **more: object) -> str:
    about = context if context is not None else invented_context("public", changes=())
    return answers(FigureSet(figures, CODE, 2021), about, about.checks, **more)[place].words  # type: ignore[arg-type]


def changed(figure: Figure, kind: str) -> ChangeSinceLastYear:
    return ChangeSinceLastYear(
        figure.indicator, figure.measure, kind, "", figure.cluster, figure.band, figure.ethnic_group
    )


def test_a_year_is_fairer_or_less_fair_only_where_the_change_is_more_than_chance() -> None:
    two = [ratio("1.2", ""), ratio("1.6", "", year=2020)]
    three = [ratio("0.5", "", indicator="3"), ratio("0.9", "", indicator="3", year=2020)]
    four = [ratio("1.1", "", indicator="4"), ratio("1.3", "", indicator="4", year=2020)]
    eight = [
        figure("8", "percentage", v, "percent", group="BME", shown=f"{v}%", year=y)
        for v, y in (("12.0", 2021), ("15.0", 2020))
    ]
    figures = [*two, *three, *four, *eight]
    kinds = ((two[0], "real"), (three[0], "real"), (four[0], "chance"), (eight[0], "population"))
    context = invented_context("public", changes=tuple(changed(*one) for one in kinds))
    # 1.2 is nearer to 1 than 1.6; 0.5 is further from it than 0.9, on a scale on which half and double are alike
    assert said(figures, LAST_YEAR, context) == (
        "Fairer: appointment from shortlisting. Less fair: the disciplinary process. Changed, but other people are counted: "
        "discrimination at work. In 1 other the change is no more than chance can make."
    )
    steady = replace(context, changes=(changed(four[0], "chance"),))
    assert said(figures, LAST_YEAR, steady) == (
        "That cannot be told: the one figure that can be compared changed by no more than chance can make."
    )


def test_a_change_whose_two_figures_are_not_both_printed_decides_nothing() -> None:
    now, before = ratio("1.2", ""), ratio("1.6", "", year=2020)
    context = invented_context("public", changes=(changed(now, "real"),))
    for hidden in (replace(now, value=None, state="withheld", shown=STATES["withheld"]), now):
        kept = [hidden] if hidden is now else [hidden, before]
        assert said(kept, LAST_YEAR, context).startswith("That cannot be told: none of the figures")


def test_england_is_fairer_or_less_fair_only_where_our_interval_does_not_hold_its_figure() -> None:
    def at(number: str, value: str, low: float, high: float) -> Figure:
        return replace(ratio(value, "", indicator=number), interval_low=low, interval_high=high)

    discriminated = figure("8", "percentage", "21.0", "percent", group="BME", shown="21.0%")
    figures = [
        at("2", "1.11", 0.90, 1.38),  # England 1.61 in 2021
        at("3", "1.43", 0.72, 2.81),  # England 1.14 in 2021
        at("4", "1.13", 1.01, 1.14),  # England 1.15 in 2019
        replace(discriminated, interval_low=18.0, interval_high=24.0),  # England 16.7% in 2021
    ]
    assert said(figures, ENGLAND) == (
        "Fairer: appointment from shortlisting (1.11, England 1.61) and training (1.13, England 1.15). Less fair: discrimination "
        "at work (21.0%, England 16.7%). In 1 other the difference is no more than chance can make. England’s figures are those "
        "of NHS trusts in 2019 to 2021."
    )
    without_interval = [replace(one, interval_low=None, interval_high=None) for one in figures]
    assert said(without_interval, ENGLAND).startswith("That cannot be told: none of the figures")


def test_the_worst_comes_first_and_a_difference_in_favour_of_bme_people_is_none() -> None:
    figures = [
        ratio("0.4", "clear difference"),
        *survey("6", "20.0", "30.0", "clear difference"),
        *survey("8", "5.0", "10.0", "clear difference"),
        *survey("7", "60.0", "45.0", "likely difference"),
    ]
    # twice as many is more than one and a half times as many; of 7 a lower share is to their disadvantage
    assert said(figures, WORST) == (
        "Clear differences, worst first: discrimination at work and harassment by staff. A likely difference: belief in equal "
        "opportunities."
    )
    assert (
        said(figures[:1], WORST) == "No figure shows that BME people fare worse by more than chance can make."
    )
    # a figure without a verdict, as where counts are rounded, is called nothing
    unjudged = survey("6", "20.0", "30.0", "")
    assert said([*unjudged], WORST).startswith("That cannot be told: not every figure")
    assert said([*unjudged, *survey("8", "5.0", "10.0", "clear difference")], WORST) == (
        "A clear difference: discrimination at work."
    )
    assert said([ratio("3", "too few", indicator="3")], WORST).startswith("That cannot be told: too few")
    hidden = replace(ratio("1", ""), value=None, state="withheld", shown="between 1.10 and 1.15")
    assert said([replace(hidden, range_low=1.1, range_high=1.15)], WORST).startswith(
        "That cannot be told: figures are given as ranges"
    )


def test_actions_are_counted_by_status_and_those_on_what_is_worst_are_named() -> None:
    actions = (
        PlannedAction("A1", "Publish the plan.", status="done"),
        PlannedAction("A2", "Ask leavers why they leave", status="on track"),
        PlannedAction("A3", "Mixed interview panels", status="late", indicators=("2",)),
        PlannedAction("A4", "A talent pool", status="on track"),
    )
    context = invented_context("public", changes=(), actions=actions)
    assert said([ratio("1.6", "clear difference")], DOING, context) == (
        "4 actions: 1 done, 2 on track, 1 late. Among them: Mixed interview panels; Ask leavers why they leave."
    )
    nothing = replace(context, actions=(), action_plan="")
    assert said([], DOING, nothing) == "No action plan was supplied with this return."
    assert said([], DOING, nothing, members=2) == "That stands in the publication of each organisation."


def test_trust_is_the_declared_share_the_checks_what_is_missing_and_the_signature() -> None:
    context = invented_context(
        "public",
        complete=False,
        missing_kinds=("training records",),
        sign_off=SignOff("signed off", "the Board"),
    )
    assert said([], TRUST, context) == (
        "95.1% of staff declared their ethnicity. 1 of 2 checks passed. Not supplied: training records. Signed off by the Board."
    )
    bare = replace(context, declaration=(), complete=True, sign_off=SignOff())
    unknown = figure("1", "percentage", "7.7", "percent", group="Unknown", shown="7.7%")
    assert said([unknown], TRUST, bare) == (
        "The ethnicity of 7.7% of staff is not known. 1 of 2 checks passed. It is not signed off yet."
    )
    assert said([], TRUST, bare).startswith("How many staff declared their ethnicity is not shown.")


def _names(words: str, head: str) -> list[str]:
    """The indicators that a line names after some words, by the words alone."""
    found = re.search(rf"{head}: (.+?)\.(?: [A-Z]|$)", words)
    if not found:
        return []
    plain = re.sub(r" \([^)]*\)| and \d+ more$", "", found[1])
    return [ABOUT[name] for name in re.split(r", | and ", plain)]


def _printed(figures: list[Figure], number: str, year: int) -> float:
    """What the page prints of the ratio, of the BME percentage, or of the difference of the whole board."""
    measure = {"race_disparity": "lower_to_upper"}.get(number, "percentage")
    mine = [f for f in figures if f.indicator == number and f.reporting_year == year and not f.cluster]
    if number in "234":
        mine = [f for f in mine if f.measure.startswith("relative_likelihood") and not f.band]
    elif number == "9":
        mine = [f for f in mine if f.unit == "percentage_points" and f.band == "board"]
    else:
        mine = [f for f in mine if f.measure == measure and f.ethnic_group in ("", "BME")]
        mine = [f for f in mine if f.ethnic_group == "BME" or number == "race_disparity"]
    (one,) = mine
    return float(one.shown.replace(" percentage points", "").rstrip("%"))


def _unfair(number: str, value: float) -> float:
    if number in "568":
        return value
    if number == "7":
        return -value
    return abs(value) if number == "9" else abs(log(value)) if value else inf


class LinesRead(NamedTuple):
    """How many lines were read, how many indicators they named, and what the printed figures do not bear out."""

    lines: int
    named: int
    wrong: list[str]


def read_lines(seed: int, preset: str = "") -> LinesRead:
    """The lines of one generated year, held against what is printed; of the public edition under a rule where one is given."""
    made = edition(seed, preset)
    if made is None:
        return LinesRead(0, 0, [])
    figures = made.figures
    found = changes.between(made.before, made.now, years.load(2020), years.load(2021))
    if preset:
        found = changes.public(found, figures)
    context = invented_context("public", changes=change_words(found, for_public=bool(preset)))
    read = [one.words for one in answers(FigureSet(figures, CODE, 2021), context, context.checks)]
    wrong, named = [], 0
    for head, sign in (("Fairer", 1), ("Less fair", -1)):
        for number in _names(read[LAST_YEAR], head):
            last, this = (_unfair(number, _printed(figures, number, year)) for year in (2020, 2021))
            real = any(c.kind == "real" for c in found if c.indicator == number and c.ethnic_group != "White")
            wrong += [] if sign * (last - this) > 0 and real else [f"{number}: {read[LAST_YEAR]}"]
            named += 1
        for number in _names(read[ENGLAND], head):
            values = [v for v in national.values() if v.indicator == number and v.reporting_year <= 2021]
            newest = max((v for v in values if v.ethnic_group in ("", "BME")), key=lambda v: v.reporting_year)
            ours = _unfair(number, _printed(figures, number, 2021))
            wrong += (
                []
                if sign * (_unfair(number, float(newest.value)) - ours) > 0
                else [f"{number}: {read[ENGLAND]}"]
            )
            named += 1
    differences = {
        f.indicator for f in figures if f.reporting_year == 2021 and f.verdict.endswith(" difference")
    }
    for number in _names(read[WORST], "worst first"):
        wrong += [] if number in differences else [f"{number}: {read[WORST]}"]
        named += 1
    printed = {f.shown.rstrip("%") for f in figures} | {f"{v.value}" for v in national.values()}
    numerals = re.findall(r"\d+\.\d+", " ".join(read[: WORST + 1]))
    wrong += [f"{numeral} is printed nowhere" for numeral in numerals if numeral not in printed]
    return LinesRead(len(read), named, wrong)


@pytest.mark.parametrize(("preset", "seeds"), [("", range(25)), ("under 10", (12, 17, 70160))])
def test_read_back_on_generated_years_no_line_says_what_the_printed_figures_do_not(
    preset: str, seeds: Iterable[int]
) -> None:
    read = [read_lines(seed, preset) for seed in seeds]
    assert [one.wrong for one in read if one.wrong] == []
    assert sum(one.lines for one in read) >= 10
    assert sum(one.named for one in read) >= 17


def test_the_numbers_of_the_lines_are_the_figures_as_they_are_printed() -> None:
    third = replace(ratio("1", ""), value=Fraction(4, 3), shown="1.33", interval_low=1.2, interval_high=1.5)
    assert "(1.33, England 1.61)" in said([third], ENGLAND)

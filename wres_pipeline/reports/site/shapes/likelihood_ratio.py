"""What is shown of a likelihood with its ratio: counts, likelihoods and ratio as tables, charts and sentences."""

from __future__ import annotations

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.shapes.likelihood_ratio import MEASURE, ROLLING
from wres_pipeline.indicators.years_together import is_of_several_years
from wres_pipeline.reference.indicators import IndicatorRule
from wres_pipeline.render.charts import mark
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.labels import GROUPED_BY, MEASURES
from wres_pipeline.reports.narrative_text import Wording, wordings
from wres_pipeline.reports.site.indicator_charts import Chart, groups_over_years, ratios
from wres_pipeline.reports.site.indicator_tables import Table, judged
from wres_pipeline.reports.site.sentences import (
    ON_ANOTHER_BASIS,
    Said,
    compared,
    in_a_range,
    log_of,
    numeric,
    verdict_sentences,
)


def tables(rule: IndicatorRule, figures: FigureSet) -> tuple[Table, ...]:
    """Numbers and likelihoods of this year and the last, and the ratio of both."""
    return (
        *(_counts(rule, figures, year) for year in figures.this_and_last),
        *(
            _counts_together(rule, found)
            for year in figures.this_and_last
            if (found := together(rule, figures, year))
        ),
        _ratios(rule, figures),
    )


def together(
    rule: IndicatorRule, figures: FigureSet, year: int | None = None
) -> dict[tuple[str, str], Figure]:
    """(measure, group) -> the figure of several years together that is said in the place of the year's; none in most years."""
    return {
        (one.measure, one.ethnic_group): one
        for one in figures.of(rule.number, year)
        if is_of_several_years(one)
    }


def reported(rule: IndicatorRule, figures: FigureSet) -> list[tuple[str, Figure]]:
    """Every count and likelihood, and the ratio, for the reporting template."""
    ratio = rule.ratio or ""
    found = [
        (f"{MEASURES[m.name]}, {group}", figures.get(rule.number, m.name, group=group))
        for m in rule.measures[:3]
        for group in rule.grouping.groups
    ]
    return [*found, (MEASURES[ratio], figures.get(rule.number, ratio))]


def charts(rule: IndicatorRule, figures: FigureSet) -> list[Chart | None]:
    """Both likelihoods over the years, and the ratio over the years."""
    return [groups_over_years(rule, MEASURE, figures), _chart_of_ratios(rule, figures)]


def headlines(rule: IndicatorRule, figures: FigureSet) -> list[tuple[str, Figure]]:
    """The ratio, and that of several years together where there is one."""
    ratio = rule.ratio or ""
    found = [figures.get(rule.number, ratio), together(rule, figures).get((ratio, ""))]
    return [(MEASURES[ratio], one) for one in found if one is not None]


def groups_of(
    rule: IndicatorRule, figures: FigureSet, year: int | None = None
) -> tuple[Figure | None, Figure | None]:
    """The likelihoods of both groups."""
    reference, focus = (
        figures.get(rule.number, MEASURE, group=group, year=year) for group in rule.grouping.compared
    )
    return reference, focus


def finding(rule: IndicatorRule, figures: FigureSet) -> Said | None:
    """How many times as likely one group was as the other, this year and a year before."""
    ratio = figures.get(rule.number, rule.ratio or "")
    of_years = together(rule, figures).get((rule.ratio or "", ""))
    if of_years is not None:
        return Said(_ratio_together(rule, of_years), of_years, log_of(of_years.value))
    if not (ratio.state in ("value", "zero") or in_a_range(ratio)):
        return None
    words = wordings()[rule.number]
    top, bottom = rule.above_and_below
    said = f"{top} {words.people} were {ratio.shown} times as likely as {bottom} {words.people} to {words.to}"
    low, high = ratio.range_low, ratio.range_high
    if 0 in (ratio.value, high):  # "0.00 times as likely" is true, and nobody says it
        said = f"No {top} {words.people} {words.did}"
    elif low is not None and high is not None and low < 1 < high:
        # a range on both sides of 1 says neither "more" nor "less"; as "times as likely" a reader would take one of its ends
        said = (
            f"What can be published does not show whether {top} or {bottom} {words.people} were more likely to {words.to} "
            f"(the ratio is {ratio.shown})"
        )
    last = figures.get(rule.number, rule.ratio or "", year=figures.year - 1)
    if last.state == "value" and last.basis == ratio.basis:
        said += f" (a year before: {last.shown})"
    return Said(said, ratio, log_of(ratio.value))


def draft(rule: IndicatorRule, figures: FigureSet) -> tuple[str, ...]:
    """The sentences of this year, in reading order."""
    words = wordings()[rule.number]
    measure = rule.ratio or ""
    top, bottom = rule.above_and_below
    ratio = figures.get(rule.number, measure)
    sentences: list[str] = []
    if ratio.state == "zero":
        sentences.append(
            f"In {figures.year}, the relative likelihood, {top} ÷ {bottom}, was {ratio.shown}: no {top} "
            f"{words.people} {words.did}."
        )
    elif numeric(ratio):
        sentences.append(
            f"In {figures.year}, {top} {words.people} were {ratio.shown} times as likely as {bottom} "
            f"{words.people} to {words.to}."
        )
    else:
        sentences.append(f"The relative likelihood, {top} ÷ {bottom}, is {ratio.shown} for {figures.year}.")
    if numeric(ratio) and ratio.interval_shown:
        sentences.append(f"The 95% confidence interval of this ratio is {ratio.interval_shown}.")
    sentences += [s for group in rule.grouping.compared if (s := _rate_sentence(rule, group, figures, words))]
    sentences += verdict_sentences(ratio)
    before = figures.get(rule.number, measure, year=figures.year - 1)
    if figures.has_year(figures.year - 1):
        sentences.append(_ratio_before(ratio, before))
    return (*sentences, *_together_sentences(rule, figures))


def _ratio_together(rule: IndicatorRule, ratio: Figure) -> str:
    words = wordings()[rule.number]
    top, bottom = rule.above_and_below
    return (
        f"{ratio.band}: {top} {words.people} were {ratio.shown} times as likely as {bottom} {words.people} to {words.to}, "
        f"95% interval {ratio.interval_shown}"
    )


def _together_sentences(rule: IndicatorRule, figures: FigureSet) -> list[str]:
    found = together(rule, figures)
    ratio = found.get((rule.ratio or "", ""))
    sentences = [f"{_ratio_together(rule, ratio)}."] if ratio is not None else []
    words = wordings()[rule.number]
    kind = f"{words.base} " if words.base else ""
    for group in rule.grouping.compared:
        share = found.get((MEASURE, group))
        if share is not None:
            sentences.append(
                f"{share.band}: {share.shown} of {kind}{group} {words.people} {words.did}, 95% interval {share.interval_shown}."
            )
    return sentences


def _rate_sentence(rule: IndicatorRule, group: str, figures: FigureSet, words: Wording) -> str:
    base_name, event_name = rule.base_and_events
    base = figures.get(rule.number, base_name, group=group)
    event = figures.get(rule.number, event_name, group=group)
    share = figures.get(rule.number, MEASURE, group=group)
    kind = f"{words.base} " if words.base else ""
    average = "On a two-year average, " if share.basis == ROLLING else ""
    if numeric(base, event, share):
        of = f"{event.shown} of {base.shown} {kind}{group} {words.people}"
        return f"{average}{of} {words.did} ({share.shown})."
    if numeric(share):
        return f"{average}{share.shown} of {kind}{group} {words.people} {words.did}."
    if share.state in ("not_collected", "not_required"):
        return ""
    return f"The likelihood for {group} {words.people} is {share.shown}."


def _ratio_before(now: Figure, before: Figure) -> str:
    if not numeric(before):
        return f"The ratio of the year before, {before.reporting_year}, is {before.shown}."
    stated = f"In {before.reporting_year} the ratio was {before.shown}"
    if now.basis != before.basis:
        return f"{stated}, {ON_ANOTHER_BASIS}."
    return f"{stated}{compared(now, before)}."


def _counts(rule: IndicatorRule, figures: FigureSet, year: int) -> Table:
    rows = []
    for measure in rule.measures[:3]:
        cells = [figures.get(rule.number, measure.name, group=g, year=year) for g in rule.grouping.groups]
        unit = "" if measure.unit == "people" else " (%)"
        rows.append((f"{MEASURES[measure.name]}{unit}", *(f.shown for f in cells)))
    likelihoods = [figures.get(rule.number, MEASURE, group=g, year=year) for g in rule.grouping.groups]
    rows.append(("95% confidence interval", *(f.interval_shown or "none" for f in likelihoods)))
    return Table(
        caption=f"{rule.name}: numbers and likelihoods by {GROUPED_BY[rule.grouping.name]}, {year}",
        head=("Measure", *rule.grouping.groups),
        rows=tuple(rows),
        numeric=(1, 2, 3),
    )


def _counts_together(rule: IndicatorRule, found: dict[tuple[str, str], Figure]) -> Table:
    groups = [group for group in rule.grouping.compared if (MEASURE, group) in found]
    rows = [
        (
            f"{MEASURES[measure.name]}{'' if measure.unit == 'people' else ' (%)'}",
            *(found[measure.name, group].shown for group in groups),
        )
        for measure in rule.measures[:3]
    ]
    rows.append(("95% confidence interval", *(found[MEASURE, group].interval_shown for group in groups)))
    return Table(
        caption=f"{rule.name}: numbers and likelihoods by {GROUPED_BY[rule.grouping.name]}, {found[MEASURE, groups[0]].band}",
        head=("Measure", *groups),
        rows=tuple(rows),
        numeric=tuple(range(1, len(groups) + 1)),
    )


def _ratios(rule: IndicatorRule, figures: FigureSet) -> Table:
    measure = rule.ratio or ""
    found = [
        (name, one)
        for year in figures.this_and_last
        for name, one in (
            (str(year), figures.get(rule.number, measure, year=year)),
            *(
                (one.band, one)
                for (named, _), one in together(rule, figures, year).items()
                if named == measure
            ),
        )
    ]
    return Table(
        caption=f"{rule.name}: relative likelihood, {' ÷ '.join(rule.above_and_below)}",
        head=(
            "Year",
            "Ratio",
            "95% confidence interval",
            f"Range, whatever the {rule.grouping.name} of those not known",
            "Verdict",
        ),
        rows=tuple(judged(*one) for one in found),
        numeric=(1,),
        wide=True,
    )


def _chart_of_ratios(rule: IndicatorRule, figures: FigureSet) -> Chart | None:
    measure = rule.ratio or ""
    marks = [
        mark(str(year), figures.get(rule.number, measure, year=year), paler=year != figures.year)
        for year in figures.years
        if year <= figures.year
    ]
    name = MEASURES[measure]
    return ratios(rule, f"{rule.name}: {name[0].lower()}{name[1:]}", marks, axis=name)

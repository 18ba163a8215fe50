"""What is shown of a ratio of tiers: how much likelier one group is to be found higher up, a cluster and a step at a time."""

from __future__ import annotations

from wres_pipeline.indicators import verdicts
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference.indicators import IndicatorRule
from wres_pipeline.render.charts import mark
from wres_pipeline.render.text import listed
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.labels import MEASURES
from wres_pipeline.reports.site.indicator_charts import Chart, ratios
from wres_pipeline.reports.site.indicator_tables import Table, judged
from wres_pipeline.reports.site.sentences import Said, in_a_range, log_of

CLUSTERS = {"": "Clinical and non-clinical", "clinical": "Clinical", "non_clinical": "Non-clinical"}
_TIER_STEPS = {
    "lower_to_middle": "from the lower to the middle tier",
    "middle_to_upper": "from the middle to the upper tier",
    "lower_to_upper": "from the lower to the upper tier",
}


def step(measure: str) -> str:
    """'lower to middle'."""
    return measure.replace("_", " ")


def tables(rule: IndicatorRule, figures: FigureSet) -> tuple[Table, ...]:
    """Every cluster and step, this year and the last."""
    rows = [
        (
            words,
            step(measure.name),
            *judged(str(year), figures.get(rule.number, measure.name, cluster=cluster, year=year)),
        )
        for cluster, words in CLUSTERS.items()
        for measure in rule.measures
        for year in figures.this_and_last
    ]
    head = (
        "Staff",
        "Tiers",
        "Year",
        "Ratio",
        "95% confidence interval",
        f"Range, whatever the {rule.grouping.name} of those not known",
        "Verdict",
    )
    across = " ÷ ".join(rule.above_and_below)
    return (Table(f"{rule.title}, {across}", head, tuple(rows), numeric=(3,), wide=True),)


def reported(rule: IndicatorRule, figures: FigureSet) -> list[tuple[str, Figure]]:
    """Every cluster and step, for the reporting template."""
    return [
        (f"{words}, {step(m.name)}", figures.get(rule.number, m.name, cluster=cluster))
        for cluster, words in CLUSTERS.items()
        for m in rule.measures
    ]


def charts(rule: IndicatorRule, figures: FigureSet) -> list[Chart | None]:
    """Every cluster and step in one chart."""
    marks = [
        mark(
            f"{words if cluster else 'All'}, {step(m.name)}",
            figures.get(rule.number, m.name, cluster=cluster),
        )
        for cluster, words in CLUSTERS.items()
        for m in rule.measures
    ]
    axis = f"Ratio, {' ÷ '.join(rule.above_and_below)}"
    return [ratios(rule, f"{rule.title}, {figures.year}", marks, axis=axis)]


def headlines(rule: IndicatorRule, figures: FigureSet) -> list[tuple[str, Figure]]:
    """The three steps over both clusters."""
    return [(MEASURES[m.name], figures.get(rule.number, m.name)) for m in rule.measures]


def groups_of(
    rule: IndicatorRule, figures: FigureSet, year: int | None = None
) -> tuple[Figure | None, Figure | None]:
    """None: the ratio alone is given."""
    return None, None


def finding(rule: IndicatorRule, figures: FigureSet) -> Said | None:
    """How many times as many of one group stand in the upper bands for each in the lower ones."""
    ratio = figures.get(rule.number, rule.headline.measure)
    if not (ratio.state == "value" or in_a_range(ratio)):
        return None
    above, below = rule.above_and_below
    said = (
        f"For each member of staff in the lower pay bands, {above} staff have "
        f"{ratio.shown} times as many people in the upper bands as {below} staff have"
    )
    return Said(said, ratio, log_of(ratio.value))


def draft(rule: IndicatorRule, figures: FigureSet) -> tuple[str, ...]:
    """The sentences of this year, in reading order."""
    sentences: list[str] = []
    name = rule.short_title.lower()
    for cluster, words in (
        ("", "clinical and non-clinical staff together"),
        ("clinical", "clinical staff"),
        ("non_clinical", "non-clinical staff"),
    ):
        parts = [
            f"{figures.get(rule.number, measure, cluster=cluster).shown} {way}"
            for measure, way in _TIER_STEPS.items()
        ]
        sentences.append(f"For {words}, the {name} is {listed(parts)}.")
    for measure, way in _TIER_STEPS.items():
        figure = figures.get(rule.number, measure)
        if figure.verdict:
            words = verdicts.in_words(figure)
            sentences.append(f"{way[0].upper()}{way[1:]}, the verdict for both together is: {words}.")
    return tuple(sentences)

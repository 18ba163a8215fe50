"""What is shown of headcount by band: tables and charts a cluster, and sentences on the bands that differ."""

from __future__ import annotations

from wres_pipeline.indicators import merged_bands, verdicts
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.shapes.headcount_by_band import HEADCOUNT, PERCENTAGE
from wres_pipeline.indicators.shapes.headcount_by_band import rows as workforce_rows
from wres_pipeline.indicators.verdicts import stated
from wres_pipeline.reference.indicators import IndicatorRule
from wres_pipeline.render.charts import Mark, mark
from wres_pipeline.render.text import listed
from wres_pipeline.render.trend_chart import line
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.labels import CLUSTERS, GROUPED_BY
from wres_pipeline.reports.site.indicator_charts import Chart, percentages, trend
from wres_pipeline.reports.site.indicator_tables import Table
from wres_pipeline.reports.site.sentences import Said, numeric, told
from wres_pipeline.statistics.verdict_rule import LIKELY, NOTHING_THAT_MATTERS, STATED, TOO_FEW

TOGETHER = {
    "": "Clinical and non-clinical",
    "clinical": CLUSTERS["clinical"],
    "non_clinical": CLUSTERS["non_clinical"],
}


def tables(rule: IndicatorRule, figures: FigureSet) -> tuple[Table, ...]:
    """A table of every cluster by band, one of several bands together where bands are withheld, and one of the whole workforce."""
    return (
        *_bands_together(rule, figures),
        *(_bands(rule, cluster, figures) for cluster in CLUSTERS if cluster),
        _clusters(rule, figures),
    )


def reported(rule: IndicatorRule, figures: FigureSet) -> list[tuple[str, Figure]]:
    """The percentage of every row, for the reporting template."""
    focus = rule.grouping.focus
    return [
        (
            f"{CLUSTERS[cluster]}, {band or 'all bands'}: {focus} %"
            if cluster
            else f"Whole workforce: {focus} %",
            figures.get(rule.number, PERCENTAGE, cluster=cluster, band=band, group=focus),
        )
        for cluster, band in workforce_rows()
    ]


def charts(rule: IndicatorRule, figures: FigureSet) -> list[Chart | None]:
    """The percentage over the years, of several bands together where bands are withheld, and by band, a chart a cluster."""
    return [
        _workforce_over_years(rule, figures),
        _chart_together(rule, figures),
        *(_chart_of_bands(rule, cluster, figures) for cluster in CLUSTERS if cluster),
    ]


def _workforce_over_years(rule: IndicatorRule, figures: FigureSet) -> Chart | None:
    """The group as a share of the workforce, where there is more than this year and the year before."""
    focus = rule.grouping.focus
    found = [figures.get(rule.number, PERCENTAGE, group=focus, year=year) for year in figures.years]
    title = f"{rule.name}: {focus} staff in the workforce"
    return trend(title, [line(focus, found)]) if len(found) > 2 else None


def headlines(rule: IndicatorRule, figures: FigureSet) -> list[tuple[str, Figure]]:
    """The percentage of the whole workforce."""
    focus = rule.grouping.focus
    return [(f"{focus} staff in the workforce", figures.get(rule.number, PERCENTAGE, group=focus))]


def groups_of(
    rule: IndicatorRule, figures: FigureSet, year: int | None = None
) -> tuple[Figure | None, Figure | None]:
    """The percentages of both groups."""
    reference, focus = (
        figures.get(rule.number, PERCENTAGE, group=group, year=year) for group in rule.grouping.compared
    )
    return reference, focus


def finding(rule: IndicatorRule, figures: FigureSet) -> Said | None:
    """How the workforce is made up, this year and a year before."""
    focus = rule.grouping.focus
    staff = figures.get(rule.number, PERCENTAGE, group=focus)
    if not told(staff):
        return None
    words = f"{focus} staff are {staff.shown} of the workforce"
    before = figures.get(rule.number, PERCENTAGE, group=focus, year=figures.year - 1)
    if told(before) and before.basis == staff.basis:
        words += f" ({before.shown} a year before)"
    upper = figures.get(rule.number, PERCENTAGE, band=merged_bands.UPPER, group=focus)
    if numeric(upper):
        words += f", and {upper.shown} of {_in_words(merged_bands.UPPER)}"
    return Said(words, staff, 0.0)


def draft(rule: IndicatorRule, figures: FigureSet) -> tuple[str, ...]:
    """The sentences of this year, in reading order."""
    sentences = [_staff_sentence(rule, figures, figures.year)]
    clusters = [
        f"{share.shown} of {CLUSTERS[cluster].lower()} staff"
        for cluster in ("non_clinical", "clinical", "medical_and_dental")
        if numeric(share := figures.get(rule.number, PERCENTAGE, cluster=cluster, group=rule.grouping.focus))
    ]
    if clusters:
        sentences.append(f"{rule.grouping.focus} staff are {listed(clusters)}.")
    unknown = figures.get(rule.number, PERCENTAGE, group=rule.grouping.unknown)
    if numeric(unknown):
        sentences.append(f"{rule.grouping.name.capitalize()} is not known for {unknown.shown} of staff.")
    sentences += [*_shares_together(rule, figures), *_bands_that_differ(rule, figures)]
    if figures.has_year(figures.year - 1):
        sentences.append(_staff_sentence(rule, figures, figures.year - 1))
    return tuple(sentences)


def _staff_sentence(rule: IndicatorRule, figures: FigureSet, year: int) -> str:
    focus = rule.grouping.focus
    mine = figures.get(rule.number, HEADCOUNT, group=focus, year=year)
    everybody = figures.get(rule.number, HEADCOUNT, year=year)
    share = figures.get(rule.number, PERCENTAGE, group=focus, year=year)
    if numeric(mine, everybody, share):
        return f"At 31 March {year}, {mine.shown} of {everybody.shown} staff were {focus} ({share.shown})."
    if numeric(share):
        return f"At 31 March {year}, {share.shown} of staff were {focus}."
    return f"The percentage of {focus} staff at 31 March {year} is {share.shown}."


def _in_words(band: str) -> str:
    return f"{band[0].lower()}{band[1:]}"


def _shares_together(rule: IndicatorRule, figures: FigureSet) -> list[str]:
    """The share of the group in several bands together, over both clusters, a sentence a row that tells its counts."""
    sentences = []
    for band in merged_bands.rows():
        mine, everybody = (
            figures.get(rule.number, HEADCOUNT, band=band, group=group) for group in (rule.grouping.focus, "")
        )
        share = figures.get(rule.number, PERCENTAGE, band=band, group=rule.grouping.focus)
        if numeric(mine, everybody, share):
            sentences.append(
                f"In {_in_words(band)}, clinical and non-clinical staff together, {mine.shown} of {everybody.shown} "
                f"were {rule.grouping.focus} ({share.shown})."
            )
    return sentences


def _bands_that_differ(rule: IndicatorRule, figures: FigureSet) -> list[str]:
    judged = [f for f in figures.of(rule.number) if f.verdict and f.band]
    stated: dict[str, list[str]] = {}
    for figure in judged:
        if figure.verdict in STATED and figure.direction:
            name = f"{CLUSTERS[figure.cluster].lower()} {figure.band}"
            stated.setdefault(verdicts.stated(figure), []).append(name)
    if judged and not stated:
        hidden = any(
            f.band and f.ethnic_group == rule.grouping.focus and f.state == "withheld"
            for f in figures.of(rule.number)
        )
        shown = " whose figures are shown" if hidden else ""
        found = {f.verdict for f in judged}
        if found == {TOO_FEW}:
            return [
                f"In every band{shown} there are too few people to say how it differs from the workforce."
            ]
        if found == {NOTHING_THAT_MATTERS}:
            return [f"No band{shown} differs from the rest of the workforce by as much as matters."]
        return [
            f"Of no band{shown} can it be told from these numbers that it differs from the rest of the workforce, "
            "nor of every band that it does not."
        ]
    sentences = [f"In {listed(bands)}: {verdict}." for verdict, bands in stated.items()]
    if any(f.verdict == LIKELY for f in judged):
        sentences.append("Among so many bands one or two likely differences come by chance.")
    return sentences


def _bands(rule: IndicatorRule, cluster: str, figures: FigureSet) -> Table:
    bands = [band for in_cluster, band in workforce_rows() if in_cluster == cluster]
    return Table(
        caption=f"{CLUSTERS[cluster]} staff by band and {GROUPED_BY[rule.grouping.name]}, {figures.year}",
        head=(
            "Band",
            *rule.grouping.groups,
            "All",
            f"{rule.grouping.focus} %",
            "95% interval",
            *_last_year(rule, figures),
            "Verdict",
        ),
        rows=tuple(_band_row(rule, cluster, band, band or "All bands", figures) for band in bands),
        numeric=tuple(range(1, 8 if _last_year(rule, figures) else 7)),
        wide=True,
    )


def _bands_together(rule: IndicatorRule, figures: FigureSet) -> tuple[Table, ...]:
    """What is printed of several bands together; nothing where every band is."""
    rows = tuple(
        _band_row(rule, cluster, band, f"{TOGETHER[cluster]}: {band}", figures)[:7]
        for cluster, band in _places_together(rule, figures)
    )
    if not rows:
        return ()
    return (
        Table(
            caption=f"Several bands together, by {GROUPED_BY[rule.grouping.name]}, {figures.year}",
            head=(
                "Staff and bands",
                *rule.grouping.groups,
                "All",
                f"{rule.grouping.focus} %",
                "95% interval",
            ),
            rows=rows,
            numeric=tuple(range(1, 7)),
            wide=True,
        ),
    )


def _places_together(rule: IndicatorRule, figures: FigureSet) -> list[tuple[str, str]]:
    """Cluster and name of the rows of several bands that are printed, both clusters together first."""
    return sorted(
        {(f.cluster, f.band) for f in figures.of(rule.number) if merged_bands.is_merged(f)},
        key=lambda place: (bool(place[0]), place[0], list(merged_bands.rows()).index(place[1])),
    )


def _clusters(rule: IndicatorRule, figures: FigureSet) -> Table:
    rows = [_band_row(rule, c, "", CLUSTERS[c], figures) for c in (*[c for c in CLUSTERS if c], "")]
    return Table(
        caption=f"The workforce by {GROUPED_BY[rule.grouping.name]}, {figures.year}",
        head=(
            "Workforce",
            *rule.grouping.groups,
            "All",
            f"{rule.grouping.focus} %",
            "95% interval",
            *_last_year(rule, figures),
        ),
        rows=tuple(row[: 7 + len(_last_year(rule, figures))] for row in rows),
        numeric=tuple(range(1, 8 if _last_year(rule, figures) else 7)),
        wide=True,
    )


def _last_year(rule: IndicatorRule, figures: FigureSet) -> tuple[str, ...]:
    before = figures.year - 1
    return (f"{rule.grouping.focus} % {before}",) if figures.has_year(before) else ()


def _band_row(rule: IndicatorRule, cluster: str, band: str, name: str, figures: FigureSet) -> tuple[str, ...]:
    share = figures.get(rule.number, PERCENTAGE, cluster=cluster, band=band, group=rule.grouping.focus)
    counts = [
        figures.get(rule.number, HEADCOUNT, cluster=cluster, band=band, group=g)
        for g in (*rule.grouping.groups, "")
    ]
    before = figures.get(
        rule.number, PERCENTAGE, cluster=cluster, band=band, group=rule.grouping.focus, year=figures.year - 1
    )
    last = (before.shown,) if _last_year(rule, figures) else ()
    return (
        name,
        *(f.shown for f in counts),
        share.shown,
        share.interval_shown or "none",
        *last,
        stated(share) or "none",
    )


def _chart_together(rule: IndicatorRule, figures: FigureSet) -> Chart | None:
    """Of clinical and non-clinical staff together; the rows of one of them are in the table."""
    focus = rule.grouping.focus
    marks = [
        mark(band, figures.get(rule.number, PERCENTAGE, band=band, group=focus))
        for cluster, band in _places_together(rule, figures)
        if not cluster
    ]
    return _across_the_workforce(
        f"Several bands together: {focus} percentage, {figures.year}", marks, rule, figures
    )


def _chart_of_bands(rule: IndicatorRule, cluster: str, figures: FigureSet) -> Chart | None:
    marks, focus = [], rule.grouping.focus
    for in_cluster, band in workforce_rows():
        if in_cluster != cluster or not band:
            continue
        figure = figures.get(rule.number, PERCENTAGE, cluster=cluster, band=band, group=focus)
        if figure.state != "not_calculable":  # a band that nobody is in has no percentage
            marks.append(mark(band, figure))
    return _across_the_workforce(
        f"{CLUSTERS[cluster]} staff: {focus} percentage by band, {figures.year}", marks, rule, figures
    )


def _across_the_workforce(
    title: str, marks: list[Mark], rule: IndicatorRule, figures: FigureSet
) -> Chart | None:
    """Percentages by band, with that of the workforce across."""
    focus = rule.grouping.focus
    workforce = mark("Workforce", figures.get(rule.number, PERCENTAGE, group=focus))
    return percentages(title, marks, axis=f"{focus} staff in the band", across=workforce)

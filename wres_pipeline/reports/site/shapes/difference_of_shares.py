"""What is shown of a difference of shares: the board and the workforce side by side."""

from __future__ import annotations

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.shapes.difference_of_shares import HEADCOUNT, PERCENTAGE, WORKFORCE
from wres_pipeline.reference.indicators import IndicatorRule
from wres_pipeline.render.charts import mark
from wres_pipeline.render.trend_chart import line
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.labels import BOARD, GROUPED_BY
from wres_pipeline.reports.site.indicator_charts import Chart, percentages, trend
from wres_pipeline.reports.site.indicator_tables import Table
from wres_pipeline.reports.site.sentences import (
    ON_ANOTHER_BASIS,
    Said,
    log_of,
    numeric,
    told,
    verdict_sentences,
)

_PARTS_OF_BOARD = {"voting": "voting members", "executive": "executive members"}


def _share(rule: IndicatorRule, figures: FigureSet, band: str, year: int | None = None) -> Figure:
    return figures.get(rule.number, PERCENTAGE, band=band, group=rule.grouping.focus, year=year)


def _gap(rule: IndicatorRule, figures: FigureSet, band: str = "", year: int | None = None) -> Figure:
    one = rule.headline
    return figures.get(rule.number, one.measure, band=band or one.band, group=one.group, year=year)


def tables(rule: IndicatorRule, figures: FigureSet) -> tuple[Table, ...]:
    """Every part of the board and the workforce, this year and the last."""
    return tuple(_board(rule, figures, year) for year in figures.this_and_last)


def reported(rule: IndicatorRule, figures: FigureSet) -> list[tuple[str, Figure]]:
    """The percentage of every part, and the differences, for the reporting template."""
    focus = rule.grouping.focus
    shares = [(f"{words}: {focus} %", _share(rule, figures, band)) for band, words in BOARD.items()]
    gaps = [
        (f"{BOARD[band]}: difference from the workforce, {focus}", _gap(rule, figures, band))
        for band in rule.verdict_words
    ]
    return shares + gaps


def charts(rule: IndicatorRule, figures: FigureSet) -> list[Chart | None]:
    """Board and workforce over the years, and the parts of the board this year."""
    return [_board_over_years(rule, figures), _chart_of_parts(rule, figures)]


def headlines(rule: IndicatorRule, figures: FigureSet) -> list[tuple[str, Figure]]:
    """The difference of the whole board."""
    return [(f"Difference between board and workforce, {rule.grouping.focus}", _gap(rule, figures))]


def groups_of(
    rule: IndicatorRule, figures: FigureSet, year: int | None = None
) -> tuple[Figure | None, Figure | None]:
    """The group's share of the workforce and of the board."""
    return _share(rule, figures, WORKFORCE, year), _share(rule, figures, rule.headline.band, year)


def finding(rule: IndicatorRule, figures: FigureSet) -> Said | None:
    """The group's share of the board and of the workforce."""
    staff, board, gap = (
        _share(rule, figures, WORKFORCE),
        _share(rule, figures, rule.headline.band),
        _gap(rule, figures),
    )
    if not all(told(f) for f in (staff, board, gap)):
        return None
    said = f"{rule.grouping.focus} people are {board.shown} of the board and {staff.shown} of the workforce"
    return Said(said, gap, log_of(staff.value) - log_of(board.value))


def draft(rule: IndicatorRule, figures: FigureSet) -> tuple[str, ...]:
    """The sentences of this year, in reading order."""
    whole, focus = rule.headline.band, rule.grouping.focus
    mine = figures.get(rule.number, HEADCOUNT, band=whole, group=focus)
    members = figures.get(rule.number, HEADCOUNT, band=whole)
    share, staff = _share(rule, figures, whole), _share(rule, figures, WORKFORCE)
    gap = _gap(rule, figures)
    sentences: list[str] = []
    if numeric(mine, members, share):
        sentences.append(f"{mine.shown} of {members.shown} board members were {focus} ({share.shown}).")
    else:
        sentences.append(f"The {focus} percentage of the board is {share.shown}.")
    if numeric(staff):
        sentences.append(f"{focus} staff were {staff.shown} of the workforce.")
    sentences.append(f"The difference between board and workforce is {gap.shown}.")
    for band, words in _PARTS_OF_BOARD.items():
        part = _gap(rule, figures, band)
        if numeric(part):
            sentences.append(f"For {words} the difference is {part.shown}.")
    sentences += verdict_sentences(gap)
    before = _gap(rule, figures, year=figures.year - 1)
    if figures.has_year(figures.year - 1) and numeric(before):
        stated = f"In {figures.year - 1} the difference between board and workforce was {before.shown}"
        other = f", {ON_ANOTHER_BASIS}" if gap.basis != before.basis else ""
        sentences.append(f"{stated}{other}.")
    return tuple(sentences)


def _board(rule: IndicatorRule, figures: FigureSet, year: int) -> Table:
    rows, focus = [], rule.grouping.focus
    for band, words in BOARD.items():
        counts = [
            figures.get(rule.number, HEADCOUNT, band=band, group=g, year=year)
            for g in (*rule.grouping.groups, "")
        ]
        share = _share(rule, figures, band, year)
        gap = _gap(rule, figures, band, year)
        shown = gap.shown if band in rule.verdict_words else "not applicable"
        rows.append((words, *(f.shown for f in counts), share.shown, shown))
    return Table(
        caption=f"Board and workforce by {GROUPED_BY[rule.grouping.name]}, {year}",
        head=("Part", *rule.grouping.groups, "All", f"{focus} %", f"Difference from the workforce, {focus}"),
        rows=tuple(rows),
        numeric=(1, 2, 3, 4, 5, 6),
        wide=True,
    )


def _board_over_years(rule: IndicatorRule, figures: FigureSet) -> Chart | None:
    focus = rule.grouping.focus
    lines = [
        line(name, [_share(rule, figures, band, year) for year in figures.years], group=group)
        for name, band, group in (("Board", rule.headline.band, focus), ("Workforce", WORKFORCE, ""))
    ]
    return trend(f"{rule.name}: {focus} people on the board and in the workforce", lines)


def _chart_of_parts(rule: IndicatorRule, figures: FigureSet) -> Chart | None:
    focus = rule.grouping.focus
    return percentages(
        f"{rule.name}: {focus} percentage of the board and of the workforce, {figures.year}",
        [mark(BOARD[band], _share(rule, figures, band)) for band in rule.verdict_words],
        axis=f"{focus} members",
        across=mark("Workforce", _share(rule, figures, WORKFORCE)),
    )

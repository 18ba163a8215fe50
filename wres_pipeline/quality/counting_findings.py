"""Findings about what the figures are counted from: late extracts, a survey without its third answer, typed counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.indicators import count_reading, typed_counts
from wres_pipeline.indicators.computation import basis, compute
from wres_pipeline.indicators.counts import GROUPS, Answers, OrganisationCounts, Survey
from wres_pipeline.indicators.shapes.survey_percentage import INCLUDES_DONT_KNOW
from wres_pipeline.reference import indicators

if TYPE_CHECKING:
    import duckdb

    from wres_pipeline.reference.years import ReportingYear

LATE, LEFT_OUT, NOBODY_UNSURE = "extract_after_the_day", "extract_left_out", "no_dont_know"
CONTRADICT, DIFFER, INCOMPLETE = "counts_contradict", "counts_differ_from_rows", "counts_not_whole"
#: how many differing cells are told one by one
SHOWN = 10


def find(con: duckdb.DuckDBPyConnection, organisations: Sequence[str], rules: ReportingYear) -> list[Finding]:
    """The findings of these organisations and the year."""
    found: list[Finding] = []
    read = count_reading.read_once(con, organisations, rules)
    typed = typed_counts.typed_cells(con, organisations, rules.year)
    for code, counts in read.items():
        found += _of_calendar(code, counts)
        for number in indicators.SURVEY:
            if counts.survey is not None and basis(number, rules).startswith(INCLUDES_DONT_KNOW):
                found += _of_survey(code, number, counts.survey)
        if code in typed:
            found += _of_typed(code, typed[code], counts, rules)
    return found


def _of_calendar(code: str, counts: OrganisationCounts) -> Iterator[Finding]:
    for rule in indicators.REGISTRY:
        indicator, kind = rule.number, rule.extracts[0]
        timing = getattr(counts.part(rule.counted_from[0], indicator), "timing", None)
        if timing is None:
            continue
        if timing.late is not None:
            yield Finding(
                LATE, "look_at", code,
                f"No extract came by {timing.deadline:%d %B %Y}, the day the return was due as far as is known here; indicator "
                f"{indicator} is made from the one of {timing.late:%d %B %Y}.",
                "Nothing to do if that extract is the year's; the figure says from which day it is.",
                kind=kind, period=timing.late, indicators=(indicator,),
            )  # fmt: skip
        if timing.left_out:
            yield Finding(
                LEFT_OUT, "look_at", code,
                f"{len(timing.left_out)} later extracts of the year's return (the newest of {max(timing.left_out):%d %B %Y}) count "
                f"for nothing in indicator {indicator}, as they came after {timing.late or timing.deadline:%d %B %Y}.",
                "If one of them should count, name it by the day up to which it was made.",
                kind=kind, period=max(timing.left_out), rows=len(timing.left_out), indicators=(indicator,),
            )  # fmt: skip


def _of_survey(code: str, number: str, survey: Survey) -> Iterator[Finding]:
    everybody = Answers()
    for group in GROUPS:
        everybody = everybody.plus(survey.answers.get((number, group), Answers()))
    if everybody.yes and everybody.no and not everybody.dont_know:
        yield Finding(
            NOBODY_UNSURE, "look_at", code,
            f"Of {everybody.yes + everybody.no:,} answers to the career question of {survey.survey_year} none is Don't know, which "
            f"belongs in the base: without it indicator {number} comes out far too high.",
            "Ask the survey contractor for the file with all answers; code 9 is Don't know.",
            kind="staff_survey_respondents", rows=everybody.yes + everybody.no, indicators=(number,),
        )  # fmt: skip


def _of_typed(
    code: str, typed: typed_counts.TypedYear, counts: OrganisationCounts, rules: ReportingYear
) -> Iterator[Finding]:
    remedy = "Put the counts right in the wres_counts file, by the form they were taken from."
    said = [*typed_counts.contradictions(typed.cells)]
    said += [f"{_named(cell)} stands with two values" for cell in dict.fromkeys(typed.twice)]
    for one in said:
        yield Finding(
            CONTRADICT,
            "look_at",
            code,
            f"The typed counts contradict each other: {one}.",
            remedy,
            kind="wres_counts",
        )
    for one in typed_counts.incomplete(typed.cells):
        yield Finding(
            INCOMPLETE, "look_at", code,
            f"The typed counts are not whole: {one}. What needs that count is not made from them.",
            "Write every count of that item in the wres_counts file as a whole number, 0 for nobody; where its source withholds one, take "
            "the item out.",
            kind="wres_counts",
        )  # fmt: skip
    different = typed_counts.differences(typed.cells, compute(counts, rules))
    for number, other in enumerate(different[:SHOWN]):
        more = len(different) - SHOWN if number == SHOWN - 1 and len(different) > SHOWN else 0
        yield Finding(
            DIFFER, "look_at", code,
            f"{_named(other.cell)}: {_number(other.typed)} in the typed counts, {_number(other.from_rows)} from rows"
            + (f"; {more} more cells differ." if more else "."),
            "Find out which is right; the figures are made from rows where there are any.",
            kind="wres_counts", indicators=(other.cell[0],),
        )  # fmt: skip


def _named(cell: typed_counts.Cell) -> str:
    indicator, measure, *place = cell
    return ", ".join([f"indicator {indicator}", measure.replace("_", " "), *(part for part in place if part)])


def _number(value: object) -> str:
    return str(float(value)) if getattr(value, "denominator", 1) != 1 else str(value)  # type: ignore[arg-type]

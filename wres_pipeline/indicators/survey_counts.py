"""The staff survey's counts: respondents' answers where there are any, else the percentages that were
published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from wres_pipeline.indicators.counts import ALL, BME, WHITE, Answers, Survey, SurveyPercent
from wres_pipeline.reference import survey
from wres_pipeline.schema import named_rows
from wres_pipeline.warehouse import sql

if TYPE_CHECKING:
    import duckdb

#: what a percentage counts, turned round: of those it did not happen to, or who said no
TURNED_ROUND = ("not_experienced", "no")


def read(
    con: duckdb.DuckDBPyConnection, deliveries: Mapping[str, Sequence[str]], survey_year: int
) -> dict[str, Survey]:
    """The survey of each organisation that has a delivery of the survey year; `deliveries` are their ids."""
    wanted = [code for code, ids in deliveries.items() if ids]
    answers = _answers(con, wanted, survey_year)
    percents = _percents(con, "survey_results.sql", wanted, survey_year)
    silent = [code for code in wanted if code not in answers and code not in percents]
    if silent and _has_table(con, "raw_staff_survey_organisations"):
        percents |= _percents(con, "survey_published.sql", silent, survey_year)
    return {
        code: Survey(
            survey_year, answers.get(code, {}), tuple(percents.get(code, ())), tuple(sorted(deliveries[code]))
        )
        for code in wanted
        if code in answers or code in percents
    }


def _answers(
    con: duckdb.DuckDBPyConnection, organisations: list[str], survey_year: int
) -> dict[str, dict[tuple[str, str], Answers]]:
    asked = {"organisations": organisations, "survey_year": survey_year}
    texts = con.execute(sql(__package__, "survey_answer_texts.sql"), asked).fetchall()
    chosen = _one_question_each(survey_year, {question for question, _ in texts})
    meanings: list[tuple[str, str, str, str, str]] = []
    for question, answer in texts:
        found = survey.question(survey_year, question)
        if found is None or question not in chosen:
            continue
        means = survey.answer_of(found.answers, answer)
        if means in ("yes", "no", "dont_know"):
            meanings.append((question, answer, found.indicator, found.part, means))
    if not meanings:
        return {}
    columns = [list(column) for column in zip(*meanings, strict=True)]
    names = ("questions", "answers", "indicators", "parts", "means")
    rows = named_rows(
        con.execute(sql(__package__, "survey_answers.sql"), asked | dict(zip(names, columns, strict=True)))
    )
    counted: dict[str, dict[tuple[str, str], dict[str, int]]] = {}
    for row in rows:
        of_code = counted.setdefault(row.organisation_code, {})
        of_code.setdefault((row.indicator, row.wres_group), {})[row.means] = row.respondents
    return {
        code: {key: Answers(**means) for key, means in of_group.items()} for code, of_group in counted.items()
    }


def _one_question_each(survey_year: int, present: set[str]) -> set[str]:
    """Of the questions present, one for each indicator and part: the preferred where several are accepted."""
    chosen: dict[tuple[str, str], tuple[bool, str]] = {}
    for name in sorted(present):
        found = survey.question(survey_year, name)
        if found is None or not found.indicator:
            continue
        key = (found.indicator, found.part)
        if key not in chosen or (found.preferred and not chosen[key][0]):
            chosen[key] = (found.preferred, name)
    return {name for _, name in chosen.values()}


def _percents(
    con: duckdb.DuckDBPyConnection, name: str, organisations: list[str], survey_year: int
) -> dict[str, list[SurveyPercent]]:
    rows = named_rows(
        con.execute(sql(__package__, name), {"organisations": organisations, "survey_year": survey_year})
    )
    chosen: dict[str, dict[tuple[str, str, str], tuple[bool, SurveyPercent]]] = {}
    for row in rows:
        found = survey.question(survey_year, row.question)
        if found is None or not found.indicator or row.ethnic_group not in (WHITE, BME, ALL):
            continue
        counts = survey.measure(row.measure) or found.measure
        one = _percent(found, row.ethnic_group, row.percent, row.base, counts)
        key = (one.indicator, one.part, one.group)
        of_code = chosen.setdefault(row.organisation_code, {})
        if key not in of_code or (found.preferred and not of_code[key][0]):
            of_code[key] = (found.preferred, one)
    return {code: [one for _, one in of_code.values()] for code, of_code in chosen.items()}


def _percent(
    asked: survey.Question, group: str, percent: float | None, base: int | None, counts: str
) -> SurveyPercent:
    exact = None if percent is None else Fraction(Decimal(repr(percent)))
    turned = counts in TURNED_ROUND and exact is not None
    return SurveyPercent(
        asked.indicator,
        asked.part,
        group,
        100 - exact if turned and exact is not None else exact,
        base,
        asked.question,
        exact if turned else None,
    )


def _has_table(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    rows: list[Any] = con.execute(
        "SELECT 1 FROM information_schema.tables WHERE table_name = $name", {"name": name}
    ).fetchall()
    return bool(rows)

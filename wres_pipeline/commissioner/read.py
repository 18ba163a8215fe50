"""What the commissioner's desk is worked out from, read from the warehouse: SQL says which rows and
how many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from wres_pipeline.commissioner import fair_process as development
from wres_pipeline.commissioner.comments import Comment
from wres_pipeline.commissioner.dashboard import DeskInputs
from wres_pipeline.commissioner.fair_process import DevelopmentCounts, Funnel, FunnelCount, funnel
from wres_pipeline.commissioner.history import OwnResult
from wres_pipeline.commissioner.log_checks import LogRow
from wres_pipeline.commissioner.provider_survey import TOPICS, SurveyResult, oriented
from wres_pipeline.extracts.canonical.values import parse_yes_no_or_date
from wres_pipeline.extracts.naming.shown_names import shown_name
from wres_pipeline.extracts.reading.headings import showable
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators, survey
from wres_pipeline.reference.population import ALL_AGES, AreaResidents
from wres_pipeline.reference.shown_text import without_people
from wres_pipeline.reference.tables import fold
from wres_pipeline.warehouse import sql

if TYPE_CHECKING:
    import duckdb

    from wres_pipeline.reference.years import ReportingYear

FUNNEL_KIND = "trac_applications"
APPRAISAL_KIND = "appraisals"


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """What the settings and the organisation's own files say of its desk.

    `residents_ages` are the ages of the residents compared with, `own_residents` rows the organisation adds
    to the census file. `predecessors` are the codes of bodies it came from, earliest first: its survey series goes on
    from theirs.
    """

    residents_of: Sequence[str] = ()
    residents_ages: str = ALL_AGES
    own_residents: Sequence[AreaResidents] = ()
    providers: Sequence[str] = ()
    predecessors: Sequence[str] = ()
    comments: Sequence[Comment] = ()


def _rows(con: duckdb.DuckDBPyConnection, name: str, bound: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return con.execute(sql(__package__, name), dict(bound)).fetchall()


def _year(rules: ReportingYear, *names: str) -> dict[str, Any]:
    found = {
        "snapshot": rules.snapshot_date,
        "period_start": rules.period_start,
        "period_end": rules.period_end,
        "deadline": rules.submission_deadline,
    }
    return {name: found[name] for name in names}


def _delivered(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], rules: ReportingYear
) -> set[tuple[str, str]]:
    bound = {"organisations": list(organisations), **_year(rules, "period_start", "deadline")}
    return {(code, kind) for code, kind in _rows(con, "kinds_delivered.sql", bound)}


def development_counts(
    con: duckdb.DuckDBPyConnection, figures: Mapping[str, Sequence[Figure]], rules: ReportingYear
) -> dict[str, DevelopmentCounts]:
    """Appraisals and opportunities of each organisation in `figures` (its true figures of the
    year).

    The workforce and those who took part are the figures' own counts (indicators 1 and 4), so that
    no count stands in the publication twice.
    """
    organisations = list(figures)
    delivered = _delivered(con, organisations, rules)
    period = {"organisations": organisations, **_year(rules, "period_start", "deadline")}
    whole_year = {**period, **_year(rules, "snapshot", "period_end")}
    appraised: dict[str, dict[str, int]] = defaultdict(dict)
    for code, group, people in _rows(con, "appraised_people.sql", whole_year):
        appraised[code][group] = people
    approving = [text for (text,) in _rows(con, "approval_texts.sql", period) if _approves(text)]
    requested: dict[str, dict[str, int]] = defaultdict(dict)
    approved: dict[str, dict[str, int]] = defaultdict(dict)
    for code, group, asked, granted in _rows(
        con, "opportunity_people.sql", {**whole_year, "approving": approving}
    ):
        requested[code][group], approved[code][group] = asked, granted
    return {
        code: development.counts(
            code,
            rules.year,
            {
                development.WORKFORCE: _counts(of, indicators.WORKFORCE, "headcount"),
                development.APPRAISED: appraised[code] if (code, APPRAISAL_KIND) in delivered else None,
                development.REQUESTED: requested[code] or None,
                development.APPROVED: approved[code] if requested[code] else None,
                development.TAKEN: _counts(of, *indicators.counting("training")[0]),
            },
        )
        for code, of in figures.items()
    }


def _approves(text: str | None) -> bool:
    """Whether the text of the approved column says yes: a yes, or the date of the approval."""
    flag, _ = parse_yes_no_or_date(text)
    return flag is True


def _counts(figures: Sequence[Figure], indicator: str, measure: str) -> dict[str, int] | None:
    found = {
        one.ethnic_group: int(one.value or 0)
        for one in figures
        if (one.indicator, one.measure, one.cluster, one.band) == (indicator, measure, "", "")
        and one.ethnic_group
        and one.state in ("value", "zero")
    }
    return found or None


def funnels(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], rules: ReportingYear
) -> dict[str, Funnel | None]:
    """The recruitment funnel of each organisation; None without a recruitment extract of the year."""
    delivered = _delivered(con, organisations, rules)
    bound = {
        "organisations": list(organisations),
        **_year(rules, "period_start", "period_end", "deadline"),
    }
    found: dict[str, list[FunnelCount]] = defaultdict(list)
    for code, *count in _rows(con, "recruitment_funnel.sql", bound):
        found[code].append(FunnelCount(*count))
    return {
        code: funnel(code, rules.year, found[code]) if (code, FUNNEL_KIND) in delivered else None
        for code in organisations
    }


def provider_log(con: duckdb.DuckDBPyConnection, organisations: Sequence[str]) -> dict[str, list[LogRow]]:
    """Each organisation's log of its providers' published figures, in the order of the file."""
    found: dict[str, list[LogRow]] = {code: [] for code in organisations}
    for code, *row in _rows(con, "provider_returns.sql", {"organisations": list(organisations)}):
        logged = LogRow(*row)
        found[code].append(
            replace(
                logged,
                provider_name=without_people(logged.provider_name or "", ""),
                source=without_people(logged.source or ""),
                note=without_people(logged.note or ""),
            )
        )
    return found


def own_survey(con: duckdb.DuckDBPyConnection, organisations: Sequence[str]) -> dict[str, list[OwnResult]]:
    """Each organisation's own published staff-survey percentages, every year and question there is."""
    found: dict[str, list[OwnResult]] = {code: [] for code in organisations}
    for code, year, question, group, percent, base, measure in _rows(
        con, "own_survey_results.sql", {"organisations": list(organisations)}
    ):
        found[code].append(
            OwnResult(
                code, year, question, showable(group or ""), percent, base, survey.measure(measure) or ""
            )
        )
    return found


def national_results(con: duckdb.DuckDBPyConnection, organisations: Sequence[str]) -> list[SurveyResult]:
    """Every result of the national staff-survey files in the organisations' folders, in the topic's
    direction.

    A question is known by its number of the year, or by the topic's own name; any other is left out.
    """
    present = con.execute(
        "SELECT count(*) FROM information_schema.tables WHERE table_name = 'raw_staff_survey_organisations'"
    ).fetchone()
    if not present or not present[0]:
        return []
    found: dict[tuple[str, int, str], SurveyResult] = {}
    for row in _rows(con, "national_results.sql", {"organisations": list(organisations)}):
        code, year, name, group, region, weighting, question, measure, percent, base, file_name = row
        asked = survey.question(year, question) if year is not None else None
        topic = asked.topic if asked is not None else fold(question).replace(" ", "_")
        if year is None or topic not in TOPICS:
            continue
        said = survey.measure(measure) or (asked.measure if asked is not None else "")
        value, turned = oriented(percent, said, topic)
        one = SurveyResult(
            code,
            year,
            name,
            group,
            region,
            weighting,
            topic,
            value,
            base,
            f"{shown_name(file_name)}, {question}{' (printed the other way round)' if turned else ''}",
        )
        found.setdefault((code, year, topic), one)
    return list(found.values())


def inputs(
    con: duckdb.DuckDBPyConnection,
    figures: Mapping[str, Sequence[Figure]],
    rules: ReportingYear,
    about: Mapping[str, DeskSettings],
    dated: date,
) -> dict[str, DeskInputs]:
    """The desk's inputs of each organisation in `figures` (its true figures of the year).

    `about` says what the extracts cannot, by organisation; an organisation that is not in it has no
    more than its extracts.
    """
    codes = list(figures)
    developed, funnelled = development_counts(con, figures, rules), funnels(con, codes, rules)
    logs = provider_log(con, codes)
    surveys = own_survey(con, [*codes, *(one for more in about.values() for one in more.predecessors)])
    found = {}
    for code in codes:
        more = about.get(code, DeskSettings())
        found[code] = DeskInputs(
            code,
            rules.year,
            dated,
            logs[code],
            national_results(con, [code]),
            [one for body in (*more.predecessors, code) for one in surveys[body]],
            developed[code],
            funnelled[code],
            more.comments,
            [*more.predecessors, code],
            more.providers,
            more.residents_of,
            more.residents_ages,
            more.own_residents,
        )
    return found

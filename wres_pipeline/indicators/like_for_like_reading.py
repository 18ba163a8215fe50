"""The rows of `like_for_like` of a year: read from the core tables, worked out, kept and read back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from wres_pipeline import schema
from wres_pipeline.indicators import deliveries_of_year, like_for_like
from wres_pipeline.indicators.counts import Groups
from wres_pipeline.indicators.like_for_like import Application, LikeForLike, Place
from wres_pipeline.indicators.shapes.likelihood_ratio import ROLLING
from wres_pipeline.reference import indicators, years
from wres_pipeline.reference.margins import Margins
from wres_pipeline.schema import NamedRow, named_rows
from wres_pipeline.warehouse import sql

if TYPE_CHECKING:
    import duckdb

    from wres_pipeline.reference.local import LocalMappings
    from wres_pipeline.reference.years import ReportingYear

TABLE = "like_for_like"


def make(
    con: duckdb.DuckDBPyConnection,
    organisations: Sequence[str],
    year: int,
    own: Mapping[str, LocalMappings] | None = None,
    margins: Mapping[str, Margins] | None = None,
) -> list[LikeForLike]:
    """Work out, and keep, the rows of the year. `own`: each organisation's labels of staff groups and pay scales. margins: its
    own margins of a difference that matters.
    """
    rules = years.load(year)
    found = [*_of_applications(con, organisations, rules, own or {}), *_of_staff(con, organisations, rules)]
    made = [like_for_like.judged(row, (margins or {}).get(row.organisation_code)) for row in found]
    schema.replace(con, TABLE, made, reporting_year=[year], organisation_code=list(organisations))
    return made


def read(con: duckdb.DuckDBPyConnection, organisation: str, year: int) -> list[LikeForLike]:
    """The rows of one organisation and year, in the order they were worked out in."""
    return schema.read(con, TABLE, LikeForLike, organisation_code=organisation, reporting_year=year)


def _rows(con: duckdb.DuckDBPyConnection, name: str, bound: Mapping[str, Any]) -> list[NamedRow]:
    return list(named_rows(con.execute(sql(__package__, name), dict(bound))))


def _of_applications(
    con: duckdb.DuckDBPyConnection,
    organisations: Sequence[str],
    rules: ReportingYear,
    own: Mapping[str, LocalMappings],
) -> list[LikeForLike]:
    asked = deliveries_of_year.asked_of_year(con, organisations, "trac_applications", rules)
    bound = {**asked, "period_start": rules.period_start, "period_end": rules.period_end}
    found: dict[str, list[Application]] = defaultdict(list)
    for row in _rows(con, "applications_within.sql", bound):
        found[row.organisation_code].append(
            Application(
                row.vacancy, row.person, row.wres_group, row.appointed, row.offered, row.is_internal,
                row.is_international, row.staff_group, row.pay_scale,
            )
        )  # fmt: skip
    return [
        row
        for code, applications in found.items()
        for row in like_for_like.of_applications(code, rules.year, applications, own.get(code))
    ]


def _of_staff(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], rules: ReportingYear
) -> list[LikeForLike]:
    workforce: dict[str, dict[Place, Groups]] = defaultdict(dict)
    for row in _rows(
        con, "workforce_cells.sql", {"organisations": list(organisations), "snapshot": rules.snapshot_date}
    ):
        _add(workforce[row.organisation_code], row)
    rolling = rules.indicator_3_basis == ROLLING
    start = rules.period_start.replace(year=rules.period_start.year - 1) if rolling else rules.period_start
    cases = _happened(con, organisations, rules, "employee_relations", "disciplinary_within.sql", start)
    trained = _happened(con, organisations, rules, "training", "training_within.sql", None)
    made = []
    for table, happened, several in (("entered", cases, 2 if rolling else 1), ("training", trained, 1)):
        ((indicator, _),) = indicators.counting(table)
        for code, places in happened.items():
            if workforce.get(code):
                made += like_for_like.of_staff(
                    code, rules.year, indicator, workforce[code], places, years=several
                )
    return made


def _happened(
    con: duckdb.DuckDBPyConnection,
    organisations: Sequence[str],
    rules: ReportingYear,
    kind: str,
    name: str,
    start: date | None,
) -> dict[str, dict[Place, Groups]]:
    asked = deliveries_of_year.asked_of_year(con, organisations, kind, rules)
    bound = {
        **asked,
        "period_start": rules.period_start,
        "period_end": rules.period_end,
        "snapshot": rules.snapshot_date,
    }
    if start is not None:
        bound["from"] = start
    found: dict[str, dict[Place, Groups]] = defaultdict(dict)
    for row in _rows(con, name, bound):
        _add(found[row.organisation_code], row)
    return found


def _add(places: dict[Place, Groups], row: NamedRow) -> None:
    place = (row.cluster, row.band)
    places[place] = places.get(place, Groups()).plus(Groups.from_pairs({row.wres_group: row.people}))

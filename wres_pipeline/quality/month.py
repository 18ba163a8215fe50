"""The ethnicity data-quality report of a month, as figures: read the counts, call the parts, keep the
table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import duckdb

from wres_pipeline import schema
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.quality import consistency, declaration, trend
from wres_pipeline.quality.figure import TABLE, Place, QualityFigure
from wres_pipeline.quality.trac_to_esr import (
    arrival_lag,
    break_cause,
    characteristics,
    gap_figures,
    gap_findings,
    late_answers,
    linkage_card,
)
from wres_pipeline.quality.trac_to_esr.gap import GapAccount
from wres_pipeline.warehouse import sql

_DECLARED = ("declared",)
_RECORDED = ("declared", "declined")


def make(
    con: duckdb.DuckDBPyConnection,
    accounts: Mapping[str, GapAccount],
    month: date,
    *,
    target: float,
    figures: Mapping[str, Sequence[Figure]] | None = None,
    closed: Mapping[str, Sequence[Figure]] | None = None,
) -> dict[str, list[QualityFigure]]:
    """Work out and keep the report's figures of every organisation of `accounts` for the month ending on `month`.

    The linkage and the account (`gap.account`) of `month` come first. `figures`: the indicators of the reporting year the month
    lies in, by organisation, for what Unknown leaves open; `closed`: the same worked out inside `gap.as_if_closed`. An
    organisation without a staff list has the sections that need none.
    """
    codes = list(accounts)
    scope = {"as_at": month, "organisations": codes}
    staff = _staff(con, scope)
    over_time = _over_time(con, scope)
    undeclared = _grouped(con, "undeclared_groups.sql", scope)
    in_use = _grouped(con, "codes_in_use.sql", scope)
    several = {
        row[0]: consistency.of_row(row[1:])
        for row in con.execute(sql(__package__, "consistency.sql"), scope).fetchall()
    }
    month_before = month.replace(day=1) - timedelta(days=1)
    delivered = _grouped(con, "month_deliveries.sql", {**scope, "month_before": month_before})
    set_aside = _grouped(con, "month_quarantine.sql", {**scope, "month_before": month_before})
    restated = _restated(con, codes, month_before, month)
    cards = linkage_card.read(con, codes, month)
    late = late_answers.steps(con, codes, month)
    unlinked = {
        row[0]: row[1:] for row in con.execute(sql(__package__, "closed_range.sql"), scope).fetchall()
    }
    made: dict[str, list[QualityFigure]] = {}
    for code in codes:
        place = Place(code, month)
        rows = declaration.figures(place, staff[code], target) if staff[code] else []
        total = sum(staff[code].get(("", ""), {}).values())
        rows += trend.figures(place, over_time[code])
        points = [(day, 100 * declared / people) for day, declared, _, people in over_time[code] if people]
        if points:
            rows.append(trend.forecast_figure(place, points, target))
        rows += declaration.movers(place, undeclared[code], total, target)
        rows += _of_the_gap(con, place, accounts[code])
        rows += late_answers.figures(place, late[code])
        rows += gap_findings.card(place, cards[code])
        mine = (figures or {}).get(code, ())
        left = unlinked.get(code, ())
        rows += gap_figures.gap_closed(place, mine, (closed or {}).get(code, ()), sum(left[3:]))
        if left:
            rows += gap_findings.closed_range(place, *left)
        rows += gap_figures.unknown_effect(place, mine)
        if code in several:
            rows += consistency.figures(place, several[code], total)
        rows += _codes(place, in_use[code], total)
        rows += _deliveries(place, delivered[code], set_aside[code], restated[code])
        made[code] = rows
    store(con, made, month)
    return made


def _of_the_gap(con: duckdb.DuckDBPyConnection, place: Place, account: GapAccount) -> list[QualityFigure]:
    """How ethnicity arrives: the states, since when and where it broke, of what else, and how late it comes."""
    code, month = place.organisation_code, place.month
    broke = gap_figures.found_break(account)
    held = arrival_lag.followed(con, code, month, broke.month)
    return [
        *gap_figures.figures(place, account, broke),
        *gap_findings.where(place, break_cause.find(break_cause.starters(con, code, month), broke)),
        *characteristics.figures(place, characteristics.arriving(account, broke)),
        *gap_findings.lag(place, held, arrival_lag.own_lag(held)),
    ]


def _staff(
    con: duckdb.DuckDBPyConnection, scope: dict[str, Any]
) -> dict[str, dict[tuple[str, str], dict[str, int]]]:
    found: dict[str, dict[tuple[str, str], dict[str, int]]] = {code: {} for code in scope["organisations"]}
    years: dict[str, dict[str, dict[str, int]]] = {code: {} for code in scope["organisations"]}
    for code, breakdown, value, state, people in con.execute(
        sql(__package__, "staff_by_state.sql"), scope
    ).fetchall():
        into = (
            years[code].setdefault(value, {})
            if breakdown == "service"
            else found[code].setdefault((breakdown, value), {})
        )
        into[state] = people
    for code, by_year in years.items():
        for label, states in declaration.service_bands(by_year.items()).items():
            found[code]["service", label] = states
    return found


def _over_time(
    con: duckdb.DuckDBPyConnection, scope: dict[str, Any]
) -> dict[str, list[tuple[date, int, int, int]]]:
    lists: dict[str, dict[date, dict[str, int]]] = {code: {} for code in scope["organisations"]}
    for code, day, state, people in con.execute(sql(__package__, "states_over_time.sql"), scope).fetchall():
        lists[code].setdefault(day, {})[state] = people
    return {
        code: [
            (
                day,
                sum(states.get(s, 0) for s in _DECLARED),
                sum(states.get(s, 0) for s in _RECORDED),
                sum(states.values()),
            )
            for day, states in sorted(by_day.items())
        ]
        for code, by_day in lists.items()
    }


def _grouped(con: duckdb.DuckDBPyConnection, name: str, bound: dict[str, Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {code: [] for code in bound["organisations"]}
    for code, *rest in con.execute(sql(__package__, name), bound).fetchall():
        found[code].append(tuple(rest))
    return found


def _codes(place: Place, rows: Sequence[tuple[str, str, int, int]], total: int) -> list[QualityFigure]:
    if not total:
        return []
    by_code: dict[str, int] = defaultdict(int)
    by_kind: dict[str, tuple[int, int]] = {}
    for code, kind, people, texts in rows:
        if kind == "category":
            by_code[code] += people
        had = by_kind.get(kind, (0, 0))
        by_kind[kind] = had[0] + people, had[1] + texts
    return declaration.any_other(place, by_code) + declaration.codes(place, by_kind, total)


def _deliveries(
    place: Place, delivered: Sequence[Any], set_aside: Sequence[Any], restated: Sequence[Any]
) -> list[QualityFigure]:
    made = []
    for kind, deliveries, rows_in, accepted, quarantined in delivered:
        at = {"breakdown": "kind", "breakdown_value": kind}
        made.append(place.count("deliveries", "deliveries", deliveries, unit="deliveries", **at))
        for measure, n in (
            ("rows_in", rows_in),
            ("rows_accepted", accepted),
            ("rows_quarantined", quarantined),
        ):
            made.append(place.count("deliveries", measure, int(n), of=int(rows_in), unit="rows", **at))
    for kind, reason, rows, remedy in set_aside:
        made.append(
            place.count(
                "quarantine",
                "rows_quarantined",
                rows,
                unit="rows",
                breakdown=kind,
                breakdown_value=reason,
                note=remedy or "",
            )
        )
    for one in restated:
        at = {"breakdown": "kind", "breakdown_value": f"{one.kind} of {one.period}", "note": one.in_words()}
        for measure in ("added", "gone", "changed", "changed_ethnicity", "changed_group"):
            made.append(place.count("restatements", measure, getattr(one, measure), unit="rows", **at))
    return made


def _restated(
    con: duckdb.DuckDBPyConnection, codes: Sequence[str], before: date, month: date
) -> dict[str, list[Any]]:
    from wres_pipeline.extracts.intake import resubmission

    found: dict[str, list[Any]] = {code: [] for code in codes}
    for one in resubmission.all_recorded(con):
        if one.organisation_code in found and one.period is not None and before < one.period <= month:
            found[one.organisation_code].append(one)
    return found


def store(
    con: duckdb.DuckDBPyConnection, figures: Mapping[str, Sequence[QualityFigure]], month: date
) -> None:
    """Put the figures in place of what the table holds for the month and these organisations, all or
    nothing.
    """
    schema.replace(
        con,
        TABLE,
        [figure for held in figures.values() for figure in held],
        month=month,
        organisation_code=list(figures),
    )


def read(con: duckdb.DuckDBPyConnection, organisation: str, month: date) -> list[QualityFigure]:
    """The figures of one organisation and month, in the order they were worked out in."""
    return schema.read(con, TABLE, QualityFigure, organisation_code=organisation, month=month)

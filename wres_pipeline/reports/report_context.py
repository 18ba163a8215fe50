"""The context of a return, gathered from the warehouse: how good the data are, what was left out, what was checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from wres_pipeline.disclosure.tables import (
    DECLARED,
    DECLINED,
    NOT_RECORDED,
    PEOPLE,
    RECORDED,
    UNMAPPED,
    ProtectedTable,
)
from wres_pipeline.indicators import count_reading, like_for_like_reading, verdicts
from wres_pipeline.indicators.changes import FigureChange, worth_saying
from wres_pipeline.indicators.counts import Groups
from wres_pipeline.indicators.figure import Figure, Printed, printed
from wres_pipeline.quality import check_findings, expectations, extract_findings
from wres_pipeline.quality.confirmations import RuleConfirmation
from wres_pipeline.reference import indicators, margins, years
from wres_pipeline.reference.years import ReportingYear
from wres_pipeline.reports.context import (
    ChangeSinceLastYear,
    Check,
    ConfirmedRule,
    DeclarationRate,
    DeliveryUsed,
    Edition,
    Exclusion,
    ReturnContext,
    UnverifiedRule,
)
from wres_pipeline.warehouse import sql

EXCLUSION_WORDS = {
    "bank": "Bank staff",
    "honorary": "Honorary contracts",
    "non-executive": "Non-executive directors and chair",
    "not staff": "Other people on the staff list who are not staff",
    "hosted on another payroll": "Staff hosted on another body's payroll",
    "leaver": "People who had left by 31 March",
    "not yet started": "People who had not yet started on 31 March",
    "second assignment": "Second and further assignments of people counted once",
}


def missing_kinds(
    figures: Sequence[Figure], year: int, delivered: Collection[str] = frozenset()
) -> tuple[str, ...]:
    """The extracts whose absence leaves an indicator of `year` not collected, in words, each once.

    Indicator 9 prints the workforce beside the board: only the board's own rows tell whether the board was supplied.
    delivered: kinds that are there though nothing came of them, as cases and courses without a staff list.
    """
    missing = []
    for rule in indicators.REGISTRY:
        mine = [f for f in figures if f.indicator == rule.number and f.reporting_year == year]
        if rule.shape == indicators.DIFFERENCE_OF_SHARES:
            mine = [f for f in mine if f.band == rule.headline.band]
        states = {f.state for f in mine}
        nothing = "not_collected" in states and states <= {"not_collected", "not_required"}
        beside_staff = rule.shape == indicators.LIKELIHOOD_RATIO and "workforce" in rule.counted_from
        if nothing and rule.supplied_by and not (beside_staff and rule.extracts[0] in delivered):
            missing.append(rule.supplied_by)
    return tuple(dict.fromkeys(missing))


def gather(
    con: duckdb.DuckDBPyConnection,
    organisation: str,
    year: int,
    figures: Sequence[Figure],
    *,
    edition: Edition,
    described: Mapping[str, Any],
    dated: date | None = None,
    notes_file: Path | None = None,
    confirmations: Sequence[RuleConfirmation] = (),
) -> ReturnContext:
    """The context of one organisation's return.

    figures: its figures of the year and the year before. described: what the settings say of it (`name`, `kind`,
    `fictional`, `board_lead`, `author`, `contact`, `commissioners`, `published_at`, `margins`). dated: the date the report
    carries; without one, the snapshot's. confirmations: rules that the organisation held against its own form.
    """
    rules = years.load(year)
    delivered = con.execute(
        sql(__package__, "kinds_delivered.sql"),
        {"organisation": organisation, "begins": rules.period_start, "due": rules.last_day_of_deliveries},
    ).fetchall()
    missing = missing_kinds(figures, year, {kind for (kind,) in delivered})
    used = sorted(
        {one for f in figures if f.reporting_year == year for one in f.deliveries.split(";") if one}
    )
    open_rules, confirmed_rules = rules_behind(rules, figures, confirmations)
    return ReturnContext(
        organisation_code=organisation,
        organisation_name=described.get("name") or organisation,
        year=rules,
        edition=edition,
        dated=dated or rules.snapshot_date,
        fictional=bool(described.get("fictional")),
        complete=not missing,
        missing_kinds=missing,
        declaration=tuple(
            rate for each in (year, year - 1) if (rate := declaration(con, organisation, each)) is not None
        ),
        like_for_like=tuple(like_for_like_reading.read(con, organisation, year))
        if edition == "internal"
        else (),
        exclusions=(*exclusions(con, organisation, rules), *left_out(con, organisation, rules)),
        method_notes=(*method_notes(figures, organisation, year), margins.words(described.get("margins"))),
        checks=checks(con, organisation, year),
        unverified=open_rules,
        confirmed=confirmed_rules,
        projected=projected(rules, confirmations),
        deliveries=tuple(
            DeliveryUsed(*row)
            for row in con.execute(sql(__package__, "deliveries_used.sql"), {"used": used}).fetchall()
        ),
        board_lead=described.get("board_lead", ""),
        author=described.get("author", ""),
        contact=described.get("contact", ""),
        commissioners=tuple(described.get("commissioners", ())),
        published_at=described.get("published_at", ""),
        notes_file=notes_file,
    )


def ethnic_states(con: duckdb.DuckDBPyConnection, organisation: str, year: int) -> dict[str, int]:
    """People of the workforce at the snapshot of `year` by ethnic state; empty when there is no staff list of it."""
    if year not in years.all_years():
        return {}
    snapshot = years.load(year).snapshot_date
    return dict(con.execute(sql(__package__, "declaration.sql"), [organisation, snapshot]).fetchall())


def declaration(con: duckdb.DuckDBPyConnection, organisation: str, year: int) -> DeclarationRate | None:
    """Recorded and declared at the snapshot of `year`; None when there is no staff list of it.

    Recorded = declared + declined; both are shares of the workforce [seen: NHS Kernow 2021].
    """
    found = ethnic_states(con, organisation, year)
    people = sum(found.values())
    if not people:
        return None

    def share(count: int) -> Printed:
        return printed(Fraction(100 * count, people), "percent")

    declared, declined = found.get("declared", 0), found.get("declined", 0)
    return DeclarationRate(
        reporting_year=year,
        people=printed(people, "people"),
        recorded=share(declared + declined),
        declared=share(declared),
        declined=share(declined),
        not_recorded=share(found.get("not_recorded", 0)),
        unmapped=share(found.get("unmapped", 0)),
    )


def protected_declaration(
    tables: Mapping[str, ProtectedTable], organisation: str, year: int
) -> DeclarationRate | None:
    """The same rates as the public edition may print them; None when the edition has no table of that year."""
    table = tables.get(f"declaration {organisation} {year}")
    if table is None:
        return None
    return DeclarationRate(
        reporting_year=year,
        people=table.shown(PEOPLE),
        recorded=table.share_shown(RECORDED, PEOPLE),
        declared=table.share_shown(DECLARED, PEOPLE),
        declined=table.share_shown(DECLINED, PEOPLE),
        not_recorded=table.share_shown(NOT_RECORDED, PEOPLE),
        unmapped=table.share_shown(UNMAPPED, PEOPLE),
    )


def public(
    context: ReturnContext, tables: Mapping[str, ProtectedTable], changes: Sequence[ChangeSinceLastYear]
) -> ReturnContext:
    """The context of the public edition: no count that disclosure control has not seen.

    The words of checks, the people left out and the rows of deliveries hold counts of their own, so the public
    edition names the checks only.
    """
    rates = (
        protected_declaration(tables, context.organisation_code, each)
        for each in (context.reporting_year, context.reporting_year - 1)
    )
    return replace(
        context,
        edition="public",
        like_for_like=(),
        earlier=(),
        declaration=tuple(rate for rate in rates if rate is not None),
        exclusions=(),
        checks=tuple(replace(c, words="passed" if c.passed else "did not pass") for c in context.checks),
        deliveries=(),
        changes=tuple(changes),
        withheld=(),
    )


def change_words(changes: Sequence[FigureChange], *, for_public: bool) -> tuple[ChangeSinceLastYear, ...]:
    """The changes a page speaks about, as sentences."""
    return tuple(
        ChangeSinceLastYear(
            c.indicator,
            c.measure,
            c.kind,
            c.public_words if for_public else c.words,
            c.cluster,
            c.band,
            c.ethnic_group,
        )
        for c in worth_saying(changes)
    )


def exclusions(
    con: duckdb.DuckDBPyConnection, organisation: str, rules: ReportingYear
) -> tuple[Exclusion, ...]:
    """Rows of the staff list that are not counted, by reason."""
    rows = con.execute(sql(__package__, "exclusions.sql"), [organisation, rules.snapshot_date]).fetchall()
    return tuple(
        Exclusion(EXCLUSION_WORDS.get(reason, reason), printed(count, "people")) for reason, count in rows
    )


def left_out(
    con: duckdb.DuckDBPyConnection, organisation: str, rules: ReportingYear
) -> tuple[Exclusion, ...]:
    """What the other indicators do not hold: cases, courses and applications, with the reason."""
    found = count_reading.read_once(con, [organisation], rules)[organisation].left_out
    return tuple(
        Exclusion(f"Indicator {one.indicator}: {one.reason}", printed(one.people, "people"))
        for one in found
        if one.indicator != indicators.WORKFORCE and not one.inside
    )


def method_notes(figures: Sequence[Figure], organisation: str, year: int) -> list[str]:
    """What the verdicts can and cannot find at about this organisation's size; none without a workforce."""
    people = {
        f.ethnic_group: int(f.value)
        for f in figures
        if (f.reporting_year, f.indicator, f.cluster, f.band) == (year, indicators.WORKFORCE, "", "")
        and f.unit == "people"
        and f.value is not None
    }
    workforce = Groups.from_pairs({group: n for group, n in people.items() if group})
    return verdicts.method_note(workforce) if workforce.total else []


def checks(con: duckdb.DuckDBPyConnection, organisation: str, year: int) -> tuple[Check, ...]:
    """What the expectations found at this organisation, failures first; checks of what is printed are told elsewhere."""
    assets = sorted({each.asset for each in expectations.expectations()})
    rows = con.execute(
        "SELECT check_name, passed, severity, words FROM check_outcomes WHERE organisation_code = ? AND reporting_year = ? "
        "AND list_contains(?::VARCHAR[], asset) ORDER BY passed, severity, check_name",
        [organisation, year, assets],
    ).fetchall()
    counted = any(passed is False for name, passed, _, _ in rows if name in check_findings.COUNTED)
    made = [
        Check(
            name.replace("_", " ").capitalize(), passed, severity, words,
            told=counted and passed is False and severity != "blocking" and name in check_findings.ALSO_FINDINGS,
        )
        for name, passed, severity, words in rows
    ]  # fmt: skip
    return (*made, *confirmed(con, organisation, year))


def confirmed(con: duckdb.DuckDBPyConnection, organisation: str, year: int) -> list[Check]:
    """Findings that somebody confirmed to be right, counted first: each with what was found, by which role, until when."""
    found = [f for f in extract_findings.read(con, [organisation], year) if f.confirmed]
    told = [
        Check(
            f"Confirmed: {f.code.replace('_', ' ')}", True, "warning", f"{f.what} Confirmed by {f.confirmed}"
        )
        for f in found
    ]
    count = Check("Findings confirmed", True, "warning", f"{len(found)}, each below")
    return [count, *told] if found else []


def rules_behind(
    rules: ReportingYear, figures: Sequence[Figure], confirmations: Sequence[RuleConfirmation] = ()
) -> tuple[tuple[UnverifiedRule, ...], tuple[ConfirmedRule, ...]]:
    """Rules that touched a figure of this return: those nobody has checked against the guidance yet, and those that the
    organisation held against its own form of the year. What is told of the whole year is not among them.
    """
    touched = {
        f.indicator for f in figures if f.reporting_year == rules.year and f.state in ("value", "zero")
    }
    confirmed = {one.rule: one for one in confirmations if one.holds(rules.year)}
    still_open, checked = [], []
    for rule in rules.unverified:
        if rule.id == years.PROJECTED or (rule.indicators and not touched & set(rule.indicators)):
            continue
        told = UnverifiedRule(rule.text, rule.tag, tuple(rule.indicators), rule.id, rule.mark)
        mine = confirmed.get(rule.id)
        if mine is None:
            still_open.append(told)
        else:
            checked.append(ConfirmedRule(told, mine.form, mine.role))
    return tuple(still_open), tuple(checked)


def projected(rules: ReportingYear, confirmations: Sequence[RuleConfirmation] = ()) -> str:
    """What the first page of a return says of a year whose guidance nobody has read; "" for any other year, and where the
    organisation has held the year's rules against its own form.
    """
    rule = next((rule for rule in rules.unverified if rule.id == years.PROJECTED), None)
    if rule is None or any(one.rule == rule.id and one.holds(rules.year) for one in confirmations):
        return ""
    return rule.text

"""The sheets of the annual return's workbook that say how far its figures can be trusted.

How complete the record of ethnicity is, who is not counted, which checks were made, which rules are
unverified, which extracts were used, what is withheld.
"""

from __future__ import annotations

from collections.abc import Sequence

from wres_pipeline.indicators.figure import Printed
from wres_pipeline.render.page import day
from wres_pipeline.reports.annual.sheets import Cell, Sheet
from wres_pipeline.reports.context import Check, ConfirmedRule, ReturnContext
from wres_pipeline.reports.labels import indicators_named

_DECLARATION_HEAD = (
    "Year",
    "Staff",
    "Recorded (%)",
    "Declared (%)",
    "Declined to say (%)",
    "Not recorded (%)",
    "Answer not understood (%)",
)


def declaration(context: ReturnContext) -> Sheet | None:
    """How many staff have their ethnicity recorded and declared, in both years."""
    rows = tuple(
        (
            rate.reporting_year,
            _number(rate.people),
            _number(rate.recorded),
            _number(rate.declared),
            _number(rate.declined) or "not shown",
            _number(rate.not_recorded) or "not shown",
            _number(rate.unmapped) or "not shown",
        )
        for rate in context.declaration
    )
    if not rows:
        return None
    return Sheet(
        tab="Ethnicity known",
        name="ethnicity_known",
        title="How complete the record of ethnicity is, at 31 March",
        words=(
            "Recorded means that the record holds an answer, 'prefer not to say' included.",
            "Declared means that the person named an ethnic group.",
        ),
        head=_DECLARATION_HEAD,
        rows=rows,
        numeric=_DECLARATION_HEAD[1:],
        column_formats={"Staff": "#,##0", **dict.fromkeys(_DECLARATION_HEAD[2:], "0.0")},
    )


def exclusions(context: ReturnContext) -> Sheet | None:
    """People on the staff list who are outside the workforce, by reason."""
    if not context.exclusions:
        return None
    return Sheet(
        tab="Left out",
        name="left_out",
        title=f"People on the staff list who are not counted, {context.reporting_year}",
        words=(
            "Nobody is left out without a reason.",
            "A person is counted once, by the primary assignment.",
        ),
        head=("Reason", "People"),
        rows=tuple((e.reason, _number(e.people)) for e in context.exclusions),
        numeric=("People",),
        column_formats={"People": "#,##0"},
    )


def checks_made(checks: Sequence[Check]) -> Sheet | None:
    """Every check with its outcome in words."""
    if not checks:
        return None
    return Sheet(
        tab="Checks",
        name="checks",
        title="Checks made on the data and on the figures",
        words=(
            "A blocking check stops the return when it fails.",
            "A warning says that something is odd and should be looked at.",
        ),
        head=("Check", "Outcome", "Kind", "What was found"),
        rows=tuple((c.name, outcome(c), c.severity, c.words or "nothing to add") for c in checks),
    )


def outcome(check: Check) -> str:
    """The outcome of a check in a word or two."""
    if check.passed is None:
        return "could not be made"
    return "passed" if check.passed else "failed"


def method(context: ReturnContext) -> Sheet:
    """What the figures mean, and which rules behind them nobody has yet checked against the guidance."""
    year = context.year
    rows: list[tuple[Cell, ...]] = [
        ("Workforce", "ours", f"Substantive staff in post at {day(year.snapshot_date)}; each person once."),
        ("Period", "seen", f"{day(year.period_start)} to {day(year.period_end)} for indicators 2, 3 and 4."),
        ("Staff survey", "seen", f"The NHS Staff Survey of autumn {year.survey_year} for indicators 5 to 8."),
        ("Rule version", "ours", year.rule_version),
    ]
    rows += [("Method", "ours", words) for words in context.method_notes]
    rows += [
        (
            indicators_named(rule.indicators) or "Whole return",
            "unverified",
            f"{rule.text} (To confirm it: {rule.rule}, mark {rule.mark}.)" if context.internal else rule.text,
        )
        for rule in context.unverified
    ]
    rows += [
        (indicators_named(one.rule.indicators) or "Whole return", "confirmed", _confirmed(one, context))
        for one in context.confirmed
    ]
    return Sheet(
        tab="Method",
        name="method",
        title="Method, and rules not yet verified",
        words=(
            "Unverified: a rule remembered from the published guidance that nobody has yet checked against "
            "it.",
            "Ours: a decision of this project. Seen: read in a public source. Confirmed: held by the organisation "
            "against its own form of the year.",
        ),
        head=("About", "How sure", "Rule"),
        rows=tuple(rows),
    )


def _confirmed(one: ConfirmedRule, context: ReturnContext) -> str:
    """A confirmed rule; the internal edition names the form and the role, which are the organisation's own words."""
    return f"{one.rule.text} Held against {one.form} by {one.role}." if context.internal else one.rule.text


def deliveries(context: ReturnContext) -> Sheet | None:
    """The extracts behind the figures; internal edition only."""
    if not context.internal or not context.deliveries:
        return None
    return Sheet(
        tab="Extracts",
        name="extracts",
        title="Extracts the figures were made from",
        words=("Rows in are rows accepted plus rows set aside, always.",),
        head=("Kind", "Period", "File", "Rows in", "Rows accepted", "Rows set aside", "Delivery"),
        rows=tuple(
            (d.kind, d.period, d.file_name, d.rows_in, d.rows_accepted, d.rows_quarantined, d.delivery_id)
            for d in context.deliveries
        ),
        numeric=("Rows in", "Rows accepted", "Rows set aside"),
    )


def withheld(context: ReturnContext) -> Sheet | None:
    """What the public edition withholds and why; internal edition only."""
    if not context.internal or not context.withheld:
        return None
    return Sheet(
        tab="Withheld",
        name="withheld",
        title="Figures withheld from the public edition",
        words=("It stands in the internal edition only.",),
        head=("Figure", "Withheld because"),
        rows=tuple((w.figure, w.because) for w in context.withheld),
    )


def _number(shown: Printed) -> Cell:
    return shown if shown.number is None else shown.number

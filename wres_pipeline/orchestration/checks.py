"""Checks as the web UI shows them. What blocks does so in the data, for the organisation it is about, in every run: see
`pipelines.check_outcomes`."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import dagster as dg

from wres_pipeline.extracts.intake import folder, lateness
from wres_pipeline.orchestration import events
from wres_pipeline.orchestration.metadata import markdown_table
from wres_pipeline.orchestration.partitions import year_of_tags
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.pipelines import (
    annual_return,
    checks,
    commissioner_desk,
    month_reports,
    month_tables,
    plan,
    publication,
    systems,
    year_tables,
)
from wres_pipeline.quality import expectations

STOPS = " What is made after it is refused for the organisation while it stands failed."
OWN_CHECKS = {
    "protected_figures": {
        year_tables.SAFE: "No reader of the public edition, last year's edition and every other table of this one can "
        "place a withheld count more closely than the policy allows (linear programming)." + STOPS,
    },
    "system_figures": {
        systems.IS_THE_SUM: "Every count of a system is the sum of its members' own figures; otherwise the system is not made.",
    },
    "protected_system_figures": {
        systems.SAFE: "No figure of a system rests on a count that one of its members withholds; otherwise nothing of the "
        "system is published.",
    },
    annual_return.RETURN: {
        annual_return.AGREES: "The sums and limits of the submission hold between its items: a figure is wrong where one does "
        "not, and nothing is published." + STOPS,
        annual_return.ODD: "Warns of what is odd between the items of the submission and can be true, such as more people in "
        "the disciplinary process than in the workforce of the snapshot.",
    },
    publication.PUBLICATION: {
        publication.NO_MISTAKE: "The publication has no mistake a page shows by itself: ratios, directions, totals, signs, the "
        "same figure with two values. One that has is not released. `wres lint` says the same of anybody's page."
        + STOPS,
        publication.NOTHING_WITHHELD: "No text of the author's notes or of the action plan says a number that the public "
        "edition withholds; one that does is left out of it.",
    },
    commissioner_desk.COMMISSIONING: {
        commissioner_desk.NOTHING_WAITS: "Warns of actions that are late, due within a month, or done without evidence.",
        commissioner_desk.SAFE: "The public pages of the desk are written only where no withheld count can be worked out of them.",
        commissioner_desk.NO_MISTAKE: "Warns of a mistake that a public page of the desk shows by itself, as `wres lint` finds it.",
    },
    systems.SYSTEM_PAGES: {
        systems.NO_MISTAKE: "Warns of a mistake that a system's public page shows by itself, as `wres lint` finds it.",
    },
    month_tables.GAP: {
        month_tables.ARRIVES: "Warns of single losses on the way from TRAC to ESR; an error when the arrival of declared "
        "ethnicity has broken and not been repaired.",
    },
    month_reports.QUALITY: {
        month_reports.CIRCULATION_SAFE: "The report for circulation is written only where no withheld count can be worked out "
        "of it, and no small change out of its difference to the months beside it.",
    },
}
"""Asset -> its own checks, each with what it looks at."""


def specs_of(assets: Sequence[str]) -> list[dg.AssetCheckSpec]:
    """The check specs of these tables: those of `expectations.csv` and their own."""
    found = [
        dg.AssetCheckSpec(
            e.check,
            asset=e.asset,
            description=f"Otherwise: {e.words}.{STOPS if e.severity == 'blocking' else ''}",
        )
        for e in expectations.of_assets(assets)
    ]
    for asset in assets:
        for check, words in OWN_CHECKS.get(asset, {}).items():
            found.append(dg.AssetCheckSpec(check, asset=asset, description=words))
    return found


@dg.multi_asset_check(name="checks_of_extracts", specs=specs_of(sorted(checks.OF_EXTRACTS)), can_subset=True)
def checks_of_extracts(
    context: dg.AssetCheckExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> Iterator[dg.AssetCheckResult]:
    """Put the expectations to every organisation's tables, where they have changed since they were put last."""
    run = scope.scope(warehouse)
    year = year_of_tags(dict(context.run.tags)) or run.year_otherwise()
    results = list(plan.make_checks(run, year, run.codes()))
    outcomes: dict[tuple[str, str], list[expectations.Outcome]] = {}
    for result in results:
        for outcome in result.done.outcomes:
            outcomes.setdefault((outcome.asset, outcome.check), []).append(outcome)
        if result.words:
            context.log.warning(f"{result.organisation_code}: {result.words}")
    yield from events.check_results(context.selected_asset_check_keys, outcomes)


@dg.asset_check(
    asset="deliveries",
    name="no_delivery_is_late",
    description="Warns of a month's staff list that is not there by the tenth, and of a year's other extract that is not there at "
    "the end of April, of a body that sent it before.",
)
def no_delivery_is_late(scope: RunConfig) -> dg.AssetCheckResult:
    """Look at the folder of extracts on the day of the run."""
    extracts, due_day = Path(scope.extracts), scope.settings().alerts.delivery_due_day
    today = date.today()  # noqa: DTZ011 - lateness is about the clock
    late = lateness.late(extracts, folder.organisations(extracts), today, due_day)
    rows = [(one.organisation_code, one.kind.replace("_", " "), one.period, str(one.due)) for one in late]
    table = markdown_table(
        ["organisation", "extract", "of", "expected by"], rows[: events.SHOWN_IN_THE_TABLE]
    )
    return dg.AssetCheckResult(
        passed=not late,
        severity=dg.AssetCheckSeverity.WARN,
        description="; ".join(one.words for one in late[: events.TOLD_IN_FULL]) or "as expected",
        metadata={"late": len(late), **({"what is late": table} if late else {})},
    )

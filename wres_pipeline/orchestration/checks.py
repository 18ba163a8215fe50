"""Great Expectations shown as asset checks: blocking where a return would be wrong, a warning where it would be odd.

What every check found is kept in `check_outcomes`, so that the return prints the checks it passed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import dagster as dg
import duckdb

from wres_pipeline import schema
from wres_pipeline.extracts import texts_not_shown
from wres_pipeline.orchestration.metadata import POOL, markdown_table
from wres_pipeline.orchestration.partitions import reporting_year_of
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.quality import expectations
from wres_pipeline.quality.expectations import Outcome
from wres_pipeline.reference import years
from wres_pipeline.reports.release import edition_folders

TOLD_IN_FULL = 5
"""Organisations a failed check is told of in full where it is told in a line."""
SHOWN_IN_THE_TABLE = 50
"""Organisations in the table on the check's page."""


def check_specs(assets: Sequence[str]) -> list[dg.AssetCheckSpec]:
    """The check specs of these tables, from `expectations.csv`."""
    return [
        dg.AssetCheckSpec(
            e.check, asset=e.asset, blocking=e.severity == "blocking", description=f"Otherwise: {e.words}.",
        )
        for e in expectations.of_assets(assets)
    ]  # fmt: skip


def results(outcomes: Sequence[Outcome]) -> Iterator[dg.AssetCheckResult]:
    """One check result an expectation, over all organisations; a crashed check fails the step as an error."""
    by_check: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_check.setdefault(outcome.check, []).append(outcome)
    for check, found in by_check.items():
        if any(outcome.passed is None for outcome in found):
            raise dg.Failure(f"The check {check} itself could not run: {found[0].words}")
        failed = [outcome for outcome in found if not outcome.passed]
        first = found[0]
        yield dg.AssetCheckResult(
            asset_key=first.asset,
            check_name=check,
            passed=not failed,
            severity=dg.AssetCheckSeverity.ERROR
            if first.severity == "blocking"
            else dg.AssetCheckSeverity.WARN,
            description=_told(failed),
            metadata={
                "organisations": len(found),
                "rows of counts looked at": sum(o.looked_at for o in found),
                **({"failed": _table(failed)} if failed else {}),
            },
        )


def _table(failed: Sequence[Outcome]) -> dg.MarkdownMetadataValue:
    rows = [(o.organisation_code, o.words) for o in failed[:SHOWN_IN_THE_TABLE]]
    return markdown_table(["organisation", "what was found"], rows)


def _told(failed: Sequence[Outcome]) -> str:
    said = "; ".join(f"{o.organisation_code}: {o.words}" for o in failed[:TOLD_IN_FULL])
    more = len(failed) - TOLD_IN_FULL
    return (f"{said}; and {more} more organisations" if more > 0 else said) or "as expected"


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """An expectation of one organisation and year, and whether it held: a row of `check_outcomes`."""

    organisation_code: str
    reporting_year: int
    asset: str
    check_name: str
    severity: str
    passed: bool | None
    words: str


def keep(con: duckdb.DuckDBPyConnection, year: int, outcomes: Sequence[Outcome]) -> None:
    """Replace these checks' rows in `check_outcomes`."""
    schema.replace(
        con,
        "check_outcomes",
        [
            CheckOutcome(o.organisation_code, year, o.asset, o.check, o.severity, o.passed, o.words)
            for o in outcomes
        ],
        reporting_year=year,
        check_name=sorted({o.check for o in outcomes}),
        organisation_code=sorted({o.organisation_code for o in outcomes}),
    )


def _checks(asset: str) -> dg.AssetChecksDefinition:
    """One step an asset: a check that blocks may not wait for tables made after the one it blocks."""

    @dg.multi_asset_check(name=f"expectations_of_{asset}", specs=check_specs([asset]), pool=POOL)
    def look(
        context: dg.AssetCheckExecutionContext, warehouse: Warehouse, scope: RunConfig
    ) -> Iterator[dg.AssetCheckResult]:
        year = (
            reporting_year_of(context.partition_key) if context.has_partition_key else scope.year_otherwise()
        )
        with warehouse.open() as con:
            outcomes = expectations.run(
                con,
                expectations.of_assets([asset]),
                scope.codes(),
                years.load(year),
                declaration_target=scope.settings().targets.declaration,
            )
            keep(con, year, outcomes)
            for code in scope.codes():
                restricted = scope.output_folder / code / edition_folders.RESTRICTED
                texts_not_shown.write(con, code, restricted / texts_not_shown.FILE)
        yield from results(outcomes)

    return look


expectation_checks = [_checks(asset) for asset in dict.fromkeys(e.asset for e in expectations.expectations())]

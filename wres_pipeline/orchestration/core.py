"""Core assets: canonical rows, typed, with what their labels mean; one asset a table."""

import dagster as dg

from wres_pipeline.extracts import core
from wres_pipeline.orchestration.metadata import OWNER, POOL, described
from wres_pipeline.orchestration.raw import LEDGER, QUARANTINE
from wres_pipeline.orchestration.resources import RunConfig, Warehouse

ABOUT = {
    "core_assignments": "One row an assignment in a staff list: cluster, band, ethnic state, and why it is not counted.",
    "core_applications": "One row an application as one TRAC delivery shows it: how far it went, and ethnicity.",
    "core_recruitment_summary": "One row a stage and ethnic group of an aggregate TRAC report.",
    "core_disciplinary_cases": "One row an employee-relations case; case_kind says whether it is disciplinary.",
    "core_training": "One row a course of one person.",
    "core_appraisals": "One row a person's last appraisal.",
    "core_survey_results": "One row a published staff-survey percentage of one question and group.",
    "core_survey_respondents": "One row an answer of one respondent to one question.",
    "core_board_members": "One row a spell of one board member.",
    "core_provider_returns": "One row a figure another body published, as the commissioner logged it.",
}


def _core_asset(table: core.CoreTable) -> dg.AssetsDefinition:
    @dg.asset(
        name=table.name,
        group_name="core",
        owners=[OWNER],
        kinds={"duckdb", "sql"},
        deps=[table.raw, LEDGER, QUARANTINE],
        description=ABOUT[table.name],
        pool=POOL,
    )
    def build(warehouse: Warehouse, scope: RunConfig) -> dg.MaterializeResult:
        with warehouse.open() as con:
            made = core.build(con, [table], scope.codes(), scope.mappings())
            return dg.MaterializeResult(
                metadata=described(con, table.name, **{"deliveries made now": made[table.name]})
            )

    return build


core_assets = [_core_asset(table) for table in core.CORE_TABLES]


@dg.asset(group_name="core", owners=[OWNER], kinds={"duckdb", "sql"}, deps=["core_assignments"], pool=POOL)
def core_workforce(warehouse: Warehouse) -> dg.MaterializeResult:
    """One row a person per organisation and staff list: counted once, by the primary assignment, or why not."""
    with warehouse.open() as con:
        core.create_tables(con)
        return dg.MaterializeResult(metadata=described(con, "core_workforce"))


@dg.asset(group_name="core", owners=[OWNER], kinds={"duckdb", "sql"}, deps=["core_assignments"], pool=POOL)
def core_staff_identities(warehouse: Warehouse, scope: RunConfig) -> dg.MaterializeResult:
    """One row a person in a staff list with the particulars linkage compares. Restricted; made only where reports are."""
    with warehouse.open() as con:
        made = core.build(con, [core.IDENTITIES], scope.report_codes(), scope.mappings())
        return dg.MaterializeResult(
            metadata=described(
                con, "core_staff_identities", **{"deliveries made now": made["core_staff_identities"]}
            )
        )

"""Core assets: canonical rows, typed, with what their labels mean; one asset a table."""

import dagster as dg

from wres_pipeline.extracts import core
from wres_pipeline.orchestration.metadata import OWNER, POOL, described, one_row_is
from wres_pipeline.orchestration.raw import LEDGER, QUARANTINE
from wres_pipeline.orchestration.resources import RunConfig, Warehouse


def _core_asset(table: core.CoreTable) -> dg.AssetsDefinition:
    @dg.asset(
        name=table.name,
        group_name="core",
        owners=[OWNER],
        kinds={"duckdb", "sql"},
        deps=[table.raw, LEDGER, QUARANTINE],
        description=one_row_is(table.name),
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

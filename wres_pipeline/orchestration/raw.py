"""Raw assets: every delivery of the extracts folder, verbatim, with its ledger and its quarantine."""

from collections.abc import Iterator
from datetime import UTC, datetime

import dagster as dg

from wres_pipeline.extracts import contracts, folder_events, landing, resubmission
from wres_pipeline.extracts.shown_names import shown_name
from wres_pipeline.governance import retention
from wres_pipeline.orchestration.metadata import OWNER, POOL, described, markdown_table, one_row_is
from wres_pipeline.orchestration.resources import RunConfig, Warehouse

LEDGER = "deliveries"
QUARANTINE = "quarantine"
RESTATEMENTS = "restatements"
RAW_TABLES = [contracts.load(kind).table for kind in contracts.kinds()]


def _spec(name: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        name, group_name="raw", owners=[OWNER], kinds={"duckdb"}, description=one_row_is(name)
    )


@dg.multi_asset(
    name="land_extracts",
    specs=[_spec(name) for name in (LEDGER, QUARANTINE, RESTATEMENTS, *RAW_TABLES)],
    pool=POOL,
)
def land_extracts(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> Iterator[dg.MaterializeResult]:
    """Land every new file of the extracts folder; a file already landed is left alone."""
    with warehouse.open() as con:
        now = datetime.now(UTC).replace(tzinfo=None)
        mappings = scope.mappings()
        report = landing.land_folder(con, scope.extracts_folder, [*mappings], now=now, mappings=mappings)
        retention.blank_again(con)
        resubmission.record(con, mappings, now=now)
        folder_events.keep(con, scope.extracts_folder, [*mappings], report)
        for refusal in report.refused:
            context.log.warning(
                f"{refusal.organisation_code}: {refusal.file_name} was refused: {refusal.reason}"
            )
        context.log.info(
            f"{len(report.landed)} files landed, {len(report.already)} already there, {len(report.refused)} refused, "
            f"{len(report.returned)} put back"
        )
        ledger = [
            (
                d.organisation_code,
                d.kind,
                shown_name(d.file_name),
                d.rows_in,
                d.rows_accepted,
                d.rows_quarantined,
            )
            for d in report.landed
        ]
        for name in (LEDGER, QUARANTINE, RESTATEMENTS, *RAW_TABLES):
            more = {}
            if name == LEDGER:
                more = {
                    "files landed": len(report.landed),
                    "files refused": len(report.refused),
                    "files put back": len(report.returned),
                    "landed now": markdown_table(
                        ["organisation", "kind", "file", "rows in", "accepted", "quarantined"], ledger[:50]
                    ),
                }
            yield dg.MaterializeResult(asset_key=name, metadata=described(con, name, **more))

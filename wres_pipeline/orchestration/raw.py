"""Raw assets: every delivery of the extracts folder, verbatim, with its ledger and its quarantine."""

from collections.abc import Iterator
from datetime import UTC, datetime

import dagster as dg

from wres_pipeline.extracts import contracts, landing, resubmission
from wres_pipeline.orchestration.metadata import OWNER, POOL, described, markdown_table
from wres_pipeline.orchestration.resources import RunConfig, Warehouse

LEDGER = "deliveries"
QUARANTINE = "quarantine"
RESTATEMENTS = "restatements"
RAW_TABLES = [contracts.load(kind).table for kind in contracts.kinds()]


def _spec(name: str, about: str) -> dg.AssetSpec:
    return dg.AssetSpec(name, group_name="raw", owners=[OWNER], kinds={"duckdb"}, description=about)


@dg.multi_asset(
    name="land_extracts",
    specs=[
        _spec(
            LEDGER,
            "The ledger: one row a delivery, with its content hash, rows in, accepted and quarantined.",
        ),
        _spec(
            QUARANTINE,
            "Rows that could not be used, each with its place, the reason and what to do. Restricted.",
        ),
        _spec(
            RESTATEMENTS,
            "One row a period that was delivered again with other content: people added and gone, what changed.",
        ),
        *(
            _spec(
                contracts.load(kind).table,
                f"{contracts.load(kind).title}: one row is {contracts.load(kind).one_row_is}, every cell as it arrived.",
            )
            for kind in contracts.kinds()
        ),
    ],
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
        resubmission.record(con, mappings, now=now)
        con.execute("DROP TABLE IF EXISTS refused_files")
        con.execute(
            "CREATE TABLE refused_files (organisation_code VARCHAR, file_name VARCHAR, reason VARCHAR, remedy VARCHAR)"
        )
        for refusal in report.refused:
            con.execute(
                "INSERT INTO refused_files VALUES (?, ?, ?, ?)",
                [refusal.organisation_code, refusal.file_name, refusal.reason, refusal.remedy],
            )
            context.log.warning(
                f"{refusal.organisation_code}: {refusal.file_name} was refused: {refusal.reason}"
            )
        context.log.info(
            f"{len(report.landed)} files landed, {len(report.already)} already there, {len(report.refused)} refused, "
            f"{len(report.returned)} put back"
        )
        ledger = [
            (d.organisation_code, d.kind, d.file_name, d.rows_in, d.rows_accepted, d.rows_quarantined)
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

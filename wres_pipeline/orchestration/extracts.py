"""Extracts as assets: every delivery verbatim with its ledger and its rejected rows, and the canonical rows."""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg

from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.naming.shown_names import shown_name
from wres_pipeline.orchestration.metadata import OWNER, about_columns, described, markdown_table, one_row_is
from wres_pipeline.orchestration.partitions import ensure_organisations
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.pipelines import landing

EXTRACTS, CANONICAL = "extracts", "canonical_rows"
"""Groups of the graph."""
LEDGER, QUARANTINE, RESTATEMENTS = "deliveries", "quarantine", "restatements"
RAW_TABLES = [contracts.load(kind).table for kind in contracts.kinds()]
WORKFORCE = "core_workforce"
WARN, FAIL = timedelta(days=35), timedelta(days=45)
"""A month with its days of grace: without new extracts for longer, the ledger is shown as late. [ours]"""
CANONICAL_TABLES = (
    *dict.fromkeys(table.name for table in core.CORE_TABLES),
    WORKFORCE,
    *dict.fromkeys(table.name for table in core.IDENTITIES),
)
MADE_OF = {
    WORKFORCE: ["core_assignments"],
    "core_staff": ["core_assignments"],
    "core_identities": ["core_assignments", "core_applications"],
}


def _raw(name: str) -> dg.AssetSpec:
    freshness = dg.FreshnessPolicy.time_window(fail_window=FAIL, warn_window=WARN) if name == LEDGER else None
    return dg.AssetSpec(
        name,
        group_name=EXTRACTS,
        owners=[OWNER],
        kinds={"duckdb"},
        description=one_row_is(name),
        freshness_policy=freshness,
        metadata=about_columns(name),
        skippable=True,
    )


@dg.multi_asset(
    name=landing.LAND,
    specs=[_raw(name) for name in (LEDGER, QUARANTINE, RESTATEMENTS, *RAW_TABLES)],
    can_subset=True,
)
def land_extracts(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> Iterator[dg.MaterializeResult]:
    """Land every new file of the extracts folder; a file already landed is left alone."""
    run = scope.scope(warehouse)
    ensure_organisations(context.instance, run.codes())
    with warehouse.open() as con:
        landed = landing.land(run, con)
        for words in landing.in_words(landed):
            context.log.info(words)
        selected = {key.to_user_string() for key in context.selected_asset_keys}
        for name in [name for name in (LEDGER, QUARANTINE, RESTATEMENTS, *RAW_TABLES) if name in selected]:
            more = _told(landed) if name == LEDGER else {}
            yield dg.MaterializeResult(asset_key=name, metadata=described(con, name, **more))


def _told(landed: landing.Landed) -> dict[str, object]:
    """What was landed now, for the ledger's page."""
    report = landed.report
    rows = [
        (d.organisation_code, d.kind, shown_name(d.file_name), d.rows_in, d.rows_accepted, d.rows_quarantined)
        for d in report.landed
    ]
    heading = ["organisation", "kind", "file", "rows in", "accepted", "quarantined"]
    return {
        "files landed": len(report.landed),
        "files refused": len(report.refused),
        "files put back": len(report.returned),
        "landed now": markdown_table(heading, rows[:50]),
    }


def _canonical(name: str) -> dg.AssetSpec:
    raw = [table.raw for table in core.CORE_TABLES if table.name == name]
    deps = MADE_OF.get(name) or [*raw, LEDGER, QUARANTINE]
    return dg.AssetSpec(
        name,
        deps=deps,
        group_name=CANONICAL,
        owners=[OWNER],
        kinds={"duckdb", "sql"},
        description=one_row_is(name),
        metadata=about_columns(name),
    )


@dg.multi_asset(name=landing.CORE, specs=[_canonical(name) for name in CANONICAL_TABLES], can_subset=True)
def core_tables(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> Iterator[dg.MaterializeResult]:
    """Bring the canonical rows up to date: typed, with what their labels mean, by the organisation's own labels too."""
    run = scope.scope(warehouse)
    selected = [name for name in CANONICAL_TABLES if dg.AssetKey(name) in context.selected_asset_keys]
    with warehouse.open() as con:
        made = landing.build_selected(run, con, selected)
        for name in selected:
            metadata = described(con, name, **{"deliveries made now": made.get(name, 0)})
            yield dg.MaterializeResult(asset_key=name, metadata=metadata)

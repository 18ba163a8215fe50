"""The findings about the extracts of a reporting year, as an asset whose checks hold the figures back."""

from datetime import UTC, datetime

import dagster as dg

from wres_pipeline.extracts import core
from wres_pipeline.extracts import findings as finding_list
from wres_pipeline.orchestration.metadata import OWNER, POOL, described, markdown_table
from wres_pipeline.orchestration.partitions import reporting_years, year_of
from wres_pipeline.orchestration.raw import LEDGER, QUARANTINE, RESTATEMENTS
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.quality import extract_findings
from wres_pipeline.reference import years
from wres_pipeline.reports import delivery_findings

SHOWN = 60


@dg.asset(
    name=extract_findings.TABLE,
    group_name="indicators",
    owners=[OWNER],
    kinds={"duckdb", "csv"},
    deps=[*(table.name for table in core.CORE_TABLES), LEDGER, QUARANTINE, RESTATEMENTS],
    partitions_def=reporting_years,
    pool=POOL,
)
def findings(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> dg.MaterializeResult:
    """One row a finding about the extracts: what was not understood, does not fit, or is gone, with what to do. No person."""
    year, codes = year_of(context), scope.codes()
    with warehouse.open() as con:
        found = delivery_findings.gather(
            con,
            scope.extracts_folder,
            scope.output_folder,
            codes,
            years.load(year),
            scope.mappings(),
            numbers_found=scope.settings().targets.numbers_found,
            limits=scope.settings().plausibility,
            keep_measures=True,
            on=datetime.now(UTC).date(),
        )
        extract_findings.keep(con, codes, year, found)
        about = described(con, extract_findings.TABLE)
    mine = finding_list.by_organisation(found)
    for code in codes:
        finding_list.write_csv(
            mine.get(code, []), scope.output_folder / code / str(year) / finding_list.FILE_NAME
        )
    rows = [
        (f.organisation_code, finding_list.SEVERITY_WORDS[f.severity], f.file, f.column, f.what, f.remedy)
        for f in found[:SHOWN]
    ]
    return dg.MaterializeResult(
        metadata={
            **about,
            "findings": markdown_table(
                ["organisation", "severity", "file", "column", "found", "to do"], rows
            ),
            **{
                words: sum(1 for f in found if f.severity == s)
                for s, words in finding_list.SEVERITY_WORDS.items()
            },
        }
    )

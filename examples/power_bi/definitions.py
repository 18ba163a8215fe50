"""A team's own code location: the definitions of the pipeline with one asset more, which puts the figures of a body and year
as they may be published into a folder that a Power BI report reads.

    POWER_BI_FOLDER=/srv/power-bi WRES_SETTINGS=/srv/wres/wres.toml dagster dev -f examples/power_bi/definitions.py
"""

import os
from pathlib import Path

import dagster as dg

import wres_pipeline
from wres_pipeline import whole_file
from wres_pipeline.definitions import defs as pipeline
from wres_pipeline.orchestration.partitions import ORGANISATION, YEAR, body_years


@dg.asset(
    deps=["report_publication"],
    partitions_def=body_years,
    group_name="power_bi",
    kinds={"csv", "powerbi"},
    owners=["team:workforce-information"],
    automation_condition=dg.AutomationCondition.eager(),
    description="The figures of a body and year as they may be published, one CSV file, in the folder POWER_BI_FOLDER names.",
)
def figures_for_power_bi(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """Write the file beside its place and rename it: a report that refreshes meanwhile reads the old one, whole."""
    cell = body_years.get_partition_key_from_str(context.partition_key).keys_by_dimension
    code, year = cell[ORGANISATION], int(cell[YEAR])
    figures = wres_pipeline.figures(code, year, edition="public")
    if figures.empty:
        raise dg.Failure(
            f"{code} has no figures of {year} yet: run the annual return first", allow_retries=False
        )
    file = Path(os.environ["POWER_BI_FOLDER"]) / f"wres-{code}-{year}.csv"
    whole_file.write(file, figures.to_csv(index=False).encode("utf-8-sig"))
    return dg.MaterializeResult(metadata={"rows": len(figures), "file": dg.MetadataValue.path(str(file))})


defs = dg.Definitions.merge(pipeline, dg.Definitions(assets=[figures_for_power_bi]))

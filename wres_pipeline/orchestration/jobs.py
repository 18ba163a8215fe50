"""The jobs: the annual return of a reporting year, the ethnicity data quality of a month, and landing."""

import dagster as dg

from wres_pipeline.orchestration import annual, extracts, monthly

ANNUAL_JOB, MONTHLY_JOB, LANDING_JOB = "annual_return", "ethnicity_data_quality", "land_new_extracts"

_landing = dg.AssetSelection.assets(*extracts.land_extracts.keys, *extracts.core_tables.keys)


def _assets(specs: list[dg.AssetSpec]) -> dg.AssetSelection:
    return dg.AssetSelection.assets(*(spec.key for spec in specs))


annual_return_job = dg.define_asset_job(
    ANNUAL_JOB,
    selection=_landing | _assets(annual.SPECS),
    description="The main job: extracts to the annual return of one reporting year.",
    tags={"wres/kind": "annual"},
)
monthly_quality_job = dg.define_asset_job(
    MONTHLY_JOB,
    selection=_landing | _assets(monthly.SPECS),
    description="Ethnicity data quality and the TRAC-to-ESR gap of one month.",
    tags={"wres/kind": "monthly"},
)
land_job = dg.define_asset_job(
    LANDING_JOB,
    selection=_landing,
    description="Land new files of the extracts folder, bring the canonical rows up to date and check them.",
)

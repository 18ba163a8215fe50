"""The jobs: the annual return of a reporting year, and the ethnicity data quality of a month."""

import dagster as dg

LANDING_GROUPS = ("raw", "core")
ANNUAL_GROUPS = ("indicators", "commissioning", "disclosure", "annual_reports")
MONTHLY_GROUPS = ("quality", "monthly_reports")

annual_return_job = dg.define_asset_job(
    "annual_return",
    selection=dg.AssetSelection.groups(*LANDING_GROUPS, *ANNUAL_GROUPS),
    description="The main job: extracts to the annual return of one reporting year.",
    tags={"wres/kind": "annual"},
)
monthly_quality_job = dg.define_asset_job(
    "ethnicity_data_quality",
    selection=dg.AssetSelection.groups(*LANDING_GROUPS, *MONTHLY_GROUPS),
    description="Ethnicity data quality and the TRAC-to-ESR gap of one month.",
    tags={"wres/kind": "monthly"},
)
land_job = dg.define_asset_job(
    "land_new_extracts",
    selection=dg.AssetSelection.groups(*LANDING_GROUPS),
    description="Land new files of the extracts folder and bring the core tables up to date.",
)

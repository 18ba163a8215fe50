"""Reporting years and months: the two ways the pipeline's results are divided."""

import dagster as dg

from wres_pipeline.reference import years

reporting_years = dg.StaticPartitionsDefinition([str(year) for year in years.all_years()])
months = dg.MonthlyPartitionsDefinition(start_date="2015-04-01", end_offset=1)


def year_of(context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext) -> int:
    """The reporting year of a run's partition."""
    return int(context.partition_key)

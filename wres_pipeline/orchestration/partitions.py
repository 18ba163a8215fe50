"""Reporting years and months: the two ways the pipeline's results are divided."""

from calendar import monthrange
from datetime import date

import dagster as dg

from wres_pipeline.extracts import folder
from wres_pipeline.reference import years

reporting_years = dg.StaticPartitionsDefinition([str(year) for year in years.all_years()])
months = dg.MonthlyPartitionsDefinition(start_date="2015-04-01", end_offset=1)


def year_of(context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext) -> int:
    """The reporting year of a run's partition."""
    return int(context.partition_key)


def month_end(key: str) -> date:
    """The last day of the month a partition names by its first."""
    first = date.fromisoformat(key)
    return date(first.year, first.month, monthrange(first.year, first.month)[1])


def reporting_year_of(key: str) -> int:
    """The reporting year a partition belongs to: its own name, or the year ending after the month."""
    return int(key) if len(key) == 4 else folder.year_ending(month_end(key))

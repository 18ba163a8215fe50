"""Organisation by reporting year and organisation by month: the two ways the pipeline's results are divided."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import dagster as dg

from wres_pipeline.extracts.intake import folder
from wres_pipeline.reference import years

ORGANISATION, YEAR, MONTH = "organisation", "year", "month"
RANGE_START, RANGE_END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"

organisations = dg.DynamicPartitionsDefinition(name=ORGANISATION)
"""Every body whose folder was ever seen; the command and the sensor add what is new."""
reporting_years = dg.StaticPartitionsDefinition([str(year) for year in years.all_years()])
months = dg.MonthlyPartitionsDefinition(start_date="2015-04-01", end_offset=1)
body_years = dg.MultiPartitionsDefinition({ORGANISATION: organisations, YEAR: reporting_years})
body_months = dg.MultiPartitionsDefinition({ORGANISATION: organisations, MONTH: months})


def year_key(code: str, year: int) -> dg.MultiPartitionKey:
    """The cell of an organisation and reporting year."""
    return dg.MultiPartitionKey({ORGANISATION: code, YEAR: str(year)})


def month_key(code: str, as_at: date) -> dg.MultiPartitionKey:
    """The cell of an organisation and the month that ends on the day."""
    return dg.MultiPartitionKey({ORGANISATION: code, MONTH: as_at.replace(day=1).isoformat()})


def month_end(key: str) -> date:
    """The last day of the month a partition names by its first."""
    first = date.fromisoformat(key)
    return date(first.year, first.month, monthrange(first.year, first.month)[1])


def by_period(keys: Iterable[str], dimension: str) -> dict[str, list[str]]:
    """Period -> its organisations, of the partition keys of a run over one dimension beside the organisation."""
    definition = body_years if dimension == YEAR else body_months
    found: dict[str, list[str]] = {}
    for key in keys:
        parts = definition.get_partition_key_from_str(str(key)).keys_by_dimension
        found.setdefault(parts[dimension], []).append(parts[ORGANISATION])
    return {period: sorted(codes) for period, codes in sorted(found.items())}


def year_of_tags(tags: dict[str, str]) -> int | None:
    """The reporting year a run is for, by its tags; None for a run of no period."""
    key = tags.get(RANGE_START) or tags.get("dagster/partition") or ""
    periods = [part for part in key.split("|") if part[:4].isdigit()]
    if not periods:
        return None
    period = periods[0]
    return int(period) if len(period) == 4 else folder.year_ending(month_end(period))


def ensure_organisations(instance: dg.DagsterInstance, codes: Sequence[str]) -> None:
    """Add the organisations that Dagster does not know yet."""
    known = set(instance.get_dynamic_partitions(ORGANISATION))
    new = [code for code in codes if code not in known]
    if new:
        instance.add_dynamic_partitions(ORGANISATION, new)


def stretches(instance: dg.DagsterInstance, codes: Sequence[str]) -> list[tuple[str, str]]:
    """The organisations as (first, last) of stretches that hold no other: one run serves a stretch."""
    wanted = set(codes)
    found: list[tuple[str, str]] = []
    open_stretch = False
    for code in instance.get_dynamic_partitions(ORGANISATION):
        if code in wanted:
            found = [*found[:-1], (found[-1][0], code)] if open_stretch else [*found, (code, code)]
        open_stretch = code in wanted
    return found


def range_tags(first: dg.MultiPartitionKey, last: dg.MultiPartitionKey) -> dict[str, str]:
    """The tags by which one run serves every cell from the first to the last."""
    return {RANGE_START: str(first), RANGE_END: str(last)}


def about(tags: Mapping[str, str]) -> str:
    """What a run is about, by its tags, in words: its bodies and period; "" for a run of everything."""
    first = tags.get(RANGE_START) or tags.get("dagster/partition") or ""
    last = tags.get(RANGE_END) or first
    if "|" not in first:
        return ""
    ends = [sorted(key.split("|"), key=lambda part: part[:4].isdigit()) for key in (first, last)]
    (code, period), (other, _) = ends
    return f"{code}, {period}" if code == other else f"{code} to {other}, {period}"

"""`wres counts`: the counts of bodies whose rows live on a Spark platform, as extracts for the return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import typer

from wres_pipeline import whole_file
from wres_pipeline.indicators import compute, count_reading, on_spark
from wres_pipeline.reference import ods_codes, years
from wres_pipeline.reports.release import figures_csv
from wres_pipeline.settings import Settings

if TYPE_CHECKING:
    import duckdb

    from wres_pipeline.indicators.counts import OrganisationCounts
    from wres_pipeline.reference.years import ReportingYear

MADE, NOT_MADE = 0, 2


def take(settings: Settings, place: str, codes: Sequence[str], year: int | None) -> int:
    """Count on Spark and write `wres_counts_<year>.csv` into each body's folder of extracts. Gives the exit status."""
    place = place or settings.spark.tables
    known = years.all_years()
    if not place:
        typer.echo(
            "wres: say where the tables are: --tables FOLDER (Parquet) or CATALOGUE.SCHEMA, or tables = under [spark] in wres.toml.",
            err=True,
        )
        return NOT_MADE
    if year is not None and year not in known:
        typer.echo(
            f"wres: there are no rules for {year}; there are for {', '.join(map(str, known))}.", err=True
        )
        return NOT_MADE
    wrong = [code for code in codes if not ods_codes.is_code(code)]
    if wrong:
        typer.echo(f"wres: {wrong[0]!r} is no ODS code: letters and digits, as R0A.", err=True)
        return NOT_MADE
    rules = years.load(year or max(known))
    typer.echo(f"Starting Spark, and counting {rules.year} in {place}; a minute or two.", err=True)
    try:
        tables = on_spark.SparkTables(on_spark.session(), place)
        wanted = list(codes) or on_spark.organisations(tables)
        found = count_reading.read(cast("duckdb.DuckDBPyConnection", tables), wanted, rules)
    except on_spark.TablesError as error:
        typer.echo(f"wres: {error}", err=True)
        return NOT_MADE
    if tables.missing:
        typer.echo(f"Not there, and taken as not delivered: {', '.join(sorted(tables.missing))}.", err=True)
    hand_over(settings, found, rules)
    typer.echo(f"Next: wres run --year {rules.year}")
    return MADE


def hand_over(settings: Settings, found: Mapping[str, OrganisationCounts], rules: ReportingYear) -> None:
    """Write each body's counts of people as the extract `wres_counts_<year>.csv`; a body without any gets none, and is told."""
    for code, counts in found.items():
        # an id made from content confirms a guess at it, and the file is handed on
        figures = [
            replace(one, deliveries="")
            for one in compute(counts, rules)
            if one.unit == "people" and one.value is not None
        ]
        if not figures:
            typer.echo(f"{code}: nothing was delivered for {rules.year}; no file is written.", err=True)
            continue
        file = settings.extracts / code / f"wres_counts_{rules.year}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        whole_file.write(file, figures_csv.csv_bytes(figures))
        typer.echo(f"{file}: {len(figures):,} counts")

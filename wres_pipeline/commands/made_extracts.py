"""Commands that make extracts: residents from the census, counts from Spark, invented organisations."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from wres_pipeline import whole_file
from wres_pipeline.commands.exit_status import MADE, NOT_MADE
from wres_pipeline.commissioner import census_file
from wres_pipeline.indicators import compute, count_reading, on_spark
from wres_pipeline.reference import ods_codes, years
from wres_pipeline.reference.population import OWN_COLUMNS, OWN_FILE, ResidentsFileError, own_rows
from wres_pipeline.reference.spreadsheets import no_formula
from wres_pipeline.reports.release import figures_csv
from wres_pipeline.settings import Settings

if TYPE_CHECKING:
    import duckdb

    from wres_pipeline.indicators.counts import OrganisationCounts
    from wres_pipeline.reference.years import ReportingYear


def residents(settings: Settings, file: Path, code: str, areas: Sequence[str]) -> int:
    """Put the areas' residents into `residents.csv` beside the extracts; rows of other areas stay. Gives the exit status."""
    folder = settings.extracts / code
    known = settings.organisations.get(code)
    wanted = list(areas) or list(known.residents_of if known else ())
    if not folder.is_dir():
        typer.echo(f"wres: there is no folder {folder}: wres init makes it.", err=True)
        return NOT_MADE
    if not wanted:
        typer.echo(
            f"wres: name the areas {code} serves with --area, or in the settings (residents_of).", err=True
        )
        return NOT_MADE
    path = folder / OWN_FILE
    try:
        new = census_file.chosen(census_file.read(file), wanted, file.name)
        kept = [
            (area_code, one)
            for area_code, one in own_rows(path)
            if (area_code, one.ages) not in {(n.code, n.ages) for n in new}
        ]
    except ResidentsFileError as error:
        typer.echo(f"wres: {error}", err=True)
        return NOT_MADE
    source = f"Census 2021, ethnic group, usual residents (ONS), file {file.name}"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(OWN_COLUMNS)
    rows = [(c, one.areas[0], one.ages, one.residents, one.white, one.source) for c, one in kept]
    rows += [(n.code, n.area, n.ages, n.residents, n.white, source) for n in new]
    writer.writerows([no_formula(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    whole_file.write(path, out.getvalue().encode("utf-8"))
    for n in new:
        share = 100 * (n.residents - n.white) / n.residents if n.residents else 0.0
        typer.echo(f"{n.area} ({n.code}), {n.ages} ages: {n.residents:,} residents, {share:.1f}% BME")
    said = ", ".join(f'"{area}"' for area in dict.fromkeys(n.area for n in new))
    if known is None or not known.residents_of:
        typer.echo(
            f"Next: write residents_of = [{said}] under [organisations.{code}] in wres.toml, then wres run"
        )
    else:
        typer.echo("Next: wres run")
    return MADE


def sample(folder: Path, preset: str, seed: int | None, staff: int | None) -> int:
    """Write a preset's extracts into `folder`; gives the exit status."""
    from wres_pipeline.synthetic import sample

    if preset not in sample.PRESETS:
        typer.echo(f"wres: there is no preset {preset!r}; there are {', '.join(sample.PRESETS)}", err=True)
        return 2
    sample.write_sample(folder, preset, sample.DEFAULT_SEED if seed is None else seed, scale=staff)
    typer.echo(f"Written to {folder}: extracts of fictional organisations; every person in them is invented.")
    return 0


def counts(settings: Settings, place: str, codes: Sequence[str], year: int | None) -> int:
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

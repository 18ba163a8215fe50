"""`wres residents`: the areas an organisation serves, from the census file as published into its `residents.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import typer

from wres_pipeline import whole_file
from wres_pipeline.commissioner import census_file
from wres_pipeline.reference.population import OWN_COLUMNS, OWN_FILE, ResidentsFileError, own_rows
from wres_pipeline.reference.spreadsheet_cells import no_formula
from wres_pipeline.settings import Settings

MADE, NOT_MADE = 0, 2


def add(settings: Settings, file: Path, code: str, areas: Sequence[str]) -> int:
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

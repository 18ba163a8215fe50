"""`wres figures` and `wres_pipeline.figures`: the figures of the warehouse as a data frame, chosen by a condition."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from wres_pipeline import settings as settings_module
from wres_pipeline import warehouse
from wres_pipeline.render.text import safe_cell
from wres_pipeline.schema import table

if TYPE_CHECKING:
    import pandas as pd

TABLES = {
    "public": "protected_figures",
    "internal": "figures",
    "system-public": "protected_system_figures",
    "system-internal": "system_figures",
}
"""Edition -> its table."""


class FiguresError(ValueError):
    """What was asked for cannot be read: says what was found and what is allowed."""


def frame(
    organisation: str | Sequence[str] = (),
    year: int | Sequence[int] = (),
    *,
    edition: str = "public",
    where: str = "",
    file: Path | str | None = None,
) -> pd.DataFrame:
    """The figures as they are kept, a row each, in the order of the return; columns as docs/data-dictionary.md has them.

    organisation, year: one or several; none for all. edition: `public`, as the public edition may print them (small counts
    withheld; the default), or `internal`, with true counts, or `system-public` and `system-internal`. where: an SQL condition
    on the columns, such as "indicator = '2' AND ethnic_group = 'BME'"; it sees nothing but these figures. file: the
    warehouse; by default the one of the settings. Raises FiguresError, and `WarehouseBusyError` while a run is writing.
    """
    import duckdb

    if edition not in TABLES:
        raise FiguresError(f"edition is {edition!r}; it must be one of {', '.join(TABLES)}")
    place = Path(file) if file else settings_module.load().warehouse
    if not place.exists():
        raise FiguresError(f"{place}: there is no warehouse yet; wres run makes it")
    codes = [organisation] if isinstance(organisation, str) else list(organisation)
    wanted = [year] if isinstance(year, int) else list(year)
    with warehouse.connect(place, read_only=True, patience=warehouse.PATIENCE) as con:
        held = con.sql(
            f"SELECT * FROM {TABLES[edition]} WHERE (len($codes) = 0 OR list_contains($codes, organisation_code)) "  # noqa: S608
            "AND (len($years) = 0 OR list_contains($years, reporting_year))",
            params={"codes": [code for code in codes if code], "years": wanted},
        ).df()
    # in a database of its own: a condition can ask for nothing of a person, and for no file
    with duckdb.connect(":memory:") as apart:
        apart.register("held", held)
        apart.execute("SET enable_external_access = false; SET python_enable_replacements = false")
        try:
            return apart.sql(f"SELECT * FROM held WHERE {where or 'TRUE'}").df()  # noqa: S608
        except duckdb.Error as error:
            columns = ", ".join(column.name for column in table(TABLES[edition]).columns)
            words = str(error).splitlines()[0]
            raise FiguresError(f"where is {where!r}: {words} The columns are {columns}.") from None


def show(
    organisations: Sequence[str], years: Sequence[int], edition: str, where: str, to: Path | None, file: Path
) -> int:
    """Write the figures as CSV to a file, or to the terminal; gives the exit status."""
    try:
        found = frame(organisations, years, edition=edition, where=where, file=file)
    except FiguresError as error:
        typer.echo(f"wres: {error}", err=True)
        return 2
    cells = found.map(lambda value: safe_cell(value) if isinstance(value, str) else value)
    cells.to_csv(to or sys.stdout, index=False)
    if to:
        typer.echo(f"{len(found):,} figures in {to}", err=True)
    return 0

"""What a command is given: the options that several take, and the settings with the folders the command line names in their place."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wres_pipeline.settings import Settings

Extracts = Annotated[Path | None, typer.Option(help="Folder of extracts, one folder an organisation.")]
Output = Annotated[Path | None, typer.Option(help="Folder the reports are written to.")]
Warehouse = Annotated[Path | None, typer.Option(help="The DuckDB file.")]
Organisations = Annotated[list[str] | None, typer.Option(help="ODS code; may be given again. Default: all.")]
OneOrganisation = Annotated[str, typer.Argument(help="ODS code.")]
Publication = Annotated[
    Path, typer.Argument(help="A publication: the folder a run released, or a copy of it.")
]


def settings(
    extracts: Path | None = None, output: Path | None = None, warehouse: Path | None = None
) -> Settings:
    from wres_pipeline import settings as settings_module
    from wres_pipeline.governance import old_layout, rights
    from wres_pipeline.reports.release import release

    rights.keep_to_the_owner()  # here too: tests and other programs enter below `main`
    # the web UI and the asset checks read the settings in places of their own
    for name, path in (("EXTRACTS", extracts), ("OUTPUT", output), ("WAREHOUSE", warehouse)):
        if path is not None:
            os.environ[f"WRES_{name}"] = str(path.resolve())
    loaded = settings_module.load()
    cut_short = release.complete_all(loaded.output)
    for words in (*old_layout.move_public_editions(loaded.output), *cut_short, *rights.put_right(loaded)):
        typer.echo(f"wres: {words}", err=True)
    return loaded


def no_figures(settings: Settings, code: str, year: int) -> int:
    """Says on the error stream that nothing was computed for a year, and what makes it; gives the exit status."""
    from wres_pipeline.commands.exit_status import NOT_MADE

    words = f"there are no figures of {code} for {year}: make them first with wres run"
    if code in settings.systems:
        members = ", ".join(settings.systems[code].members)
        words = f"{code} is a system, made of what its members publish: ask for one of them ({members})"
    typer.echo(f"wres: {words}", err=True)
    return NOT_MADE


def today() -> date:
    """The day of the command."""
    return date.today()  # noqa: DTZ011


def day(text: str) -> date | None:
    """The day a command was told, None for none; a text that is no day ends the command."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        typer.echo(f"wres: {text!r} is not a day: write it as 2021-03-31", err=True)
        raise typer.Exit(2) from None

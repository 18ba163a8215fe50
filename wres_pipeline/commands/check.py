"""`wres check FILE…`: what a file is and what of it was understood, before it is put where a run reads it."""

from __future__ import annotations

from pathlib import Path

import typer

from wres_pipeline.extracts import checking
from wres_pipeline.reference.local import LocalMappings


def check(files: list[Path], mappings: Path | None) -> int:
    """Print a short page for each file; the status is that of the worst: 0 fine, 1 something to look at, 2 refused.

    Without `mappings`, the folder `mappings` beside each file is used, as a run would.
    """
    worst = 0
    for place, file in enumerate(files):
        folder = mappings if mappings is not None else file.resolve().parent / "mappings"
        page = checking.check_file(file, LocalMappings.load(folder if folder.is_dir() else None))
        if place:
            typer.echo("")
        typer.echo(page.as_text())
        worst = max(worst, page.exit_status)
    return worst

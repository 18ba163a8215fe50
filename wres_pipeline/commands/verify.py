"""`wres verify FOLDER`: whether a publication is as it was signed, for anybody who has the folder."""

from __future__ import annotations

from pathlib import Path

import typer

from wres_pipeline.render.text import one_line
from wres_pipeline.reports.release import seal
from wres_pipeline.reports.release.edition_folders import PUBLIC

UNCHANGED, CHANGED_OR_UNSIGNED, NOT_A_PUBLICATION = 0, 1, 2
MOST_TOLD = 20


def verify(folder: Path, expected: str = "") -> int:
    """Print whether the folder is unchanged, changed after sign-off, or unsigned; 0 only for unchanged.

    expected: the seal as it was minuted. Where the pipeline's own outputs are at hand, its private copy of the seal counts.
    """
    if not folder.is_dir() or not any(folder.iterdir()):
        typer.echo(f"wres: {folder}: there is no publication here", err=True)
        return NOT_A_PUBLICATION
    try:
        found = seal.verify(folder, _private_copy(folder.resolve()))
    except seal.SealError as error:
        typer.echo(f"wres: {error}", err=True)
        return CHANGED_OR_UNSIGNED
    differs = dict(found.differs)
    if expected and found.seal != expected.strip().lower():
        differs["the seal"] = "not the one expected"
    if found.state == "unsigned":
        typer.echo(f"{folder}: unsigned. `wres sign-off` records that a body approved it.")
        return CHANGED_OR_UNSIGNED
    state = "changed after sign-off" if differs else found.state
    typer.echo(one_line(f"{folder}: {state}; {found.signed}. Seal {found.seal}"))
    for name, how in list(differs.items())[:MOST_TOLD]:
        typer.echo(one_line(f"  {how}: {name}"))
    if len(differs) > MOST_TOLD:
        typer.echo(f"  and {len(differs) - MOST_TOLD} more")
    return CHANGED_OR_UNSIGNED if differs else UNCHANGED


def _private_copy(folder: Path) -> Path | None:
    """The private folder of an edition that stands where a run released it; None for a copy somewhere else."""
    *_, public, code, year = ("", "", "", *folder.parts)[-3:]
    private = folder.parents[2] / code / year if public == PUBLIC and len(folder.parts) > 3 else None
    return private if private is not None and (private / seal.FILE).exists() else None

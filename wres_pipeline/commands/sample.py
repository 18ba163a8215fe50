"""`wres sample`: synthetic extracts of fictional organisations."""

from __future__ import annotations

from pathlib import Path

import typer


def write(folder: Path, preset: str, seed: int | None, staff: int | None) -> int:
    """Write a preset's extracts into `folder`; gives the exit status."""
    from wres_pipeline.synthetic import sample

    if preset not in sample.PRESETS:
        typer.echo(f"wres: there is no preset {preset!r}; there are {', '.join(sample.PRESETS)}", err=True)
        return 2
    sample.write_sample(folder, preset, sample.DEFAULT_SEED if seed is None else seed, scale=staff)
    typer.echo(f"Written to {folder}: extracts of fictional organisations; every person in them is invented.")
    return 0

"""Outputs of an earlier version of the pipeline: a public edition that still stands among the internal ones is moved out."""

from __future__ import annotations

from pathlib import Path

from wres_pipeline import whole_file
from wres_pipeline.reports.release.edition_folders import PUBLIC, EditionFolders


def move_public_editions(output: Path) -> list[str]:
    """Move every `<output>/<ODS>/<year>/public` into the public tree, and say so; one that has a newer there is named."""
    told = []
    for old in sorted(output.glob(f"*/*/{PUBLIC}")):
        code, year = old.parts[-3:-1]
        if code == PUBLIC or not year.isdigit() or not old.is_dir():
            continue
        folders = EditionFolders(output, code, int(year))
        if folders.public.exists():
            told.append(
                f"{old}: an edition of an earlier version; {folders.public} is newer, so delete the old"
            )
            continue
        folders.public.parent.mkdir(parents=True, exist_ok=True)
        whole_file.for_everybody(old)
        old.rename(folders.public)
        told.append(f"the public edition of {code} for {year} now stands in {folders.public}")
    if told:
        if output.stat().st_mode & whole_file.OTHERS == 0:
            output.chmod(whole_file.PASSED_THROUGH)
        for place in (output / PUBLIC, *(output / PUBLIC).iterdir()):
            place.chmod(whole_file.PUBLIC_FOLDER)
    return told

"""Any file an extract comes as, told by its content and made ready for the one way into the warehouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.reading import text, workbook
from wres_pipeline.extracts.reading.prepared import Prepared

__all__ = ["Prepared", "prepare"]


def prepare(
    path: Path,
    candidates: Sequence[Contract],
    local: Mapping[str, str],
    target: Path,
    *,
    careful: bool = False,
    survey_year: int | None = None,
) -> Prepared:
    """Understand `path` as one of `candidates` (the likeliest first); `target` is where a normalised copy may
    be written.

    `careful`: never load in place. `survey_year`: as the file's name gives it. Raises RefusedFile for what
    cannot be read whole.
    """
    with path.open("rb") as file:
        first = file.read(4096)
    if workbook.is_workbook(first):
        return workbook.prepare(path, path.name, candidates, local, target, survey_year)
    return text.prepare(path, path.name, candidates, local, target, careful=careful)

"""Where the outputs of an organisation stand: what everybody may read, and what nobody outside may, in trees of their own.

`<output>/public/<ODS>/<year>/` is all that a web team is given. `<output>/<ODS>/` holds everything else: internal editions,
drafts, notes, sign-offs, reports for circulation and people's files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wres_pipeline.reference import ods_codes

PUBLIC, INTERNAL, DRAFT, QUALITY, RESTRICTED = (
    "public",
    "internal",
    "not-released",
    "data-quality",
    "restricted",
)
NOTES = "notes.yaml"


@dataclass(frozen=True, slots=True)
class EditionFolders:
    """The folders of one organisation's reporting year below the folder of outputs."""

    output: Path
    code: str
    year: int

    def __post_init__(self) -> None:
        """Raises OdsCodeError: a code names a folder, so one that is none would lead out of the outputs."""
        ods_codes.checked(self.code, "the organisation of an edition")

    @property
    def private(self) -> Path:
        """What belongs to the year and is for nobody outside: notes, sign-off, what was released."""
        return self.output / self.code / str(self.year)

    @property
    def internal(self) -> Path:
        """The edition with true counts."""
        return self.private / INTERNAL

    @property
    def draft(self) -> Path:
        """The public edition while it is made, and one that was found wanting."""
        return self.private / DRAFT

    @property
    def notes(self) -> Path:
        """The author's own words."""
        return self.private / NOTES

    @property
    def public(self) -> Path:
        """What was released."""
        return self.output / PUBLIC / self.code / str(self.year)

    @property
    def public_of_earlier_version(self) -> Path:
        """Where versions before the public tree stood apart released to, beside the internal edition."""
        return self.private / PUBLIC


def quality_folder(output: Path, code: str, month: date) -> Path:
    """The report of a month for circulation."""
    return output / ods_codes.checked(code, "the organisation of a report") / QUALITY / f"{month:%Y-%m}"


def restricted_folder(output: Path, code: str, month: date) -> Path:
    """People's rows of a month."""
    return output / ods_codes.checked(code, "the organisation of a report") / RESTRICTED / f"{month:%Y-%m}"

"""What a run is about: folders, settings, organisations and period; and what may be read of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from wres_pipeline import warehouse
from wres_pipeline.extracts.intake import folder
from wres_pipeline.reference import local, ods_codes, years
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.reports.release.edition_folders import EditionFolders
from wres_pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class RunScope:
    """Where extracts are and outputs go, which organisations, and the date on the reports.

    organisations: () for every organisation found. reports_for: () for the same organisations. dated: None for the
    day the reports are made.
    """

    settings: Settings
    extracts: Path
    output: Path
    warehouse: Path
    organisations: tuple[str, ...] = ()
    reports_for: tuple[str, ...] = ()
    no_reports: bool = False
    dated: date | None = None

    @contextmanager
    def open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A short connection to the warehouse; waits for a program that has it open, and raises `WarehouseBusyError`
        when it does not let go."""
        with warehouse.connect(self.warehouse, patience=warehouse.PATIENCE) as con:
            yield con

    def codes(self) -> list[str]:
        """The organisations of the run, in order: those named, else every folder of the extracts folder."""
        found = sorted(self.organisations) or folder.organisations(self.extracts)
        return [ods_codes.checked(code, "the organisations of the run") for code in found]

    def report_codes(self) -> list[str]:
        """The organisations whose reports are made."""
        if self.no_reports:
            return []
        codes = sorted(self.reports_for) or self.codes()
        return [ods_codes.checked(code, "the organisations of the reports") for code in codes]

    def year_otherwise(self) -> int:
        """The reporting year of a run that names none: the latest one the extracts serve, else the last known."""
        return folder.latest_year(self.extracts, self.codes()) or years.all_years()[-1]

    def mappings(self, code: str) -> LocalMappings:
        """An organisation's own labels, from the folder `mappings` beside its extracts.

        Raises LocalMappingError for a file that cannot be used.
        """
        return LocalMappings.load(self.extracts / code / local.FOLDER)

    def readable_mappings(self) -> tuple[dict[str, LocalMappings], dict[str, local.LocalMappingError]]:
        """(own labels by organisation, why those of an organisation cannot be used)."""
        return local.of_organisations(self.extracts, self.codes())

    @property
    def made_on(self) -> date:
        """The date that a report carries: the run's own, else the day it is made; never a day of the calendar."""
        return self.dated or date.today()  # noqa: DTZ011

    def judged_on(self, otherwise: date) -> date:
        """The day on which a plan and the returns of providers are judged, and a month's data stand: the run's own, else a date
        of the rules or of the data, which has come.
        """
        return self.dated or min(otherwise, date.today())  # noqa: DTZ011

    def folders(self, code: str, year: int) -> EditionFolders:
        """Where one organisation's outputs of a reporting year stand."""
        return EditionFolders(self.output, code, year)


@dataclass(frozen=True, slots=True)
class Run:
    """A scope and the period of one run: a reporting year, or a month by its last day and the year it belongs to."""

    scope: RunScope
    year: int
    as_at: date | None = None

    @property
    def period(self) -> str:
        """The period as it is kept: 2021, or 2021-03."""
        return f"{self.as_at:%Y-%m}" if self.as_at else str(self.year)

    @property
    def dated(self) -> date:
        """The day that what the run makes is judged on: the same on any day for a year whose publication was due."""
        return self.scope.judged_on(self.as_at or years.load(self.year).publication_deadline)

    @property
    def month_end(self) -> date:
        """The last day of the month of a monthly run."""
        assert self.as_at is not None
        return self.as_at

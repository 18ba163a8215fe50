"""What assets are handed: the warehouse and the scope of the run.

No `from __future__ import annotations` here: Dagster reads the annotations at run time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import dagster as dg
import duckdb

from wres_pipeline import settings as settings_module
from wres_pipeline import warehouse
from wres_pipeline.extracts import folder
from wres_pipeline.reference import ods_codes, years
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.settings import Settings

MAPPINGS_FOLDER = "mappings"


class Warehouse(dg.ConfigurableResource):
    """The DuckDB file of the pipeline. Connections are short: opened for one asset and always closed."""

    path: str

    @contextmanager
    def open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """An open connection; raises `WarehouseBusyError` when another process holds the file."""
        with warehouse.connect(self.path) as connection:
            yield connection


class RunConfig(dg.ConfigurableResource):
    """What this run is about: where extracts are and outputs go, which organisations, and the date on the reports.

    Empty `organisations` means every organisation found; `reports_for` empty means the same organisations.
    """

    extracts: str
    output: str
    organisations: list[str] = []
    reports_for: list[str] = []
    no_reports: bool = False
    dated: str = ""

    @property
    def extracts_folder(self) -> Path:
        return Path(self.extracts)

    @property
    def output_folder(self) -> Path:
        return Path(self.output)

    def codes(self) -> list[str]:
        """The organisations of the run, in order: those named, else every folder of the extracts folder."""
        found = sorted(self.organisations) or folder.organisations(self.extracts_folder)
        return [ods_codes.checked(code, "the organisations of the run") for code in found]

    def report_codes(self) -> list[str]:
        """The organisations whose reports are made."""
        if self.no_reports:
            return []
        codes = sorted(self.reports_for) or self.codes()
        return [ods_codes.checked(code, "the organisations of the reports") for code in codes]

    def year_otherwise(self) -> int:
        """The reporting year of a run that names none: the latest one the extracts serve, else the last known."""
        return folder.latest_year(self.extracts_folder, self.codes()) or years.all_years()[-1]

    def mappings(self) -> dict[str, LocalMappings]:
        """Each organisation's own labels, from the folder `mappings` beside its extracts."""
        found = {}
        for code in self.codes():
            place = self.extracts_folder / code / MAPPINGS_FOLDER
            found[code] = LocalMappings.load(place if place.is_dir() else None)
        return found

    def settings(self) -> Settings:
        """The settings file, read afresh: names of organisations, targets and policy."""
        return settings_module.load()

    def report_date(self, otherwise: date) -> date:
        """The date the reports carry: the run's own, else a date of the rules or of the data; the clock keeps that one from
        lying in the future, as no report is made on a day that has not come.
        """
        if self.dated:
            return datetime.strptime(self.dated, "%Y-%m-%d").date()  # noqa: DTZ007
        return min(otherwise, date.today())  # noqa: DTZ011

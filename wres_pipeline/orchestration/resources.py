"""What assets are handed: the warehouse, held for the length of a run, and the scope of the run.

No `from __future__ import annotations` here: Dagster reads the annotations at run time.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb

from wres_pipeline import settings as settings_module
from wres_pipeline import warehouse
from wres_pipeline.orchestration import recovery
from wres_pipeline.orchestration.home import refuse_telemetry
from wres_pipeline.pipelines import warehouse_slot
from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.settings import Settings


class Warehouse(dg.ConfigurableResource):
    """The DuckDB file of the pipeline. A run has it to itself from its first step to its last; connections are short."""

    path: str

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Warehouse"]:
        """Wait for the warehouse's slot and hold it while the run goes on; schedules and sensors only look in."""
        if context.run is None or context.instance is None:
            yield self
            return
        run = context.run
        refuse_telemetry(context.instance)
        say = context.log.info if context.log else print
        with (
            recovery.alive(context.instance, run.run_id),
            warehouse_slot.hold(Path(self.path), f"run {run.run_id[:8]}, {run.job_name}", say),
        ):
            yield self

    @contextmanager
    def open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """An open connection; raises `WarehouseBusyError` when another process holds the file and does not let go."""
        with warehouse.connect(self.path, patience=warehouse.PATIENCE) as connection:
            yield connection


class RunConfig(dg.ConfigurableResource):
    """What this run is about: where extracts are and outputs go, which organisations, and the date on the reports.

    Empty `organisations` means those of the run's partitions, or every organisation found; `reports_for` empty means the
    same organisations.
    """

    extracts: str
    output: str
    organisations: list[str] = []
    reports_for: list[str] = []
    no_reports: bool = False
    dated: str = ""

    def settings(self) -> Settings:
        """The settings file, read afresh: names of organisations, targets and policy."""
        return settings_module.load()

    def scope(self, warehouse: Warehouse, codes: Sequence[str] = ()) -> RunScope:
        """The scope of the run; codes: the organisations of its partitions."""
        return RunScope(
            self.settings(),
            Path(self.extracts),
            Path(self.output),
            Path(warehouse.path),
            tuple(self.organisations or codes),
            tuple(self.reports_for),
            self.no_reports,
            date.fromisoformat(self.dated) if self.dated else None,
        )

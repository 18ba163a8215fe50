"""One comparison of a delivery with its neighbours or the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wres_pipeline.extracts.outcomes.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that should lie from `low` to `high` (None: no bound).

    code, severity, what, remedy, rows, column: as in the finding it becomes outside the bounds. about: which share or
    month. neighbour: the day of the delivery it is compared with, None for the calendar.
    """

    organisation_code: str
    reporting_year: int
    code: str
    severity: Severity
    value: float
    low: float | None = None
    high: float | None = None
    kind: str = ""
    file: str = ""
    period: date | None = None
    neighbour: date | None = None
    about: str = ""
    column: str = ""
    rows: int = 0
    what: str = ""
    remedy: str = ""
    content: str = ""

    @property
    def fits(self) -> bool:
        """Whether it lies in its bounds."""
        return (self.low is None or self.value >= self.low) and (self.high is None or self.value <= self.high)

    def finding(self) -> Finding:
        """The finding it is where it does not fit."""
        return Finding(
            self.code, self.severity, self.organisation_code, self.what, self.remedy, file=self.file, kind=self.kind,
            period=self.period, column=self.column, rows=self.rows, content=self.content,
        )  # fmt: skip

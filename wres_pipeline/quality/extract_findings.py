"""Every finding about the extracts of a reporting year, gathered once: for `wres check`, `wres run`, the web UI and the
return.

Kept in the table `findings`, one row a finding of an organisation and reporting year; replaced whole at every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from wres_pipeline import schema
from wres_pipeline.extracts import cell_checks
from wres_pipeline.extracts.intake import deliveries
from wres_pipeline.extracts.outcomes import file_findings
from wres_pipeline.extracts.outcomes.findings import Finding, in_order
from wres_pipeline.quality import check_findings, confirmations, counting_findings
from wres_pipeline.quality.confirmations import Confirmation
from wres_pipeline.quality.history import plausibility
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.reference.plausibility import Plausibility
from wres_pipeline.reference.years import ReportingYear

TABLE = "findings"


def gather(
    con: duckdb.DuckDBPyConnection,
    organisations: Sequence[str],
    year: ReportingYear,
    mappings: Mapping[str, LocalMappings],
    *,
    extracts: Path | None = None,
    numbers_found: float = cell_checks.SMALLEST_SHARE_JOINED,
    declaration_target: float | None = None,
    limits: Plausibility | None = None,
    keep_measures: bool = False,
    others: Sequence[Finding] = (),
    confirmed: Mapping[str, Sequence[Confirmation]] | None = None,
    on: date | None = None,
) -> list[Finding]:
    """Every finding of these organisations about the deliveries of `year`, the worst first.

    extracts: the folder of all organisations, of which some may not be landed. numbers_found: share of a file's employee numbers that must stand in the staff lists. declaration_target: share of staff who should declare. limits: of the comparisons with
    history; keep_measures: write them to the table `plausibility`. others: findings about what is no extract (plan, notes,
    settings). confirmed: confirmations by organisation, as they hold on the day `on` (none without a day). Reads the ledger,
    the raw rows and the core tables, which must stand: landed and built for these organisations.
    """
    found = file_findings.find(con, organisations, year)
    concerned = file_findings.Concerned(year)
    used = [one for one in deliveries.current(con, organisations) if concerned.uses(one)]
    found += cell_checks.find(con, used, mappings, numbers_found)
    measures = plausibility.measure(con, organisations, year, limits or Plausibility(), extracts)
    if keep_measures:
        plausibility.keep(con, organisations, year.year, measures)
    found += plausibility.findings(measures)
    found += counting_findings.find(con, organisations, year)
    found += check_findings.find(con, organisations, used, year, declaration_target)
    found += others
    return in_order(confirmations.applied(found, confirmed, on) if confirmed and on else found)


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """A row of `findings`: a finding with its year and its place among the year's, the worst first."""

    reporting_year: int
    place: int
    finding: Finding

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.finding, name)
        return " ".join(value) if name == "indicators" else value


def keep(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], year: int, findings: Iterable[Finding]
) -> None:
    """Replace the rows of these organisations and the year in the table `findings`."""
    rows = [KeptFinding(year, place, finding) for place, finding in enumerate(in_order(findings))]
    schema.replace(con, TABLE, rows, reporting_year=year, organisation_code=list(organisations))


def read(con: duckdb.DuckDBPyConnection, organisations: Sequence[str], year: int) -> list[Finding]:
    """The findings kept of these organisations and the year, the worst first."""
    rows = schema.read(
        con, TABLE, Finding, order="place", reporting_year=year, organisation_code=list(organisations)
    )
    return in_order(replace(row, indicators=tuple(str(row.indicators or "").split())) for row in rows)

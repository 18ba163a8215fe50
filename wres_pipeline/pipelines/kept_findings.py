"""The findings of a year, kept in the warehouse and written beside the outputs."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from wres_pipeline.extracts.outcomes import findings as finding_list
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.pipelines.run_scope import Run
from wres_pipeline.pipelines.step import Done, Fact
from wres_pipeline.quality import extract_findings


def keep(
    run: Run, con: duckdb.DuckDBPyConnection, codes: Sequence[str], found: Sequence[Finding]
) -> dict[str, Done]:
    """Replace the findings of these organisations and the run's year, in the table and in each one's `findings.csv`."""
    extract_findings.keep(con, codes, run.year, found)
    mine = finding_list.by_organisation(found)
    made = {}
    for code in codes:
        file = run.scope.folders(code, run.year).private / finding_list.FILE_NAME
        finding_list.write_csv(mine.get(code, []), file)
        facts: dict[str, Fact] = {
            words: sum(1 for f in mine.get(code, []) if f.severity == severity)
            for severity, words in finding_list.SEVERITY_WORDS.items()
        }
        made[code] = Done(facts, files=(file,))
    return made

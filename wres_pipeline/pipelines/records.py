"""What was made from what: one record a step, organisation and period, kept in the warehouse beside what it is about."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from wres_pipeline.pipelines import fingerprints
from wres_pipeline.pipelines.step import Done, Fact
from wres_pipeline.quality.expectations import Outcome
from wres_pipeline.warehouse import transaction

COLUMNS = ("step", "organisation_code", "period", "key", "digest", "facts", "outcomes", "files", "writes")


@dataclass(frozen=True, slots=True)
class Record:
    """key: of what was read. digest: of the very content, or "". files: path below the outputs -> hash of its content."""

    key: str
    digest: str
    done: Done
    files: dict[str, str]

    def files_stand(self, output: Path) -> bool:
        """Whether every file is there as it was written."""
        places = [output / name for name in self.files]
        return fingerprints.paths_only(output, places) == self.files


def read(
    con: duckdb.DuckDBPyConnection, steps: Sequence[str], codes: Sequence[str], period: str
) -> dict[tuple[str, str], Record]:
    """(step, organisation) -> its record of the period."""
    rows = con.execute(
        "SELECT step, organisation_code, key, digest, facts, outcomes, files FROM step_records WHERE period = ? "
        "AND list_contains(?::VARCHAR[], step) AND list_contains(?::VARCHAR[], organisation_code)",
        [period, list(steps), list(codes)],
    ).fetchall()
    return {
        (step, code): Record(
            key,
            made_digest,
            Done(json.loads(facts), tuple(Outcome(**each) for each in json.loads(outcomes))),
            json.loads(files),
        )
        for step, code, key, made_digest, facts, outcomes, files in rows
    }


def facts(con: duckdb.DuckDBPyConnection, period: str) -> dict[tuple[str, str], Fact]:
    """(organisation, name) -> what stands of it, of every step of a period."""
    rows = con.execute("SELECT organisation_code, facts FROM step_records WHERE period = ?", [period])
    return {(code, name): fact for code, told in rows.fetchall() for name, fact in json.loads(told).items()}


def key_of(con: duckdb.DuckDBPyConnection, step: str, code: str, period: str) -> str:
    """The key a step of another period was made with last; "" where it was not."""
    found = con.execute(
        "SELECT key FROM step_records WHERE step = ? AND organisation_code = ? AND period = ?",
        [step, code, period],
    ).fetchone()
    return found[0] if found else ""


def forget(con: duckdb.DuckDBPyConnection, step: str, codes: Sequence[str], period: str) -> None:
    """A step that is about to be made again is not made: a run cut short leaves no record of what it began to replace."""
    con.execute(
        "DELETE FROM step_records WHERE step = ? AND period = ? AND list_contains(?::VARCHAR[], organisation_code)",
        [step, period, list(codes)],
    )


def keep(
    con: duckdb.DuckDBPyConnection,
    step: str,
    code: str,
    period: str,
    *,
    key: str,
    digest: str,
    done: Done,
    files: dict[str, str],
    writes: Sequence[str],
) -> None:
    """Put the record in place of the one before, and take away those of other periods whose rows this step replaced."""
    outcomes = json.dumps([dataclasses.asdict(each) for each in done.outcomes])
    with transaction(con):
        con.execute(
            "DELETE FROM step_records WHERE step = ? AND organisation_code = ? AND (period = ? OR list_has_any(string_split(writes, '; '), ?::VARCHAR[]))",
            [step, code, period, list(writes)],
        )
        con.execute(
            f"INSERT INTO step_records ({', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            [
                step,
                code,
                period,
                key,
                digest,
                json.dumps(dict(done.facts)),
                outcomes,
                json.dumps(files),
                list(writes),
            ],
        )

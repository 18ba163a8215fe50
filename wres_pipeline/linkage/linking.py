"""Link appointed applications to members of staff, whole organisations at a time.

Strict passes, each taking an application only when exactly one person fits; then Splink with a kept model
on the rest; then a band for each application: `automatic` (may be used), `clerical` (goes to a person,
never into a figure), `none`. Source of the rules: issue C of the project [ours], thresholds from the
evidence in docs/evidence/linkage.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

from wres_pipeline.linkage import decisions as reviewing
from wres_pipeline.linkage import model as models
from wres_pipeline.linkage.decisions import Decision
from wres_pipeline.reference.codes import known_as
from wres_pipeline.warehouse import sql, transaction

_PACKAGE = "wres_pipeline.linkage"
_TEMPORARY = (
    "linkage_applications",
    "linkage_staff",
    "linkage_identities",
    "linkage_persons",
    "linkage_common_names",
    "linkage_found",
    "linkage_pairs",
    "linkage_name_shares",
    "linkage_scored",
    "linkage_decisions",
    "linkage_known_as",
    "linkage_bare",
    "linkage_starts",
    "linkage_bearers",
    "linkage_addresses",
    "linkage_posts",
    "linkage_used_starts",
    "linkage_bare_pairs",
)


def link(
    con: duckdb.DuckDBPyConnection,
    organisations: str | Sequence[str],
    as_at: date,
    decisions_path: Path | Mapping[str, Path] | None = None,
    *,
    model: models.Model | None = None,
) -> dict[tuple[str, str, str], int]:
    """Replace `linkage_links` of these organisations at `as_at`: one row an application appointed by then. Gives how many
    there are by organisation, method and band.

    Reads `core_applications` and `core_staff` up to `as_at`: an application that later
    deliveries no longer hold still counts. `decisions_path` is one file for all, or one per organisation; a
    file that is not there is no decisions. Columns: organisation_code, as_at, application_id,
    employee_number (for band `none` the nearest candidate, if any), method (a pass, `splink`, `reviewer`,
    `none`), score (0–1), margin (bits to the next person, None without one), band, explanation (JSON, no
    personal values). Raises `decisions.DecisionsFileError`.
    """
    codes = [organisations] if isinstance(organisations, str) else list(organisations)
    held = model or models.load()
    made = _decisions(decisions_path, codes)
    try:
        prepare(con, codes, as_at, held.rules, made)
        con.execute(sql(_PACKAGE, "decided.sql"))
        strict_passes(con, held.rules, models.PASSES[:-1])
        if _left(con):
            from wres_pipeline.linkage import whole_body

            whole_body.link_bare(con, as_at, codes, held.rules, models.body_rules())
        strict_passes(con, held.rules, models.PASSES[-1:])
        if _left(con) and pair(con):
            from wres_pipeline.linkage import scoring

            scoring.score(con, held)
            con.execute(
                sql(_PACKAGE, "chosen.sql"),
                {
                    "in_staff": held.rules.in_staff,
                    "internal_in_staff": held.rules.internal_in_staff,
                    "least_staff": held.rules.least_staff,
                    "automatic": held.rules.automatic,
                    "automatic_first_name": held.rules.automatic_first_name,
                    "clerical": held.rules.clerical,
                    "margin": held.rules.margin,
                    "version": held.version,
                },
            )
        con.execute(sql(_PACKAGE, "unlinked.sql"))
        counts = {tuple(row[:3]): int(row[3]) for row in con.execute(sql(_PACKAGE, "summary.sql")).fetchall()}
        with transaction(con):
            con.execute(
                "DELETE FROM linkage_links WHERE as_at = $as_at AND list_contains($codes, organisation_code)",
                {"as_at": as_at, "codes": codes},
            )
            con.execute(sql(_PACKAGE, "kept.sql"), {"as_at": as_at})
    finally:
        for name in _TEMPORARY:
            con.execute(f"DROP TABLE IF EXISTS temp.{name}")
    return counts


def prepare(
    con: duckdb.DuckDBPyConnection,
    codes: Sequence[str],
    as_at: date,
    rules: models.Rules,
    made: Iterable[Decision],
) -> None:
    """The temporary tables the passes work on: both sides cleaned, the people behind numbers, common names,
    decisions.
    """
    con.execute(sql(_PACKAGE, "tables.sql"))
    _lists(con, "linkage_known_as", ("known_as", "full_name"), list(known_as.full_names().items()))
    _lists(
        con,
        "linkage_decisions",
        ("organisation_code", "application_id", "employee_number", "decision"),
        [(d.organisation_code, d.application_id, d.employee_number, d.decision) for d in made],
    )
    scope = {"as_at": as_at, "organisations": list(codes)}
    con.execute(sql(_PACKAGE, "applications.sql"), scope)
    con.execute(sql(_PACKAGE, "staff.sql"), scope)
    con.execute(
        sql(_PACKAGE, "identities.sql"),
        {
            "oldest_birth": as_at.replace(day=1, year=as_at.year - 100),
            "youngest_birth": as_at.replace(day=1, year=as_at.year - 14),
            **rules.shared_by,
        },
    )
    con.execute(sql(_PACKAGE, "persons.sql"))
    con.execute(sql(_PACKAGE, "common_names.sql"), {"common_names": rules.common_names})


def strict_passes(
    con: duckdb.DuckDBPyConnection, rules: models.Rules, passes: Sequence[str] = models.PASSES
) -> None:
    """Run the passes in order; each sees only what the earlier ones left."""
    for name in passes:
        con.execute(
            sql(_PACKAGE, "pass.sql"), {"pass": name, "alike": rules.alike, "start_days": rules.start_days}
        )


def pair(con: duckdb.DuckDBPyConnection) -> int:
    """Pairs worth scoring among what the passes left, in `linkage_pairs`; returns how many."""
    con.execute(sql(_PACKAGE, "pairs.sql"))
    con.execute(sql(_PACKAGE, "frequencies.sql"))
    return _one(con, "SELECT count(*) FROM linkage_pairs")


def _left(con: duckdb.DuckDBPyConnection) -> int:
    return _one(
        con, "SELECT (SELECT count(*) FROM linkage_applications) - (SELECT count(*) FROM linkage_found)"
    )


def _one(con: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(con.execute(query).fetchall()[0][0])


def _decisions(path: Path | Mapping[str, Path] | None, codes: Sequence[str]) -> list[Decision]:
    if path is None:
        return []
    if isinstance(path, Path):
        return reviewing.read_all(path, codes)
    return [made for code in codes if code in path for made in reviewing.read_all(path[code], [code])]


def _lists(
    con: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]
) -> None:
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({', '.join(f'{c} VARCHAR' for c in columns)})")
    if rows:
        picks = ", ".join("unnest(?::VARCHAR[])" for _ in columns)
        con.execute(
            f"INSERT INTO {name} SELECT {picks}", [list(column) for column in zip(*rows, strict=True)]
        )  # noqa: S608

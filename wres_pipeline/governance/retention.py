"""What has been kept long enough, and taking it out: first the particulars of people, later the rows themselves.

Particulars (names, dates of birth, NI numbers, email, postcodes, free text) serve the link from TRAC to ESR and are kept
`identity_days` after the day their extract shows: 400, as TRAC keeps applications [recalled]. Rows serve the figures of
their year and of the year after, and are kept `row_days`: three years [ours; the NHS Records Management Code gives no
period for a copy of an extract, so the body must confirm it]. Counts, links and states stay: they name nobody, and
links and states lose their numbers with the last row that has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from wres_pipeline.extracts.intake.folder import year_ending
from wres_pipeline.extracts.intake.staged_file import content_hash
from wres_pipeline.extracts.outcomes import texts_not_shown
from wres_pipeline.governance import committed_files
from wres_pipeline.governance.people_tables import people_tables
from wres_pipeline.governance.rewriting import rewritten
from wres_pipeline.reports.release.edition_folders import RESTRICTED
from wres_pipeline.settings import Retention, Settings

IDENTITIES, ROWS = "identities", "rows"
COPIES_FOR_A_PERSON = "people"
"""The restricted folder of copies that people asked for."""
NO_PEOPLE = frozenset(
    {"staff_survey", "staff_survey_organisations", "provider_returns", "recruitment_summary"}
)
"""Kinds of published or summed figures: nobody stands in them, and they are kept."""


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery whose particulars or rows have been kept long enough."""

    organisation_code: str
    kind: str
    period: date
    delivery_id: str
    content_hash: str
    what: str
    rows: int


def due(con: duckdb.DuckDBPyConnection, kept: Retention, today: date) -> list[Due]:
    """What a purge on `today` takes: of each delivery its rows, or the particulars whose time is over and that are not gone yet."""
    gone = set(con.execute("SELECT delivery_id, what FROM purges").fetchall())
    found = []
    for code, kind, period, delivery, content, rows in con.execute(
        "SELECT organisation_code, kind, period, delivery_id, content_hash, rows_in FROM deliveries "
        "WHERE period IS NOT NULL ORDER BY ALL"
    ).fetchall():
        if kind in NO_PEOPLE:
            continue
        age = (today - period).days
        if age > kept.days_of_rows(kind):
            found.append(Due(code, kind, period, delivery, content, ROWS, rows))
            continue
        for what, days in {IDENTITIES: kept.identity_days, **kept.columns}.items():
            if age > days and (delivery, what) not in gone:
                found.append(Due(code, kind, period, delivery, content, what, rows))
    return found


def account(settings: Settings, wanted: Sequence[Due], today: date) -> list[str]:
    """What a purge would take and what can no longer be made afterwards, in lines; none where nothing is due."""
    files = files_of(settings, wanted, today)
    if not wanted and not files:
        return []
    sums: dict[tuple[str, str, str], list[int]] = {}
    for one in wanted:
        sums.setdefault((one.organisation_code, one.kind, one.what), []).append(one.rows)
    told = [
        f"{code}: {what} of {len(rows)} {kind} deliveries, {sum(rows):,} rows"
        for (code, kind, what), rows in sorted(sums.items())
    ]
    told.append(f"{len(files)} files: raw extracts and people's files of the same age")
    years = {(one.organisation_code, year_ending(one.period)) for one in wanted if one.what == ROWS}
    told += [
        f"{code} {year}: its figures can no longer be made again; they stay as counted, as do its publication and seal"
        for code, year in sorted(years)
    ]
    return told


def purge(settings: Settings, wanted: Sequence[Due], today: date) -> list[Path]:
    """Take these out of the warehouse, its file rewritten, and the raw files and restricted months of the same age.

    The warehouse is the old one or the new one, whenever it is killed; files go after it. Gives the files that went. Raises
    CommittedFilesError, and changes nothing, where a file is committed to a git checkout the settings do not name.
    """
    committed_files.refuse(settings.retention, files_of(settings, wanted, today))
    if wanted:
        rewritten(settings.warehouse, lambda con: take_out(con, wanted, settings.retention, today))
    gone = []
    for path in files_of(settings, wanted, today):
        path.unlink(missing_ok=True)
        gone.append(path)
    return gone


def take_out(con: duckdb.DuckDBPyConnection, wanted: Iterable[Due], kept: Retention, today: date) -> None:
    """Delete the rows, blank the particulars, and note it in `purges`."""
    wanted = list(wanted)
    rows = [one.delivery_id for one in wanted if one.what == ROWS]
    for what in sorted({one.what for one in wanted}):
        blank_particulars(con, [one.delivery_id for one in wanted if one.what == what], what, kept)
    for table, column in con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE column_name = 'delivery_id' AND schema_name = 'main' "
        "AND table_name IN (SELECT table_name FROM duckdb_tables())"
    ).fetchall():
        if table != "purges":
            con.execute(f'DELETE FROM "{table}" WHERE {column} IN (SELECT unnest(?::VARCHAR[]))', [rows])  # noqa: S608
    if rows:
        forget_numbers(con, sorted({one.organisation_code for one in wanted if one.what == ROWS}))
    # a text that is still there is given a number again by the next run
    codes = sorted({one.organisation_code for one in wanted})
    con.execute("DELETE FROM texts_not_shown WHERE list_contains(?::VARCHAR[], organisation_code)", [codes])
    for one in wanted:
        con.execute(
            "INSERT INTO purges (organisation_code, kind, period, delivery_id, what, rows, purged_on) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [one.organisation_code, one.kind, one.period, one.delivery_id, one.what, one.rows, today],
        )


def forget_numbers(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> None:
    """In links and states, which stay, put a random number for each that no row of the organisations has any more: the same one
    wherever it stood, so that a link still says that two were one person, and no longer who."""
    tables = list(people_tables(con))
    for column, columns in (
        ("employee_number", ("employee_number", "nearest_employee_number")),
        ("application_id", ("application_id",)),
    ):
        held = " UNION ALL ".join(
            f'SELECT d.organisation_code, t."{column}"::VARCHAR FROM "{table.name}" t JOIN deliveries d USING (delivery_id)'  # noqa: S608
            for table in tables
            if "delivery_id" in table.columns and column in table.columns
        )
        stays = [
            (table.name, each) for table in tables for each in columns
            if "delivery_id" not in table.columns and "organisation_code" in table.columns and each in table.columns
        ]  # fmt: skip
        named = " UNION ".join(
            f'SELECT organisation_code, "{each}" AS number FROM "{name}"'  # noqa: S608
            for name, each in stays
        )
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE forgotten AS SELECT organisation_code, number, "  # noqa: S608
            f"'purged-' || substr(replace(uuid()::VARCHAR, '-', ''), 1, 12) AS instead FROM ({named}) "
            "WHERE number IS NOT NULL AND number NOT LIKE 'purged-%' AND list_contains(?::VARCHAR[], organisation_code) "
            f"AND (organisation_code, number) NOT IN (SELECT * FROM ({held}) held(code, number) WHERE number IS NOT NULL)",
            [list(codes)],
        )
        for name, each in stays:
            con.execute(
                f'UPDATE "{name}" SET "{each}" = f.instead FROM forgotten f '  # noqa: S608
                f'WHERE f.organisation_code = "{name}".organisation_code AND f.number = "{name}"."{each}"'
            )
        con.execute("DROP TABLE forgotten")


def blank_particulars(
    con: duckdb.DuckDBPyConnection, deliveries: Sequence[str], what: str, kept: Retention
) -> None:
    """Empty one column that names a person in the rows of these deliveries, or every one that has no period of its own, and
    every free text with them."""
    for table in people_tables(con):
        blank = [*table.particulars, *table.free_text]
        if what == IDENTITIES:
            blank = [column for column in blank if column not in kept.columns]
        elif what != ROWS:
            blank = [column for column in blank if column == what]
        if "delivery_id" in table.columns and blank:
            sets = ", ".join(f'"{column}" = NULL' for column in blank)
            con.execute(
                f'UPDATE "{table.name}" SET {sets} WHERE delivery_id IN (SELECT unnest(?::VARCHAR[]))',  # noqa: S608
                [list(deliveries)],
            )


def blank_again(con: duckdb.DuckDBPyConnection, kept: Retention) -> int:
    """Blank the particulars of deliveries that were purged before and have been read again since; gives how many.

    A file that is still in its folder is read anew when the rules of reading change.
    """
    found = con.execute(
        "SELECT DISTINCT p.what, d.delivery_id FROM deliveries d JOIN purges p USING (organisation_code, kind, period) "
        "WHERE p.what <> 'rows' ORDER BY ALL"
    ).fetchall()
    for what in sorted({what for what, _ in found}):
        blank_particulars(con, [delivery for each, delivery in found if each == what], what, kept)
    return len({delivery for _, delivery in found})


def files_of(settings: Settings, wanted: Iterable[Due], today: date) -> list[Path]:
    """The raw files of deliveries whose rows go, the people's files of restricted months and the copies made for a person past
    the particulars' time, and, where anything goes, the texts that are not shown: the next run lists those that are still there."""
    wanted = list(wanted)
    contents = {(one.organisation_code, one.content_hash) for one in wanted if one.what == ROWS}
    found = []
    for code in sorted({code for code, _ in contents}):
        folder = settings.extracts / code
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.is_file() and not path.is_symlink() and (code, content_hash(path)) in contents:
                found.append(path)
    last = today - timedelta(days=settings.retention.identity_days)
    for month in sorted(settings.output.glob(f"*/{RESTRICTED}/????-??")):
        year, number = month.name.split("-")
        if (
            month.is_dir()
            and year.isdigit()
            and number.isdigit()
            and (int(year), int(number)) < (last.year, last.month)
        ):
            found += sorted(path for path in month.rglob("*") if path.is_file())
    for copy in sorted(settings.output.glob(f"*/{RESTRICTED}/{COPIES_FOR_A_PERSON}/export-*.csv")):
        with suppress(ValueError):  # a file of that folder that somebody has named
            if date.fromisoformat(copy.stem.removeprefix("export-")) < last:
                found.append(copy)
    texts = (
        settings.output / code / RESTRICTED / texts_not_shown.FILE
        for code in sorted({one.organisation_code for one in wanted})
    )
    return found + [path for path in texts if path.is_file()]

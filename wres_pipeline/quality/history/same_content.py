"""The same content twice: one file under two days or in two folders, or its rows again in another format."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from wres_pipeline import schema
from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.intake import deliveries, folder
from wres_pipeline.extracts.naming import file_names
from wres_pipeline.extracts.statements import quoted
from wres_pipeline.quality.history.plausibility_measure import Measure
from wres_pipeline.reference.years import ReportingYear
from wres_pipeline.warehouse import sql

FEW_ROWS = 20
"""Rows below which the same content twice may be chance. [ours]"""
MAY_STAY = frozenset({"board", "provider_returns", "staff_survey_organisations"})
"""Kinds of which one file may serve two days: a board that has not changed, rows that name their own year."""
DAYS = (
    "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y", "%d/%m/%Y %H:%M", "%d-%b-%Y", "%d %b %Y", "%d-%b-%y",
)  # fmt: skip
"""How one day is written by two programs. A day written otherwise is compared as it stands."""
NOT_COMPARED = contracts.PARTICULARS - {"name"}
"""Who the rows' people are: the numbers tell the rows apart, and a purge blanks these. A board is told apart by its names."""


class _Twice(NamedTuple):
    """A delivery of the year, and where its content stands too."""

    delivery: deliveries.Delivery
    other_organisation: str
    other_file: str
    other_period: date | None
    whole: bool = True
    """Whether the file is the very same, or only its rows."""


def measures(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], year: ReportingYear, extracts: Path | None
) -> Iterator[Measure]:
    """A measure for each delivery of the year whose content stands elsewhere too.

    extracts: the folder of all organisations; those that are not landed are looked at there, file by file.
    """
    mine = {one.delivery_id: one for one in deliveries.current(con, organisations)}
    told: set[str] = set()
    for twice in (
        *_by_bytes(con, organisations, year, mine),
        *_by_rows(con, organisations, year, mine),
        *_in_other_folders(year, mine.values(), organisations, extracts),
    ):
        if twice.delivery.delivery_id not in told:
            told.add(twice.delivery.delivery_id)
            yield _measure(twice, year)


def others(
    con: duckdb.DuckDBPyConnection, organisation: str, landed: Collection[str], extracts: Path
) -> list[str]:
    """The files of other organisations that may hold what one of this organisation holds, a text each: as long as they stay
    the same, so does what `measures` says of this organisation beside them.

    landed: organisations whose folders the ledger holds as they are; of the others the folders are looked at.
    """
    found = con.execute(sql(__package__, "others_like_mine.sql"), [organisation]).fetchall()
    told = [repr(row) for row in found]
    mine = {path.stat().st_size for path in _files(extracts / organisation)}
    for code in folder.organisations(extracts) if mine else ():
        if code == organisation or code in landed:
            continue
        for path in _files(extracts / code):
            seen = path.stat()
            if seen.st_size in mine:
                told.append(repr((code, path.name, seen.st_size, seen.st_mtime_ns)))
    return told


def _files(place: Path) -> list[Path]:
    """The extracts of one organisation's folder."""
    there = sorted(place.iterdir()) if place.is_dir() else ()
    return [p for p in there if file_names.is_extract(p.name) and p.is_file() and not p.is_symlink()]


def _rows(
    con: duckdb.DuckDBPyConnection, name: str, organisations: Sequence[str], year: ReportingYear
) -> Iterator[Any]:
    asked = {
        "organisations": list(organisations), "may_stay": sorted(MAY_STAY), "period_start": year.period_start,
        "period_end": year.period_end,
    }  # fmt: skip
    return schema.named_rows(con.execute(sql(__package__, name), asked))


def _by_bytes(
    con: duckdb.DuckDBPyConnection,
    organisations: Sequence[str],
    year: ReportingYear,
    mine: Mapping[str, deliveries.Delivery],
) -> Iterator[_Twice]:
    for row in _rows(con, "plausibility_same_content.sql", organisations, year):
        yield _Twice(mine[row.delivery_id], row.other_organisation, row.other_file, row.other_period)


def _by_rows(
    con: duckdb.DuckDBPyConnection,
    organisations: Sequence[str],
    year: ReportingYear,
    mine: Mapping[str, deliveries.Delivery],
) -> Iterator[_Twice]:
    """Deliveries of as many rows and another file's bytes, whose cells say the same."""
    pairs = list(_rows(con, "plausibility_same_rows.sql", organisations, year))
    contents: dict[str, str] = {}
    for kind in sorted({pair.kind for pair in pairs}):
        wanted = {one for pair in pairs if pair.kind == kind for one in (pair.delivery_id, pair.other_id)}
        contents |= _contents(con, kind, sorted(wanted))
    for pair in pairs:
        if contents.get(pair.delivery_id) == contents.get(pair.other_id, ""):
            yield _Twice(
                mine[pair.delivery_id], pair.other_organisation, pair.other_file, pair.other_period, False
            )


def _contents(con: duckdb.DuckDBPyConnection, kind: str, wanted: Sequence[str]) -> dict[str, str]:
    """Delivery -> a text that two of the same rows share, in whatever order and format."""
    contract = contracts.load(kind)
    cells = ", ".join(
        _as_said(quoted(column.name))
        for column in contract.columns
        if column.stored and column.name not in NOT_COMPARED
    )
    rows = con.execute(
        f"SELECT delivery_id, CAST(sum(CAST(hash({cells}) AS HUGEINT)) AS VARCHAR) FROM {contract.table} "  # noqa: S608
        "WHERE list_contains(?::VARCHAR[], delivery_id) GROUP BY delivery_id",
        [list(wanted)],
    ).fetchall()
    return dict(rows)


def _as_said(column: str) -> str:
    """What a cell says, whichever program wrote it: 12.0% is 12, 01-APR-2020 is 2020-04-01, case and blanks are nothing."""
    text = f"lower(trim(coalesce({column}, '')))"
    formats = ", ".join(f"'{one}'" for one in DAYS)
    return (
        f"coalesce(CAST(round(TRY_CAST(rtrim({text}, '%') AS DOUBLE), 6) AS VARCHAR), "
        f"CAST(CAST(try_strptime({text}, [{formats}]) AS DATE) AS VARCHAR), {text})"
    )


def _in_other_folders(
    year: ReportingYear,
    mine: Collection[deliveries.Delivery],
    organisations: Sequence[str],
    extracts: Path | None,
) -> Iterator[_Twice]:
    """The very same file in the folder of an organisation that is not looked at now. Files of another size are not opened."""
    if extracts is None:
        return
    sizes: dict[int, list[deliveries.Delivery]] = {}
    for one in mine:
        path = extracts / one.organisation_code / one.file_name
        recent = one.period is None or (one.period - year.period_start).days > -366
        if one.kind not in MAY_STAY and recent and path.is_file():
            sizes.setdefault(path.stat().st_size, []).append(one)
    for code in folder.organisations(extracts) if sizes else ():
        if code in organisations:
            continue
        for path in _files(extracts / code):
            if not (like := sizes.get(path.stat().st_size)):
                continue
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            yield from (_Twice(one, code, path.name, None) for one in like if one.content_hash == content)


def _measure(twice: _Twice, year: ReportingYear) -> Measure:
    one = twice.delivery
    other = twice.other_organisation != one.organisation_code
    where = f"in the folder of {twice.other_organisation}" if other else f"as {twice.other_file}"
    what = "The very same file stands" if twice.whole else "The same rows, in another file, stand"
    return Measure(
        one.organisation_code, year.year, "same_content_elsewhere",
        "blocks" if one.rows_accepted >= FEW_ROWS else "look_at", 1, high=0, kind=one.kind, file=one.file_name,
        period=one.period, rows=one.rows_accepted, content=one.content_hash, neighbour=twice.other_period,
        what=f"{what} {where} too ({one.rows_accepted:,} rows).",
        remedy="Take the one that is wrong out of its folder and put the right export there. If both are right, confirm it "
        "in confirmations.yaml.",
    )  # fmt: skip

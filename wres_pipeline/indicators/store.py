"""The tables figures are kept in: `figures`, its views by indicator, and how a year of it is replaced whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from wres_pipeline import schema
from wres_pipeline.indicators import changes, count_reading, like_for_like_reading
from wres_pipeline.indicators.changes import FigureChange
from wres_pipeline.indicators.computation import compute
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years
from wres_pipeline.reference.indicators import REGISTRY
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.reference.margins import Margins

FIGURES = "figures"
PROTECTED = "protected_figures"
SYSTEM, PROTECTED_SYSTEM = "system_figures", "protected_system_figures"


def create_views(con: duckdb.DuckDBPyConnection) -> None:
    """Make a view `indicator_<number>` of `figures` for each indicator."""
    for rule in REGISTRY:
        number = rule.number.replace("'", "")
        con.execute(
            f"CREATE OR REPLACE VIEW indicator_{number} AS SELECT * FROM figures WHERE indicator = '{number}'"  # noqa: S608
        )


def indicator_view(name: str) -> schema.Table | None:
    """The declaration of a view `indicator_<number>`; None for another name."""
    rule = next((rule for rule in REGISTRY if name == f"indicator_{rule.number}"), None)
    if rule is None:
        return None
    columns = schema.table(FIGURES).columns
    return schema.Table(name, "indicators", f"a figure of indicator {rule.number}: {rule.title}", columns)


def replace(
    con: duckdb.DuckDBPyConnection,
    table: str,
    figures: Sequence[Figure],
    years: Iterable[int],
    organisations: Sequence[str],
) -> None:
    """Put `figures` in place of what `table` holds for these years and organisations, all or nothing."""
    schema.replace(con, table, figures, reporting_year=list(years), organisation_code=list(organisations))


def read(con: duckdb.DuckDBPyConnection, table: str, organisation: str, year: int) -> list[Figure]:
    """The figures of one organisation and year, in the order they were worked out in."""
    return schema.read(con, table, Figure, organisation_code=organisation, reporting_year=year)


def work_out(
    con: duckdb.DuckDBPyConnection,
    organisations: Sequence[str],
    year: int,
    margins: Mapping[str, Margins] | None = None,
) -> dict[str, list[Figure]]:
    """The figures of a year by organisation, worked out and not kept. margins: those an organisation has set itself."""
    rules = years.load(year)
    found = count_reading.read(con, organisations, rules)
    return {code: compute(found[code], rules, (margins or {}).get(code)) for code in organisations}


def purged(con: duckdb.DuckDBPyConnection, organisations: Sequence[str], year: int) -> set[str]:
    """The organisations whose rows of a year were purged: their figures of it stay as they were counted."""
    schema.add_to(con, [schema.table("purges")])
    rules = years.load(year)
    found = con.execute(
        "SELECT DISTINCT organisation_code FROM purges WHERE what = 'rows' AND period BETWEEN ? AND ? "
        "AND list_contains(?::VARCHAR[], organisation_code)",
        [rules.period_start, rules.period_end, list(organisations)],
    ).fetchall()
    return {code for (code,) in found}


def make(
    con: duckdb.DuckDBPyConnection,
    organisations: Sequence[str],
    year: int,
    own: Mapping[str, LocalMappings] | None = None,
    margins: Mapping[str, Margins] | None = None,
) -> list[Figure]:
    """Work out, and keep, the figures of `year` and of the year before it, which stands beside it in every
    return, and the ratios of `year` that compare like with like.

    `own`: each organisation's own labels, for the pay bands of vacancies. margins: each one's own margins of a difference that
    matters. An organisation of which nothing is known for the year before gets no figures for it.
    """
    create_views(con)
    known = years.all_years()
    made: list[Figure] = []
    for each in (year - 1, year):
        if each not in known:
            continue
        figures: list[Figure] = []
        kept = purged(con, organisations, each)
        again = [code for code in organisations if code not in kept]
        made += [figure for code in sorted(kept) for figure in read(con, FIGURES, code, each)]
        for mine in work_out(con, again, each, margins).values():
            if each == year or any(figure.state in ("value", "zero") for figure in mine):
                figures += mine
        _note_moves(con, figures, each)
        replace(con, FIGURES, figures, [each], again)
        made += figures
    gone = purged(con, organisations, year)
    like_for_like_reading.make(
        con, [code for code in organisations if code not in gone], year, own, margins or {}
    )
    return made


@dataclass(frozen=True, slots=True)
class FigureRestatement:
    """A figure that was there before with another value: a row of `figure_restatements`."""

    organisation_code: str
    reporting_year: int
    indicator: str
    measure: str
    cluster: str
    band: str
    ethnic_group: str
    before_shown: str
    after_shown: str
    before_deliveries: str
    after_deliveries: str


def _note_moves(con: duckdb.DuckDBPyConnection, figures: Sequence[Figure], year: int) -> int:
    """Keep in `figure_restatements` each figure that was there before with another value; gives how many."""
    codes = sorted({figure.organisation_code for figure in figures})
    held = schema.read(con, FIGURES, Figure, reporting_year=year, organisation_code=codes)
    before = {figure.key: figure for figure in held}
    moves = [
        FigureRestatement(*figure.key, old.shown, figure.shown, old.deliveries, figure.deliveries)
        for figure in figures
        if (old := before.get(figure.key)) is not None
        and (old.shown, old.state, _as_float(old)) != (figure.shown, figure.state, _as_float(figure))
    ]
    schema.append(con, "figure_restatements", moves)
    return len(moves)


def _as_float(figure: Figure) -> float | None:
    return None if figure.value is None else float(figure.value)


CHANGES = "figure_changes"


def make_changes(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], year: int
) -> list[FigureChange]:
    """Work out, and keep, what changed at each organisation between the year before and `year`."""
    found: list[FigureChange] = []
    if year - 1 in years.all_years():
        rules, earlier_rules = years.load(year), years.load(year - 1)
        now = count_reading.read_once(con, organisations, rules)
        before = count_reading.read_once(con, organisations, earlier_rules)
        for code in organisations:
            found += changes.between(before[code], now[code], earlier_rules, rules)
    schema.replace(con, CHANGES, found, reporting_year=year, organisation_code=list(organisations))
    return found


def read_changes(con: duckdb.DuckDBPyConnection, organisation: str, year: int) -> list[FigureChange]:
    """The changes of one organisation and year, in the order they were worked out in."""
    return schema.read(con, CHANGES, FigureChange, organisation_code=organisation, reporting_year=year)

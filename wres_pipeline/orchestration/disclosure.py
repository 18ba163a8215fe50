"""Disclosure assets: what the public edition may print, decided once, upstream of everything public."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb

from wres_pipeline.disclosure import delivery_names, release_store
from wres_pipeline.disclosure import policy as policies
from wres_pipeline.disclosure import store as disclosure_store
from wres_pipeline.disclosure.presets import PRESETS
from wres_pipeline.disclosure.protect import protect
from wres_pipeline.disclosure.releases import Release
from wres_pipeline.disclosure.tables import CountTable, declaration_table
from wres_pipeline.indicators import change_store, store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.orchestration.metadata import OWNER, POOL, described, markdown_table
from wres_pipeline.orchestration.partitions import reporting_years, year_of
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.reference import years
from wres_pipeline.reports import report_context
from wres_pipeline.reports.release.edition_folders import EditionFolders
from wres_pipeline.schema import from_text, table
from wres_pipeline.settings import Settings

SAFE = "public_edition_cannot_be_worked_back"


def policy_of(settings: Settings, year: int) -> policies.Policy:
    """The organisation's policy where settings say one, else the default of the year's rules."""
    mine, default = settings.disclosure, years.load(year).disclosure
    if mine.preset is None:
        chosen = policies.Policy.chosen(
            default, method=mine.method, threshold=mine.threshold, width=mine.width
        )
    else:
        width = {} if mine.width is None else {"width": mine.width}
        decided = {"decided_by": mine.role, "decided_on": mine.date, "because": mine.because}
        of_preset = {**PRESETS[mine.preset].settings, "survey_minimum": default.survey_minimum}
        chosen = policies.Policy.of({**of_preset, **width, **decided})
    return replace(chosen, board=mine.board, decided_by=mine.role, decided_on=mine.date, because=mine.because)


def releases_of(con: duckdb.DuckDBPyConnection, scope: RunConfig, code: str) -> list[Release]:
    """What the register says the body has released."""
    return release_store.read(con, scope.output_folder / code, code)


def put_on_register(
    con: duckdb.DuckDBPyConnection, scope: RunConfig, release: Release, dated: date
) -> Release:
    """Records that a release leaves the building now; before it does, so that a run cut short has told too much, not too little."""
    release = replace(release, dated=dated.isoformat())
    return release_store.record(con, scope.output_folder / release.organisation_code, release)


def editions_in_folders(scope: RunConfig, code: str, year: int, releases: Sequence[Release]) -> list[Figure]:
    """The figures of public editions of the year and the year before that stand in their folders and in no register: of a
    version of the pipeline that kept none.
    """
    known = {one.period for one in releases if one.product == "annual"}
    found: list[Figure] = []
    for each in (year - 1, year):
        folders = EditionFolders(scope.output_folder, code, each)
        files = [folder / "figures.csv" for folder in (folders.public, folders.public_of_earlier_version)]
        there = [file for file in files if file.exists()]
        if there and str(each) not in known:
            found += read_published(there[0])
    return found


def read_published(file: Path) -> list[Figure]:
    """The figures of a published figures.csv, of this version or an earlier one: a column it lacks has its default."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [from_text(table("figures"), Figure, row) for row in csv.DictReader(lines)]


def other_tables(con: duckdb.DuckDBPyConnection, code: str, year: int) -> list[CountTable]:
    """The counts a publication prints beside the figures: the workforce by state of knowledge, both years."""
    found = []
    for each in (year, year - 1):
        states = report_context.ethnic_states(con, code, each)
        if states:
            found.append(declaration_table(code, each, states))
    return found


@dg.asset(
    group_name="indicators",
    owners=[OWNER],
    kinds={"python", "duckdb"},
    deps=["figures"],
    partitions_def=reporting_years,
    pool=POOL,
)
def figure_changes(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> dg.MaterializeResult:
    """One row a figure that has one for the year before: what changed, and whether it can be called real."""
    with warehouse.open() as con:
        made = change_store.make(con, scope.report_codes(), year_of(context))
        kinds: dict[str, int] = {}
        for change in made:
            kinds[change.kind] = kinds.get(change.kind, 0) + 1
        return dg.MaterializeResult(
            metadata=described(
                con,
                "figure_changes",
                kinds=markdown_table(["kind of change", "figures"], sorted(kinds.items())),
            )
        )


@dg.asset(
    group_name="disclosure",
    owners=[OWNER],
    kinds={"python", "duckdb"},
    deps=["figures", "core_workforce"],
    check_specs=[
        dg.AssetCheckSpec(
            SAFE,
            asset="protected_figures",
            blocking=True,
            description="No reader of the public edition, last year's edition and every other table of this one can place "
            "a withheld count more closely than the policy allows (linear programming).",
        )
    ],
    partitions_def=reporting_years,
    pool=POOL,
)
def protected_figures(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> dg.MaterializeResult:
    """The figures as the public edition may print them: small counts withheld, and others so that none can be worked out."""
    year = year_of(context)
    settings = scope.settings()
    rows, unsafe = [], []
    with warehouse.open() as con:
        for code in scope.report_codes():
            figures = [
                *store.read(con, store.FIGURES, code, year),
                *store.read(con, store.FIGURES, code, year - 1),
            ]
            releases = releases_of(con, scope, code)
            made = protect(
                figures,
                policy_of(settings, year),
                earlier_public=editions_in_folders(scope, code, year, releases),
                releases=releases,
                quality=other_tables(con, code, year),
                delivery_names=delivery_names.names_of(con, [code]),
            )
            if made.release is not None:
                release_store.keep(con, replace(made.release, organisation_code=code, period=str(year)))
            if made.audit.failed:
                unsafe.append((code, made.audit.words()))
            disclosure_store.replace(con, code, year, [year, year - 1], made)
            rows.append((code, len(figures), made.small, made.more, made.audit.checked))
        metadata = described(
            con,
            "protected_figures",
            withheld=markdown_table(
                [
                    "organisation",
                    "figures",
                    "small counts withheld",
                    "withheld to protect them",
                    "counts audited",
                ],
                rows,
            ),
        )
    return dg.MaterializeResult(
        metadata=metadata,
        check_results=[
            dg.AssetCheckResult(
                check_name=SAFE,
                passed=not unsafe,
                description="; ".join(f"{code}: {words}" for code, words in unsafe)
                or "every withheld count is safe",
                metadata={"organisations": len(rows), "counts audited": sum(row[4] for row in rows)},
            )
        ],
    )

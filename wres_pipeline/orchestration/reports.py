"""Report assets: everything that leaves the building, printed from the figures."""

import dataclasses
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from wres_pipeline.commissioning import store as desk_store
from wres_pipeline.disclosure import store as disclosure_store
from wres_pipeline.improvement import plan as action_plans
from wres_pipeline.improvement.progress import progress
from wres_pipeline.indicators import change_store, changes, store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.orchestration.metadata import OWNER, POOL, markdown_table
from wres_pipeline.orchestration.partitions import reporting_years, year_of
from wres_pipeline.orchestration.resources import Scope, Warehouse
from wres_pipeline.reference import years
from wres_pipeline.reports import assembly, commissioning_pages, sign_off
from wres_pipeline.reports.context import PlannedAction, ReturnContext, WithheldFigure
from wres_pipeline.reports.page import Crumb
from wres_pipeline.settings import Settings

INTERNAL, PUBLIC, NOTES = "internal", "public", "notes.yaml"
ACTIONS = "actions.yaml"
LINT_CHECK = "publication_has_no_mistake_that_shows"


def described(settings: Settings, code: str) -> dict[str, Any]:
    """What the settings say of an organisation, in the words of the report's context."""
    found = settings.organisation(code)
    return {
        "name": found.title,
        "kind": found.kind,
        "fictional": found.fictional,
        "board_lead": found.board_lead,
        "author": found.author,
        "contact": found.contact,
        "commissioners": (found.commissioners_sent_to,) if found.commissioners_sent_to else (),
        "published_at": found.published_at,
    }


def year_folder(scope: Scope, code: str, year: int) -> Path:
    """Where one organisation's outputs of a reporting year stand."""
    return scope.output_folder / code / str(year)


def planned_actions(scope: Scope, code: str, year: int, figures: list[Figure]) -> tuple[PlannedAction, ...]:
    """The action plan on the report's date, each action with its status; empty where there is no plan."""
    file = scope.extracts_folder / code / ACTIONS
    if not file.exists():
        return ()
    by_year = {each: [f for f in figures if f.reporting_year == each] for each in (year, year - 1)}
    on = scope.report_date(years.load(year).publication_deadline)
    stands = progress(action_plans.load(file), by_year, year, on)
    return tuple(
        PlannedAction(
            one.action.action_id,
            one.action.title,
            one.action.owner,
            f"{one.standing.due.day} {one.standing.due:%B %Y}",
            f"{one.standing.status}: {one.standing.because}",
            tuple(one.action.indicators),
        )
        for one in stands.actions
    )


def desk_pages(con: duckdb.DuckDBPyConnection, scope: Scope, code: str, year: int) -> tuple[Crumb, ...]:
    """The commissioner's pages that stand beside the return's, for its navigation."""
    reviews = any(f.section == "provider_log" for f in desk_store.read(con, code, year))
    return commissioning_pages.pages(reviews=reviews, plan=(scope.extracts_folder / code / ACTIONS).exists())


def internal_edition(
    con: duckdb.DuckDBPyConnection, scope: Scope, code: str, year: int
) -> tuple[list[Figure], ReturnContext]:
    """The true figures of the year and the year before, and the context of the internal edition."""
    figures = [*store.read(con, store.FIGURES, code, year), *store.read(con, store.FIGURES, code, year - 1)]
    found = assembly.gather(
        con,
        code,
        year,
        figures,
        edition="internal",
        described=described(scope.settings(), code),
        dated=scope.report_date(years.load(year).publication_deadline),
        notes_file=year_folder(scope, code, year) / NOTES,
    )
    return figures, dataclasses.replace(
        found,
        changes=assembly.change_words(change_store.read(con, code, year), for_public=False),
        actions=planned_actions(scope, code, year, figures),
        withheld=tuple(WithheldFigure(*row) for row in disclosure_store.withheld(con, code, year)),
    )


def public_edition(
    con: duckdb.DuckDBPyConnection, scope: Scope, code: str, year: int
) -> tuple[list[Figure], ReturnContext]:
    """The protected figures, and the context of the public edition: nothing in it has passed disclosure control by."""
    _, found = internal_edition(con, scope, code, year)
    figures = [
        *store.read(con, store.PROTECTED, code, year),
        *store.read(con, store.PROTECTED, code, year - 1),
    ]
    told = assembly.change_words(changes.public(change_store.read(con, code, year), figures), for_public=True)
    about = dataclasses.replace(
        assembly.public(found, disclosure_store.tables(con, code, year), told),
        actions=planned_actions(scope, code, year, figures),
    )
    folder = year_folder(scope, code, year)
    content = publication_content(con, scope, code, year, figures, about)
    return figures, dataclasses.replace(about, sign_off=sign_off.status(folder, content))


def publication_content(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    code: str,
    year: int,
    figures: list[Figure],
    about: ReturnContext,
) -> str:
    """The hash of all that the public edition is made from."""
    files = (year_folder(scope, code, year) / NOTES, scope.extracts_folder / code / ACTIONS)
    desk_rows = repr(desk_store.read(con, code, year)).encode()
    return sign_off.content_hash(
        figures, about, (desk_rows, *(file.read_bytes() for file in files if file.exists()))
    )


@dg.asset(
    group_name="annual_reports",
    owners=[OWNER],
    kinds={"excel", "html", "csv"},
    deps=["figures", "figure_changes", "protected_figures", "commissioning_figures"],
    partitions_def=reporting_years,
    pool=POOL,
)
def report_annual_return(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: Scope
) -> dg.MaterializeResult:
    """The internal edition: the annual return workbook in the submission's item order, figures.csv and a page."""
    from wres_pipeline.reports import annual_return, figures_csv, site

    year = year_of(context)
    rows = []
    for code in scope.report_codes():
        with warehouse.open() as con:
            figures, about = internal_edition(con, scope, code, year)
            more = desk_pages(con, scope, code, year)
        folder = year_folder(scope, code, year) / INTERNAL
        annual_return.write_workbook(figures, about, folder / "annual-return.xlsx")
        figures_csv.write(figures, about, folder)
        site.write_notes_once(figures, about)
        site.write_internal(figures, about, folder, more=more)
        state = "complete" if about.complete else f"incomplete: {', '.join(about.missing_kinds)}"
        rows.append((code, len(figures), state))
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(rows),
            "returns": markdown_table(["organisation", "figures", "state"], rows),
            "folder": dg.MetadataValue.text(f"<output>/<organisation>/{year}/{INTERNAL}"),
        }
    )


@dg.asset(
    group_name="annual_reports",
    owners=[OWNER],
    kinds={"excel", "html", "csv"},
    deps=["protected_figures", "figure_changes", "commissioning_figures", "report_annual_return"],
    check_specs=[
        dg.AssetCheckSpec(
            LINT_CHECK,
            asset="report_publication",
            description="The publication has no mistake a page shows by itself: ratios, directions, totals, signs, "
            "the same figure with two values. `wres lint` says the same of anybody's page.",
        )
    ],
    partitions_def=reporting_years,
    pool=POOL,
)
def report_publication(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: Scope
) -> dg.MaterializeResult:
    """The public edition: static pages, the workbook, open data and the reporting template, from protected figures only."""
    from wres_pipeline.reports import annual_return, figures_csv, lint, reporting_template, site

    year = year_of(context)
    rows, findings = [], []
    for code in scope.report_codes():
        with warehouse.open() as con:
            figures, about = public_edition(con, scope, code, year)
            more = desk_pages(con, scope, code, year)
        folder = year_folder(scope, code, year) / PUBLIC
        workbook = annual_return.write_workbook(figures, about, folder / "annual-return.xlsx")
        open_data, _ = figures_csv.write(figures, about, folder)
        reporting_template.write_docx(figures, about, folder / "reporting-template.docx")
        pages = site.write(figures, about, folder, more=more)
        findings += [
            (code, one.rule, one.place, one.words) for one in lint.lint_files([*pages, workbook, open_data])
        ]
        withheld = sum(1 for f in figures if f.state == "withheld")
        rows.append((code, len(pages), len(figures), withheld))
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(rows),
            "publications": markdown_table(["organisation", "pages", "figures", "withheld"], rows),
            "folder": dg.MetadataValue.text(f"<output>/<organisation>/{year}/{PUBLIC}"),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=LINT_CHECK,
                passed=not findings,
                description="; ".join(f"{code}: {place}: {words}" for code, _, place, words in findings)[
                    :2000
                ]
                or "nothing found",
                metadata={"found": markdown_table(["organisation", "rule", "place", "words"], findings[:50])},
            )
        ],
    )
